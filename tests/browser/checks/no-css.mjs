// A19: without its style sheet the page reads in a sensible order and has lost nothing.

// The texts of `part` stand in `whole`, in this order. Returns the first that does not.
function missing(part, whole) {
  let at = 0;
  for (const text of part) {
    const found = whole.indexOf(text, at);
    if (found < 0) return text;
    at = found + 1;
  }
  return null;
}

// Runs in the page: every piece of text that is shown, in document order.
function shown() {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.trim() && tools.visible(node.parentElement)) texts.push(node.data.trim());
  }
  return texts;
}

export default {
  name: "without style sheet",
  views: ["wide"],
  when: ({ first }) => first,
  async run({ page, reload }) {
    await reload();
    const styled = await page.evaluate(shown);
    await page.route("**/*.css", (route) => route.abort());
    try {
      await reload();
      const bare = await page.evaluate(shown);
      const problems = [];
      const text = missing(styled, bare);
      if (text !== null) problems.push(`"${text}" is lost or stands elsewhere`);
      const order = await page.evaluate(() => [".skip-link", "header", "h1", "footer"].map((selector) => document.querySelector(selector)?.getBoundingClientRect().top ?? NaN));
      if (!order.every((top, place) => place === 0 || top >= order[place - 1])) problems.push(`skip link, header, h1 and footer stand at ${order.join(", ")} px`);
      return problems;
    } finally {
      await page.unroute("**/*.css");
    }
  },
};
