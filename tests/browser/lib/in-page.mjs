// Helpers that run inside the page, as `window.tools`. They change nothing.

export function installTools() {
  const INTERACTIVE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex='-1'])";

  const tools = {
    // Rendered: has a box, is not hidden, not inside a closed <details>.
    visible: (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0,

    // Text for screen readers only.
    offScreen: (element) => Boolean(element.closest(".vh")),

    // A short name to find the element by.
    name(element) {
      const text = (element.getAttribute("aria-label") ?? element.innerText ?? element.value ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
      const mark = element.id ? `#${element.id}` : element.classList.length ? `.${element.classList[0]}` : element.name ? `[name=${element.name}]` : "";
      return `<${element.localName}${mark}>${text ? ` "${text}"` : ""}`;
    },

    // What the Tab key is to reach, in document order. Of a group of radio buttons one is reached.
    tabStops() {
      const all = [...document.querySelectorAll(INTERACTIVE)].filter((element) => tools.visible(element) && !element.matches(":disabled"));
      const chosen = new Map();
      for (const radio of all.filter((element) => element.type === "radio")) {
        const key = `${radio.form?.id ?? ""} ${radio.name}`;
        if (!chosen.has(key) || radio.checked) chosen.set(key, radio);
      }
      return all.filter((element) => element.type !== "radio" || chosen.get(`${element.form?.id ?? ""} ${element.name}`) === element);
    },

    // What a screen reader calls a link: enough of the algorithm for links that hold text and images.
    linkName(link) {
      const label = link.getAttribute("aria-label");
      if (label) return label.trim();
      const labelled = link.getAttribute("aria-labelledby");
      if (labelled) return labelled.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ").replace(/\s+/g, " ").trim();
      const text = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data;
        if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true" || node.hidden) return "";
        if (node.localName === "img") return node.alt;
        return [...node.childNodes].map(text).join("");
      };
      return text(link).replace(/\s+/g, " ").trim();
    },

    // Any CSS colour as [red, green, blue, alpha].
    colour: (() => {
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      return (css) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = css;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
        return [r, g, b, a / 255];
      };
    })(),

    // The colour seen behind an element: its own ground and those of its ancestors, laid over each other.
    ground(element) {
      const layers = [];
      for (let at = element; at; at = at.parentElement) {
        const layer = tools.colour(getComputedStyle(at).backgroundColor);
        layers.push(layer);
        if (layer[3] === 1) break;
      }
      const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
      return layers.reverse().reduce((below, above) => tools.over(above, below), canvas);
    },

    over: ([r, g, b, a], below) => [r, g, b].map((value, place) => value * a + below[place] * (1 - a)),

    contrast(one, other) {
      const light = (rgb) =>
        rgb
          .map((value) => value / 255)
          .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
          .reduce((sum, value, place) => sum + value * [0.2126, 0.7152, 0.0722][place], 0);
      const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
      return (bright + 0.05) / (dark + 0.05);
    },

    // Adds a style sheet in a way that a strict content security policy lets through.
    addStyle(css) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
    },
  };
  window.tools = tools;
}
