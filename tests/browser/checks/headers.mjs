// Security 1 and 3: the headers of every page.

const WANTED = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self' data:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "manifest-src": "'self'",
  "form-action": "'self'",
  "base-uri": "'none'",
  "object-src": "'none'",
  "frame-ancestors": "'none'",
};

export default {
  name: "headers",
  views: ["wide"],
  async run({ response, visit }) {
    const headers = response.headers();
    const policy = Object.fromEntries((headers["content-security-policy"] ?? "").split(";").map((part) => part.trim().split(/\s+(.*)/s)).map(([name, value]) => [name, value ?? ""]));
    const problems = Object.entries(WANTED).filter(([name, value]) => policy[name] !== value).map(([name, value]) => `content-security-policy: ${name} is "${policy[name] ?? ""}", not "${value}"`);
    if (response.status() !== visit.status) problems.push(`status ${response.status()}, not ${visit.status}`);
    if (headers["x-content-type-options"] !== "nosniff") problems.push("x-content-type-options is not nosniff");
    if (!["same-origin", "no-referrer", "strict-origin"].includes(headers["referrer-policy"])) problems.push(`referrer-policy is ${headers["referrer-policy"]}`);
    if (headers["cross-origin-opener-policy"] !== "same-origin") problems.push("cross-origin-opener-policy is not same-origin");
    if (!/^text\/html; ?charset=utf-8$/i.test(headers["content-type"] ?? "")) problems.push(`content-type is ${headers["content-type"]}`);
    return problems;
  },
};
