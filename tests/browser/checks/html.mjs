// A3: the HTML is valid.

import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // Titles carry what tells pages apart; requirements have long names.
    "long-title": "off",
    // Fields of one list share a name: boxes of a filter, requirements to compare.
    "form-dup-name": "off",
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
