// A22: marks, buttons and diffs have text of 4.5:1; borders of fields and the focus ring 3:1. The two views are the two
// colour schemes.

const MARKS = ".tag, .level, .banner, .chip, .btn, .example-banner, ins, del, mark, .param, .clause__no, .pagination__off, .choice--zero, .hint";

export default {
  name: "contrast of marks and focus",
  views: ["wide", "narrow"],
  when: ({ first }) => first,
  async run({ page }) {
    await page.keyboard.press("Tab"); // from here on the browser shows focus that a script sets
    return page.evaluate((marks) => {
      const problems = [];
      const check = (what, ratio, least) => ratio < least && problems.push(`${what}: ${ratio.toFixed(2)}:1, not ${least}:1`);
      const text = (element) => {
        const ground = tools.ground(element);
        check(`text of ${tools.name(element)}`, tools.contrast(tools.over(tools.colour(getComputedStyle(element).color), ground), ground), 4.5);
      };
      [...document.querySelectorAll(marks)].filter((element) => tools.visible(element) && element.textContent.trim()).forEach(text);

      for (const field of document.querySelectorAll("input.input, select.input, textarea.input")) {
        if (!tools.visible(field)) continue;
        const border = tools.colour(getComputedStyle(field).borderTopColor);
        const outside = tools.ground(field.parentElement);
        check(`border of ${tools.name(field)}`, tools.contrast(tools.over(border, outside), outside), 3);
      }

      for (const element of tools.tabStops()) {
        element.focus();
        const style = getComputedStyle(element);
        const ground = tools.ground(element.parentElement);
        const shadow = style.boxShadow.match(/^(rgba?\([^)]*\)|color\([^)]*\))/)?.[0];
        const rings = [style.outlineStyle !== "none" && style.outlineColor, shadow].filter(Boolean).map((css) => tools.over(tools.colour(css), ground));
        check(`focus ring of ${tools.name(element)}`, Math.max(1, ...rings.map((ring) => tools.contrast(ring, ground))), 3);
      }
      return [...new Set(problems)];
    }, MARKS);
  },
};
