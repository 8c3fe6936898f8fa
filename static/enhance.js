// Optional enhancement; every page works without it.

// 0 Work that goes on: an element with data-refresh asks for the page again after so many seconds, and takes what stands
//   there now. When the work is done the whole page is loaded, since more of it has changed.
for (const place of document.querySelectorAll("[data-refresh]")) {
  const again = async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      const now = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(place.id);
      if (now && !now.dataset.refresh) return location.reload();
      // Whoever has the focus on something here keeps it.
      if (now && !place.contains(document.activeElement)) place.replaceChildren(...now.childNodes);
    } catch {
      // Away for the moment: asked again below.
    }
    setTimeout(again, place.dataset.refresh * 1000);
  };
  setTimeout(again, place.dataset.refresh * 1000);
}

// 1 Copy as text: an element with data-copy-source gets a button that puts its text on the clipboard: the
//   parts marked data-copy-part, or else all of it. The words come from the server: data-copy-label
//   ("Kopiera som text") and data-copied-label ("Texten är kopierad"). data-copy-target names the id of the
//   element that the button is put into; without it, it follows the source.
const textOf = (source) => {
  const parts = [...source.querySelectorAll("[data-copy-part]")];
  return (parts.length ? parts : [source]).map((part) => part.innerText.trim()).join("\n\n");
};

for (const source of navigator.clipboard ? document.querySelectorAll("[data-copy-source]") : []) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn--secondary btn--small";
  button.textContent = source.dataset.copyLabel;

  const status = document.createElement("span");
  status.setAttribute("role", "status");
  status.className = "muted";

  button.addEventListener("click", async () => {
    status.textContent = "";
    try {
      await navigator.clipboard.writeText(textOf(source));
      status.textContent = source.dataset.copiedLabel;
    } catch {
      button.remove(); // refused by the browser: the plain text link beside it remains
    }
  });

  const place = document.getElementById(source.dataset.copyTarget);
  if (place) place.prepend(button, status);
  else source.after(button, status);
}

// 2 On a narrow screen the filters start folded, so that the hits are near. Without script they are open.
if (matchMedia("(max-width: 59.99rem)").matches) {
  for (const panel of document.querySelectorAll("details[data-fold-narrow]")) panel.open = false;
}

// 3 A button that says how many boxes of its form are ticked: data-count names the boxes, data-count-one and
//   data-count-other hold the words, with # for the number. Without script it says how many were ticked at first.
for (const form of document.querySelectorAll("form[data-count]")) {
  const button = form.querySelector("button[type=submit]");
  const number = new Intl.NumberFormat(document.documentElement.lang);
  form.addEventListener("change", () => {
    const ticked = form.querySelectorAll(`[name="${form.dataset.count}"]:checked`).length;
    const words = ticked === 1 ? form.dataset.countOne : form.dataset.countOther;
    button.textContent = words.replace("#", number.format(ticked));
  });
}

// 4 The menu under the name closes with Escape, which leads back to the name, and with a click anywhere else.
for (const menu of document.querySelectorAll("details.who")) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    const within = menu.contains(document.activeElement);
    menu.open = false;
    if (within) menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}

// 5 How much of a long field is used, once it is nearly full: data-most says how many characters it takes. What is more than
//   that is not cut off: it is said, and the form says it once more when it is sent.
for (const field of document.querySelectorAll("textarea[data-most]")) {
  const most = Number(field.dataset.most);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const said = document.createElement("p");
  said.className = "hint";
  said.setAttribute("role", "status");
  field.after(said);
  const count = () => {
    const length = [...field.value.trim()].length;
    said.textContent = length > most * 0.8 ? `${number.format(length)} / ${number.format(most)}` : "";
    said.hidden = said.textContent === "";
    said.classList.toggle("error-text", length > most);
  };
  field.addEventListener("input", count);
  count();
}
