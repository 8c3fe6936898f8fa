// A10: each page has a title of its own, ending in the bank's name.

const PATTERN = /^((Fel|Error): )?\S.* – Kravbanken$/;
const START = /^Kravbanken( – \S.*)?$/;
const taken = new Map();

export default {
  name: "titles",
  views: ["wide"],
  async run({ page, visit }) {
    const title = await page.title();
    const key = `${visit.lang} ${title}`;
    const other = taken.get(key);
    taken.set(key, visit.path);
    const problems = [];
    if (!(visit.template === "start" ? START : PATTERN).test(title)) problems.push(`"${title}" is not of the form "Object – Kravbanken"`);
    // Every address that does not exist may answer with one and the same page.
    if (other && visit.template !== "error") problems.push(`"${title}" is also the title of ${other}`);
    return problems;
  },
};
