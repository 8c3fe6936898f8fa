// A17: the page says which language it is in, and so does every part in another.

export default {
  name: "language",
  views: ["wide"],
  run: ({ page, visit }) =>
    page.evaluate((lang) => {
      const problems = [];
      if (document.documentElement.lang !== lang) problems.push(`html[lang] is "${document.documentElement.lang}", not "${lang}"`);
      for (const link of document.querySelectorAll("a[hreflang]")) {
        if (link.hreflang !== link.closest("[lang]").lang) problems.push(`${tools.name(link)} is in another language than it says`);
      }
      for (const part of document.querySelectorAll("[lang]")) {
        if (!["sv", "en"].includes(part.lang)) problems.push(`${tools.name(part)} has lang="${part.lang}"`);
      }
      // Common words of the other language in text that is not marked as such.
      const strange = { sv: /\b(the|shall|which|with|from this)\b/i, en: /\b(och|inte|ska|eller|från|till)\b/i }[lang];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const holder = node.parentElement;
        if (["SCRIPT", "STYLE"].includes(holder.tagName) || holder.closest("[lang]").lang !== lang) continue;
        const found = node.data.replace(/\S+\/\S+/g, "").match(strange); // addresses are Swedish in both
        if (found) problems.push(`"${found[0]}" in ${lang} text: "${node.data.trim().replace(/\s+/g, " ").slice(0, 70)}"`);
      }
      return problems;
    }, visit.lang),
};
