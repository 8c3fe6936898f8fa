// The ways in which people come: the same journey in each.

export const FORMS = [
  { name: "with script", settings: {} },
  { name: "on a phone", settings: { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, colorScheme: "dark" } },
  { name: "without script", settings: { javaScriptEnabled: false } },
];

// A journey in every form.
export const inEveryForm = (name, run) => FORMS.map((form) => ({ name: `${name}, ${form.name}`, settings: form.settings, run }));
