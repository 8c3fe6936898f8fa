// A20: what is removed and added between two versions is told by ear.

const WORDS = {
  sv: { del: ["Borttaget", "slut på borttaget"], ins: ["Tillagt", "slut på tillagt"] },
  en: { del: ["Removed", "end of removed"], ins: ["Added", "end of added"] },
};

export default {
  name: "differences by ear",
  views: ["wide"],
  when: ({ template }) => template.startsWith("compare"),
  async run({ page, visit }) {
    const heard = await page.locator("main").ariaSnapshot();
    const problems = [];
    for (const [element, [begin, end]] of Object.entries(WORDS[visit.lang])) {
      const texts = await page.evaluate((element) => [...document.querySelectorAll(`main ${element}`)].filter(tools.visible).map(({ textContent }) => textContent.trim()), element);
      if (!texts.length) problems.push(`no <${element}> on the page`);
      else if (!heard.includes(begin) || !heard.includes(end)) problems.push(`the accessibility tree lacks "${begin}" or "${end}"`);
      for (const text of texts) {
        if (!text.startsWith(`${begin}: `) || !text.replace(/\W+$/u, "").endsWith(end)) problems.push(`<${element}> reads "${text.slice(0, 60)}"`);
      }
    }
    return problems;
  },
};
