// A3: the HTML is valid.

import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // Titles carry what tells pages apart; requirements have long names.
    "long-title": "off",
    // Checkboxes of one filter share a name.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "submit"] }],
    // Blanks at line ends come from templates and mean nothing.
    "no-trailing-whitespace": "off",
  },
});

export default {
  name: "html-validate",
  views: ["wide"],
  async run({ response }) {
    const { results } = await validator.validateString(await response.text());
    return results.flatMap(({ messages }) => messages.map(({ line, column, message, ruleId }) => `line ${line}:${column}: ${message} (${ruleId})`));
  },
};
