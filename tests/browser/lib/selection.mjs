// A selection for the pages of selections: filled as a visitor fills one, by the forms, with a row in each state.

const WANTED = ["KB-0001", "KB-0002", "KB-0005", "KB-0004:1", "KB-0006", "KB-0007", "KB-0011", "KB-0015:1", "KB-0063", "KB-0078"];

// Finds the selections of the example bank that the person who is signed in may open: {delad} is shared by a colleague,
// {utan-agare} is nobody's any more.
export async function findSelections(context, origin) {
  const list = await (await context.request.get(`${origin}/korgar`)).text();
  const id = (name) => list.match(new RegExp(`href="/korgar/([0-9a-f-]{36})">${name}`))?.[1] ?? "missing";
  return (pattern) => pattern.replace("{delad}", id("Textilservice 2028")).replace("{utan-agare}", id("Handskar, inkontinensskydd 2027"));
}

// Fills it in this context's browser. Returns what makes paths of patterns: {korg} is the selection, {KB-0005} a row of it.
export async function fillSelection(context, origin) {
  const post = (path, form) => context.request.post(origin + path, { form, maxRedirects: 0 });
  const text = async (path) => (await context.request.get(origin + path)).text();
  for (const krav of WANTED) await post("/korgar/rader", { krav, tillbaka: "/om" });
  const selection = (await text("/korgar")).match(/href="\/korgar\/([0-9a-f-]{36})"/)[1];
  const page = await text(`/korgar/${selection}`);
  const rows = [...page.matchAll(/href="\/korgar\/[0-9a-f-]{36}\/rader\/([0-9a-f-]{36})">Ändra<span class="vh"> (KB-\d{4})/g)].map(([, row, id]) => [id, row]);
  const places = Object.fromEntries([["korg", selection], ...rows]);
  const path = (pattern) => pattern.replace(/\{([^}]+)\}/g, (_, name) => places[name] ?? `missing-${name}`);

  // A wording of one's own in one row, a note and a value in another.
  const wording = path("/korgar/{korg}/rader/{KB-0001}/lydelse");
  const form = await text(wording);
  const lock = form.match(/name="las" value="(\d+)"/)[1];
  const ids = [...form.matchAll(/name="id" value="([0-9a-f-]*)"/g)].map(([, id]) => id);
  const fields = new URLSearchParams({ las: lock, gor: "spara", skal: "Vi köper bara nitrilhandskar." });
  for (const [place, id] of ids.entries()) {
    fields.append("id", id);
    fields.append("stycke", place === 0 ? "Nitrilhandskar får inte innehålla något ämne på kandidatförteckningen." : `Vårt stycke ${place + 1}.`);
  }
  await context.request.post(origin + wording, { data: fields.toString(), headers: { "content-type": "application/x-www-form-urlencoded" }, maxRedirects: 0 });
  const row = path("/korgar/{korg}/rader/{KB-0011}");
  await post(row, { las: (await text(row)).match(/name="las" value="(\d+)"/)[1], "p-andel_returfiber": "75", anteckning: "Fråga förrådet om andelen." });
  return path;
}
