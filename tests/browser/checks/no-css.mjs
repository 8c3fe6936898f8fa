// A19: without its style sheet the page reads in a sensible order and has lost nothing.

// The words of `part` stand in `whole`, in this order. Returns the first that does not.
function missing(part, whole) {
  let at = 0;
  for (const word of part) {
    const found = whole.indexOf(word, at);
    if (found < 0) return word;
    at = found + 1;
  }
  return null;
}

const words = (text) => text.split(/\s+/).filter(Boolean);

export default {
  name: "without style sheet",
  views: ["wide"],
  when: ({ first }) => first,
  async run({ page, reload }) {
    const text = () => page.evaluate(() => document.body.innerText);
    await reload();
    const styled = words(await text());
    await page.route("**/*.css", (route) => route.abort());
    try {
      await reload();
      const bare = words(await text());
      const problems = [];
      const word = missing(styled, bare);
      if (word !== null) problems.push(`"${word}" is lost or stands elsewhere`);
      const order = await page.evaluate(() => [".skip-link", "header", "h1", "footer"].map((selector) => document.querySelector(selector)?.getBoundingClientRect().top ?? NaN));
      if (!order.every((top, place) => place === 0 || top >= order[place - 1])) problems.push(`skip link, header, h1 and footer stand at ${order.join(", ")} px`);
      return problems;
    } finally {
      await page.unroute("**/*.css");
    }
  },
};
