// A30: links of one name lead to one place, and the name says where.

export default {
  name: "link texts",
  views: ["wide"],
  run: ({ page }) =>
    page.evaluate(() => {
      const problems = [];
      const targets = new Map();
      for (const link of document.querySelectorAll("a[href]")) {
        const name = tools.linkName(link);
        const href = link.getAttribute("href");
        if (!name) problems.push(`a link to ${href} has no name`);
        if (/^(här|klicka här|läs mer|mer|länk|here|click here|read more|more|link)$/i.test(name)) problems.push(`a link is called "${name}"`);
        const key = name.toLowerCase();
        const target = new URL(href, location.href).href;
        if (targets.has(key) && targets.get(key) !== target) problems.push(`"${name}" leads to both ${targets.get(key)} and ${target}`);
        targets.set(key, target);
        if (href.startsWith("#") && href.length > 1 && !document.getElementById(decodeURIComponent(href.slice(1)))) problems.push(`"${name}" leads to ${href}, which is not there`);
      }
      return problems;
    }),
};
