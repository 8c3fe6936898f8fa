// A4, A31: at 320 px nothing is wider than the window, wide tables scroll in a box the keyboard reaches, and what sticks
// to the window takes little of it.

export default {
  name: "reflow",
  views: ["narrow", "wide"],
  run: ({ page }) =>
    page.evaluate(() => {
      const problems = [];
      const all = [...document.body.querySelectorAll("*")].filter((element) => tools.visible(element));
      const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
      const inScroller = (element) => {
        for (let at = element.parentElement; at; at = at.parentElement) if (scrolls(at)) return true;
        return false;
      };
      if (document.documentElement.scrollWidth > innerWidth) {
        const wide = all.filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !inScroller(element) && !tools.offScreen(element));
        problems.push(`${document.documentElement.scrollWidth} px wide in a window of ${innerWidth}: ${wide.slice(0, 4).map(tools.name).join(", ")}`);
      }
      for (const box of all.filter((element) => scrolls(element) && element.scrollWidth > element.clientWidth + 1)) {
        if (box.matches("input, textarea, select")) continue;
        const named = box.getAttribute("aria-label") || box.getAttribute("aria-labelledby");
        const region = box.getAttribute("role") === "region" || box.localName === "section";
        if (box.tabIndex !== 0 || !named || !region) problems.push(`${tools.name(box)} scrolls, but is not a named region that takes focus`);
      }
      for (const table of all.filter((element) => element.localName === "table")) {
        if (table.scrollWidth > innerWidth && !inScroller(table)) problems.push(`${tools.name(table)} is wide and does not scroll in a box`);
      }
      // 400 % zoom on a window of 1280 × 1024 leaves 320 × 256.
      const stuck = all.filter((element) => ["fixed", "sticky"].includes(getComputedStyle(element).position));
      const height = stuck.reduce((sum, element) => sum + element.getBoundingClientRect().height, 0);
      if (innerWidth === 320 && height > 0.15 * 256) problems.push(`${height} px stick to the window: ${stuck.map(tools.name).join(", ")}`);
      return problems;
    }),
};
