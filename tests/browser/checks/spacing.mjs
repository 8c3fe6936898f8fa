// A5: with the text spacing of WCAG 1.4.12, and with text twice as large, no text is cut off.

const STEPS = [
  ["text spacing", "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }"],
  ["200 % text", ":root { font-size: 200% !important; }"],
];

export default {
  name: "text spacing and size",
  views: ["wide", "narrow"],
  when: ({ first }) => first,
  async run({ page, reload }) {
    const problems = [];
    for (const [name, css] of STEPS) {
      // Twice the text at 320 px would be 800 %.
      if (name !== "text spacing" && page.viewportSize().width === 320) continue;
      await reload();
      const found = await page.evaluate((css) => {
        tools.addStyle(css);
        const cut = [...document.body.querySelectorAll("*")].filter((element) => {
          const style = getComputedStyle(element);
          if (!tools.visible(element) || tools.offScreen(element) || !element.innerText?.trim() || element.matches("select, textarea, input")) return false;
          const clips = (value) => ["hidden", "clip"].includes(value);
          return (clips(style.overflowX) && element.scrollWidth > element.clientWidth + 1) || (clips(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
        });
        const wide = document.documentElement.scrollWidth > innerWidth;
        return [...cut.map((element) => `${tools.name(element)} is cut off`), ...(wide ? [`${document.documentElement.scrollWidth} px wide in a window of ${innerWidth}`] : [])];
      }, css);
      problems.push(...found.map((text) => `${name}: ${text}`));
    }
    return problems;
  },
};
