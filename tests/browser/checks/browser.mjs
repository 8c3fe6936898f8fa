// Security 2 and 9: the browser has nothing to complain about, and asks nobody else for anything.

export default {
  name: "content security policy, third parties",
  views: ["wide", "narrow"],
  async run({ seen, origin, visit }) {
    const foreign = seen.requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith("data:"));
    // A page that is meant to answer 404 is itself named as a failed resource.
    const messages = seen.messages.filter(({ text, url }) => !(visit.status !== 200 && url === origin + visit.path && text.includes("status of")));
    return [...foreign.map((url) => `asks for ${url}`), ...messages.map(({ text }) => text), ...seen.failed];
  },
};
