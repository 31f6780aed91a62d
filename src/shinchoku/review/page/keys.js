// What people do: pointing, keys, search; and the start of it all.

function goProblem(number) {
  const problems = known.report.problems;
  if (!problems.length) return;
  known.problem = (number + problems.length) % problems.length;
  known.tab = "problems";
  const problem = problems[known.problem];
  const row = known.report.records.find((record) => record.kind === problem.row[0] && record.id === problem.row[1]);
  const at = problem.at || row?.fields.find((field) => !isHeading(field) && field.at.length)?.at[0];
  turn(problem.page || (at ? at[0] : known.page), at ? key(at) : null);
  document.querySelector("#panel [aria-current=true]")?.scrollIntoView({ block: "nearest" });
}

function goOpen() {
  const pages = known.report.pages;
  const ahead = [...pages.filter((page) => page.page > known.page), ...pages.filter((page) => page.page <= known.page)];
  const next = ahead.find((page) => page.review !== "reviewed");
  if (next) turn(next.page);
}

function goTab(name) {
  known.tab = name;
  showPanel();
  if (known.chosen) point(known.chosen);
}

function find(query) {
  const wanted = query.split(/\s+/).map(folded).filter(Boolean);
  const fits = (text) => wanted.every((part) => folded(text).includes(part));
  const report = known.report;
  known.found = wanted.length ? [
    ...report.cells.filter((cell) => fits(cell.text)).map((cell) => ({ page: cell.at[0], at: key(cell.at), text: cell.text })),
    ...report.blocks.filter((block) => fits(block.text)).map((block) => ({ page: block.page, at: null, text: block.text })),
  ].sort((a, b) => a.page - b.page) : [];
  goTab("found");
  say(known.found.length ? word("hits", { n: known.found.length }) : word("none_found"));
}

function zoom(factor) {
  known.zoom = Math.max(0.5, Math.min(4, known.zoom * factor));
  showSheet();
  if (known.chosen) point(known.chosen, true);
}

const keys = {
  n: () => turn(known.page + 1), p: () => turn(known.page - 1), ArrowRight: () => turn(known.page + 1), ArrowLeft: () => turn(known.page - 1),
  u: goOpen, j: () => goProblem(known.problem + 1), k: () => goProblem(known.problem < 0 ? -1 : known.problem - 1),
  "/": () => $("query").focus(), e: () => $("text")?.focus(), s: () => ($("signer").value ? signPage() : $("signer").focus()),
  z: () => goTab("corrections"), "+": () => zoom(1.25), "-": () => zoom(0.8),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && known.chosen) {
    const box = document.querySelector(`#cells [data-at="${known.chosen}"]`);
    known.chosen = known.draft = null;
    showChosen();
    box?.focus();
    return;
  }
  if (event.target.closest("input, textarea, select, [role=tablist]") || event.ctrlKey || event.metaKey || event.altKey || !known.report) return;
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
});

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const shown = event.target.closest("[data-at]");
    if (shown) point(shown.dataset.at); else if (known.chosen) point(known.chosen); else point("");
  });
}
document.addEventListener("click", (event) => {
  const shown = event.target.closest("[data-at]");
  if (shown) choose(shown.dataset.at.split(" ").find((place) => place.startsWith(`${known.page}-`)) || shown.dataset.at.split(" ")[0]);
});

// A page larger than its room is drawn along by the mouse; letting it go there chooses no cell.
let dragged = null;
let moved = false;
$("sheet").addEventListener("pointerdown", (event) => {
  moved = false;
  const sheet = $("sheet");
  if (event.pointerType === "mouse" && event.button === 0) dragged = [event.clientX, event.clientY, sheet.scrollLeft, sheet.scrollTop];
});
$("sheet").addEventListener("pointermove", (event) => {
  if (!dragged || !event.buttons) { dragged = null; return; }
  const [x, y] = [dragged[0] - event.clientX, dragged[1] - event.clientY];
  moved ||= Math.hypot(x, y) > 4;
  if (moved) $("sheet").scrollTo(dragged[2] + x, dragged[3] + y);
});
$("sheet").addEventListener("click", (event) => { if (moved) { event.stopPropagation(); moved = false; } });

$("tabs").addEventListener("click", (event) => { const tab = event.target.closest("[role=tab]"); if (tab) goTab(tab.dataset.tab); });
$("tabs").addEventListener("keydown", (event) => {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
  goTab(next.dataset.tab);
  next.focus();
});
$("previous").addEventListener("click", () => turn(known.page - 1));
$("next").addEventListener("click", () => turn(known.page + 1));
$("open").addEventListener("click", goOpen);
$("larger").addEventListener("click", () => zoom(1.25));
$("smaller").addEventListener("click", () => zoom(0.8));
$("number").addEventListener("change", () => turn(Number($("number").value) || known.page));
$("search").addEventListener("submit", (event) => { event.preventDefault(); find($("query").value); });
$("sign").addEventListener("submit", (event) => { event.preventDefault(); signPage(); });
$("report").addEventListener("change", () => { known.page = 1; work(async () => { await load($("report").value); say(word("loaded", { report: known.report.report })); }); });
window.addEventListener("beforeunload", (event) => { if (known.edits.size) event.preventDefault(); });
window.addEventListener("resize", () => { if (known.report) { showSheet(); if (known.chosen) point(known.chosen); } });

async function start() {
  document.documentElement.lang = language;
  document.title = `${word("title")} — shinchoku`;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", word(element.dataset.label));
  for (const element of document.querySelectorAll("[data-hint]")) element.placeholder = word(element.dataset.hint);
  $("signer").value = signer();
  const names = inside ? [inside.payload.report] : await ask("api/reports");
  $("report").append(...names.map((name) => make("option", { value: name }, name)));
  const asked = location.hash.slice(1).match(/^(.*)\/(\d+)$/);
  const first = asked && names.includes(decodeURIComponent(asked[1])) ? decodeURIComponent(asked[1]) : names[0];
  if (asked && first === decodeURIComponent(asked[1])) known.page = Number(asked[2]);
  $("report").value = first;
  $("sign").hidden = Boolean(inside);
  await load(first);
  say(inside ? word("static") : word("loaded", { report: first }));
}
start().catch((error) => say(error.message));
