// A32: a page is at most 100 kB of HTML and at most four requests, also in a browser that has seen nothing of it before.
// tests/it/portal/weight.rs counts what it asks the database.

const BYTES = 100_000;
const REQUESTS = 4;

export default {
  name: "weight",
  views: ["wide"],
  async run({ page, response }) {
    const problems = [];
    const bytes = (await response.body()).length;
    if (bytes > BYTES) problems.push(`${bytes} bytes of HTML`);
    // The browser lists what it took from its cache as well: the mark, as a picture and as an icon, is one request. What
    // stands in the style sheet itself is none.
    const names = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    const others = [...new Set(names)].filter((name) => !name.startsWith("data:"));
    if (1 + others.length > REQUESTS) problems.push(`${1 + others.length} requests: ${others.join(", ")}`);
    // A page without any would not be counted at all.
    if (!others.some((name) => name.includes("/static/app-"))) problems.push("the style sheet is not among what the page asked for");
    return problems;
  },
};
