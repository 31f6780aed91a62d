// What is changed: a cell's text, a ruling on a table, a signature; each shown before it is kept.

function showChosen() {
  const place = known.chosen;
  const cell = place ? known.cells.get(place) : null;
  const others = known.edits.size - (place && editOf(place) ? 1 : 0);
  if (others) say(word("unkept", { n: others }));
  $("chosen").hidden = !cell;
  if (!cell) { $("chosen").replaceChildren(); return; }
  const read = known.readers.get(place) || [];
  const done = known.report.corrections.find((each) => each.applied && each.kind === "text" && key(each.place) === place);
  $("chosen").scrollTop = 0;
  const list = make("ul", {}, ...read.map(([record, field]) => make("li", {}, `${record.name}：${label(field.column)}`)));
  $("chosen").replaceChildren(
    make("h2", { id: "chosen-title" }, `${word("selected")} `, make("small", {}, word("cell", { r: cell.at[2] + 1, c: cell.at[3] + 1, text: "" }).replace(/[：:]\s*$/, ""))),
    ...(inside ? [make("p", { class: "text" }, cell.text)] : done ? [make("p", { class: "text" }, cell.text), showCorrection(done)] : [form(cell)]),
    make("p", { class: "soft" }, `${word("printed")}：`), make("p", { class: "text" }, cell.lines || word("empty")),
    ...(read.length ? [make("p", { class: "soft" }, word("read_by")), list] : []),
  );
}

function form(cell) {
  const text = make("textarea", { id: "text", rows: String(Math.min(8, cell.text.split("\n").length + 1)) });
  const place = key(cell.at);
  const reason = make("input", { id: "reason", required: true, autocomplete: "off" });
  [text.value, reason.value] = editOf(place) || [cell.text, ""];
  const by = make("input", { id: "by", required: true, autocomplete: "name" });
  by.value = signer();
  const effect = make("div", { id: "effect", role: "status", "aria-live": "polite" });
  const ruling = (kind) => make("button", { type: "button", onclick: () => preview(draftOf(cell, kind)) }, word(kind));
  const shown = make("form", { id: "correct", onsubmit: (event) => { event.preventDefault(); preview(draftOf(cell, "text")); } },
    make("label", { for: "text" }, word("text")), text,
    make("label", { for: "reason" }, word("reason")), reason,
    make("label", { for: "by" }, word("by")), by,
    make("p", { class: "buttons" }, make("button", { class: "main" }, word("effect")), ruling("no_records"), ruling("goes_on")), effect);
  shown.addEventListener("input", () => {
    noteEdit(place, text.value !== cell.text || reason.value ? [text.value, reason.value] : null);
    known.draft = null;
    effect.replaceChildren();
  });
  return shown;
}

function signer() {
  try { return localStorage.getItem("shinchoku-by") || ""; } catch { return ""; }
}

function remember(name) {
  try { localStorage.setItem("shinchoku-by", name); } catch { /* the name is asked again */ }
  $("signer").value = name;
}

function draftOf(cell, kind) {
  const [page, table, row, col] = cell.at.map(String);
  const own = { report_id: known.report.report, page, table, kind, reason: $("reason").value, by: $("by").value };
  if (kind === "text") return { ...own, row, col, printed: cell.text, corrected: $("text").value };
  const first = known.report.cells.filter((other) => tableKey(other.at) === tableKey(cell.at) && other.text).slice(0, 3);
  return { ...own, printed: first.map((other) => other.text).join("\n"), corrected: "" };
}

async function preview(draft) {
  if (!$("correct").reportValidity()) return;
  remember(draft.by);
  await work(async () => {
    const effect = await ask("api/preview", draft);
    known.draft = draft;
    showEffect(effect);
    say("");
  });
}

function difference(each, note) {
  return make("li", {}, `${each.name}：${label(each.column)}${note} `, make("del", {}, each.old || word("empty")), " → ", make("ins", {}, each.new || word("empty")));
}

function showEffect(effect) {
  const lines = [
    ...effect.fields.map((each) => difference(each, "")),
    ...effect.quantities.map((each) => difference(each, `（${word("quantity")}）`)),
    ...effect.gone.map((name) => make("li", {}, word("gone", { name }))),
    ...effect.new.map((name) => make("li", {}, word("come", { name }))),
    ...effect.solved.map((text) => make("li", {}, word("solved", { text: inWords(text) }))),
    ...effect.made.map((text) => make("li", {}, word("made", { text: inWords(text) }))),
  ];
  const cancel = () => { known.draft = null; $("effect").replaceChildren(); };
  $("effect").replaceChildren(make("h3", { tabindex: "-1" }, word("effects")), lines.length ? make("ul", {}, ...lines) : make("p", {}, word("no_effect")),
    make("p", { class: "buttons" }, make("button", { type: "button", class: "main", id: "keep", onclick: keepDraft }, word("keep")),
      make("button", { type: "button", onclick: cancel }, word("cancel"))));
  $("effect").firstChild.focus({ preventScroll: true });
  $("effect").scrollIntoView({ block: "start" });
}

async function keepDraft() {
  const draft = known.draft;
  const chosen = known.chosen;
  if (!draft) return;
  await work(async () => {
    take(await ask("api/keep", { ...draft, seen: known.report.state }));
    noteEdit(chosen, null);
    turn(known.page, chosen);
    say(word("kept"));
  });
}

async function undoCorrection(correction) {
  await work(async () => {
    take(await ask("api/undo", { report: known.report.report, key: correction.key, seen: known.report.state }));
    turn(known.page, known.chosen);
    say(word("undone"));
  });
}

async function signPage() {
  const sheet = sheetOf(known.page);
  const by = $("signer").value;
  if (inside || !sheet || !$("sign").reportValidity()) return;
  remember(by);
  await work(async () => {
    take(await ask("api/sign", { report: known.report.report, page: String(sheet.page), digest: sheet.digest, by, seen: known.report.state }));
    turn(known.page, known.chosen);
    say(word("signed", { n: sheet.page }));
  });
}

// One change at a time; what fails is said.
async function work(change) {
  if (document.body.classList.contains("busy")) return;
  document.body.classList.add("busy");
  say(word("working"));
  try {
    await change();
  } catch (error) {
    say(error.message);
  } finally {
    document.body.classList.remove("busy");
    // What had the focus may be gone: it goes on at the cell, or where what was read begins.
    if (document.activeElement === document.body) (document.querySelector(`#cells [data-at="${known.chosen}"]`) || $("panel")).focus();
  }
}
