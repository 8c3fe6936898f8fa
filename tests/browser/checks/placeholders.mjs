// No parameter of a requirement is shown the way it is stored, but where texts are written.

export default {
  name: "placeholders",
  views: ["wide"],
  when: ({ raw }) => !raw,
  async run({ page }) {
    const text = await page.evaluate(() => document.body.innerText);
    return [...new Set(text.match(/\{\{[^}]*\}\}/g) ?? [])].map((found) => `${found} is shown raw`);
  },
};
