// A24: every table has a caption and headers with a scope; none is there for layout.

export default {
  name: "tables",
  views: ["wide"],
  run: ({ page }) =>
    page.evaluate(() =>
      [...document.querySelectorAll("table")].flatMap((table) => {
        const problems = [];
        const name = tools.name(table);
        if (!table.caption?.textContent.trim()) problems.push(`${name}: no caption`);
        if (table.matches("[role=presentation], [role=none]")) problems.push(`${name}: a layout table`);
        const headers = [...table.querySelectorAll("th")];
        if (!headers.length) problems.push(`${name}: no th`);
        for (const header of headers) if (!["col", "row", "colgroup", "rowgroup"].includes(header.scope)) problems.push(`${name}: ${tools.name(header)} has no scope`);
        return problems;
      }),
    ),
};
