// A10: each page has a title of its own, ending in the bank's name. Two ways of showing one comparison share theirs.

const PATTERN = /^((Fel|Error): )?\S.* – Kravbanken$/;
const taken = new Map();

export default {
  name: "titles",
  views: ["wide"],
  async run({ page, visit }) {
    const title = await page.title();
    const key = `${visit.lang} ${title}`;
    const object = visit.path.replace("&vy=sida", "");
    const other = taken.get(key);
    taken.set(key, object);
    const problems = [];
    if (!PATTERN.test(title)) problems.push(`"${title}" is not of the form "Object – Kravbanken"`);
    // Every address that does not exist may answer with one and the same page.
    if (other && other !== object && visit.template !== "error") problems.push(`"${title}" is also the title of ${other}`);
    return problems;
  },
};
