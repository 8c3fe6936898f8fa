// What axe cannot decide by itself ("incomplete") and a person has looked at. Anything not listed here fails.
// `target` is matched against the element's selector.

export const REVIEWED = [];
