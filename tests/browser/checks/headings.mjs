// A23: one h1, no level skipped. And the landmarks of every page.

export default {
  name: "headings and landmarks",
  views: ["wide"],
  run: ({ page }) =>
    page.evaluate(() => {
      const problems = [];
      const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((heading) => tools.visible(heading) || heading.closest("details"));
      const tops = headings.filter((heading) => heading.localName === "h1");
      if (tops.length !== 1) problems.push(`${tops.length} h1`);
      let before = 1; // a banner above everything has an h2
      for (const heading of headings) {
        const level = Number(heading.localName[1]);
        if (level > before + 1) problems.push(`${tools.name(heading)} follows h${before}`);
        if (!heading.textContent.trim()) problems.push(`${tools.name(heading)} is empty`);
        before = level;
      }
      for (const landmark of ["header", "main", "footer", "nav"]) {
        if (!document.querySelector(landmark)) problems.push(`no <${landmark}>`);
      }
      const names = [...document.querySelectorAll("nav")].map((nav) => nav.getAttribute("aria-label") ?? document.getElementById(nav.getAttribute("aria-labelledby"))?.textContent ?? "");
      if (names.some((name) => !name)) problems.push("a nav without a name");
      if (new Set(names).size < names.length) problems.push(`navs of one name: ${names.join(", ")}`);
      return problems;
    }),
};
