// No parameter of a requirement is shown the way it is stored.

export default {
  name: "placeholders",
  views: ["wide"],
  async run({ page }) {
    const text = await page.evaluate(() => document.body.innerText);
    return [...new Set(text.match(/\{\{[^}]*\}\}/g) ?? [])].map((found) => `${found} is shown raw`);
  },
};
