// A9: the first Tab and Enter lead to the main part, and the next Tab goes on from there.

export default {
  name: "skip link",
  views: ["wide", "narrow"],
  when: ({ first }) => first,
  async run({ page, reload }) {
    await reload();
    const problems = [];
    await page.keyboard.press("Tab");
    const link = await page.evaluate(() => {
      const { top, bottom, left } = document.activeElement.getBoundingClientRect();
      return { href: document.activeElement.getAttribute("href"), shown: top >= 0 && left >= 0 && bottom <= innerHeight };
    });
    if (!link.href?.startsWith("#")) return ["the first Tab does not reach a skip link"];
    if (!link.shown) problems.push("the skip link is not shown when it has focus");
    await page.keyboard.press("Enter");
    const inMain = () => page.evaluate(() => Boolean(document.activeElement.closest("main")));
    if (!(await inMain())) problems.push("focus is not in main after Enter");
    const stops = await page.evaluate(() => tools.tabStops().filter((element) => element.closest("main")).length);
    await page.keyboard.press("Tab");
    if (stops && !(await inMain())) problems.push("the Tab after it does not go on in main");
    return problems;
  },
};
