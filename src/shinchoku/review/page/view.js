// What is shown: the page with its cells on the left, what was read of it on the right.

const sheetOf = (page) => known.report.pages.find((sheet) => sheet.page === page);

function turn(page, chosen = null) {
  const pages = known.report.pages;
  known.page = Math.max(1, Math.min(page, pages.length ? pages[pages.length - 1].page : 1));
  known.chosen = chosen;
  known.draft = null;
  location.replace(`#${encodeURIComponent(known.report.report)}/${known.page}`);
  $("number").value = known.page;
  showSheet();
  showProgress();
  showPanel();
  showChosen();
  if (chosen) point(chosen, true);
}

function showSheet() {
  const sheet = sheetOf(known.page);
  const room = Math.max(320, $("sheet").clientWidth - 2);
  const width = sheet ? room * known.zoom : room;
  $("paper").style.width = `${width}px`;
  $("cells").replaceChildren();
  $("picture").alt = word("picture", { n: known.page });
  if (!sheet) return;
  $("paper").style.height = `${(width * sheet.height) / sheet.width}px`;
  const scale = Math.min(4, Math.max(1, (width / sheet.width) * window.devicePixelRatio)).toFixed(2);
  const name = encodeURIComponent(known.report.report);
  $("picture").src = inside ? inside.pictures[known.page] : `picture?report=${name}&page=${known.page}&scale=${scale}`;
  for (const cell of known.report.cells) {
    if (cell.at[0] !== known.page) continue;
    const [x0, top, x1, bottom] = cell.box;
    const box = make("button", {
      type: "button", class: `cell${cell.corrected ? " corrected" : ""}${editOf(key(cell.at)) ? " edited" : ""}`, "data-at": key(cell.at),
      "aria-label": word("cell", { r: cell.at[2] + 1, c: cell.at[3] + 1, text: cell.text || word("empty") }),
    });
    Object.assign(box.style, {
      left: `${(100 * x0) / sheet.width}%`, top: `${(100 * top) / sheet.height}%`,
      width: `${(100 * (x1 - x0)) / sheet.width}%`, height: `${(100 * (bottom - top)) / sheet.height}%`,
    });
    $("cells").append(box);
  }
}

function showProgress() {
  const pages = known.report.pages;
  const count = (review) => pages.filter((page) => page.review === review).length;
  const said = word("progress", { done: count("reviewed"), all: pages.length, changed: count("changed"), open: count("open") });
  $("progress").setAttribute("aria-label", said);
  $("progress").title = said;
  $("done").textContent = word("done", { done: count("reviewed"), all: pages.length });
  for (const review of ["reviewed", "changed"]) {
    $("progress").querySelector(`.${review}`).style.width = `${(100 * count(review)) / Math.max(1, pages.length)}%`;
  }
  const sheet = sheetOf(known.page);
  const review = sheet ? sheet.review : "open";
  $("review").textContent = word(review, { by: sheet ? sheet.by : "" });
  $("review").className = review;
}

function value(field) {
  const places = field.at.map(key).join(" ");
  const shown = places ? make("button", { type: "button", class: "value", "data-at": places }, field.text) : make("span", { class: "value" }, field.text);
  const corrected = field.at.some((at) => known.cells.get(key(at))?.corrected);
  if (corrected) shown.classList.add("corrected");
  if (field.before === null || field.before === undefined) return [shown];
  return [shown, make("span", { class: "before", title: known.report.before }, `${word("before")}：${field.before || word("empty")}`)];
}

// Whether a field is what a record stands under.
const isHeading = (field) => /^(pillar|section|group|(goal|plan|initiative|sub)_(no|title))$/.test(field.column);

function showRecord(record) {
  const list = make("dl");
  const under = make("p", { class: "soft" });
  for (const field of record.fields.filter(isHeading)) under.append(`${under.firstChild ? " › " : ""}${label(field.column)} `, ...value(field));
  for (const field of record.fields.filter((each) => !isHeading(each))) {
    list.append(make("dt", {}, label(field.column)), make("dd", {}, ...value(field)));
  }
  const heading = make("h3", {}, make("small", {}, word(record.kind)), " ", record.name);
  return make("article", { class: "record", "data-id": `${record.kind}/${record.id}` }, heading, under, list);
}

function showTables() {
  const tables = new Map();
  for (const cell of known.report.cells.filter((each) => each.at[0] === known.page)) {
    if (!tables.has(cell.at[1])) tables.set(cell.at[1], new Map());
    const rows = tables.get(cell.at[1]);
    if (!rows.has(cell.at[2])) rows.set(cell.at[2], []);
    rows.get(cell.at[2]).push(cell);
  }
  const shown = [...tables.values()].map((rows) => make("div", { class: "scroll" }, make("table", {}, ...[...rows.values()].map((row) =>
    make("tr", {}, ...row.map((cell) => make(cell.header ? "th" : "td", { rowspan: cell.span[0], colspan: cell.span[1] },
      make("button", { type: "button", class: `value${cell.corrected ? " corrected" : ""}`, "data-at": key(cell.at) }, cell.text || "\u00a0"))))))));
  const blocks = known.report.blocks.filter((block) => block.page === known.page);
  if (blocks.length) shown.push(make("h3", {}, word("page_text")), ...blocks.map((block) => make("p", { class: "block" }, block.text)));
  return shown;
}

function showProblem(problem, number) {
  const where = problem.page ? word("page_n", { n: problem.page }) : word("whole");
  return make("button", { type: "button", class: `problem ${problem.severity}`, "aria-current": number === known.problem ? "true" : null, onclick: () => goProblem(number) },
    make("b", {}, word(problem.severity)), ` ${where} ${problem.code}`, make("span", {}, problem.printed), make("span", {}, inWords(problem.message)));
}

function showCorrection(correction) {
  const place = correction.place;
  const change = correction.kind === "text" ? `${correction.printed || word("empty")} → ${correction.corrected || word("empty")}` : word(correction.kind);
  const go = make("button", { type: "button", class: "go", onclick: () => turn(place[0], correction.kind === "text" ? key(place) : null) }, word("page_n", { n: place[0] }));
  const undo = make("button", { type: "button", onclick: () => undoCorrection(correction) }, word("undo"));
  return make("article", { class: "correction" }, make("p", {}, go, " ", make("b", {}, word(correction.applied ? "applied" : "unused")), " ", change),
    make("p", { class: "soft" }, `${correction.reason}（${correction.by} ${correction.date}）`), ...(inside ? [] : [undo]));
}

function showHit(hit) {
  return make("button", { type: "button", class: "problem", onclick: () => turn(hit.page, hit.at) }, make("b", {}, word("page_n", { n: hit.page })), make("span", {}, hit.text));
}

function showPanel() {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const on = tab.dataset.tab === known.tab;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    if (on) $("panel").setAttribute("aria-labelledby", tab.id);
  }
  const report = known.report;
  let shown = [];
  if (known.tab === "records") shown = report.records.filter((record) => record.page <= known.page && known.page <= record.last).map(showRecord);
  if (known.tab === "raw") shown = showTables();
  if (known.tab === "problems") shown = report.problems.map(showProblem);
  if (known.tab === "corrections") shown = report.corrections.map(showCorrection);
  if (known.tab === "found") shown = [make("p", { class: "soft" }, word("hits", { n: known.found.length })), ...known.found.slice(0, 300).map(showHit)];
  $("panel").replaceChildren(...(shown.length ? shown : [make("p", { class: "soft" }, word("nothing"))]));
}

// Mark a place on both sides; `stay` brings it into sight on both.
function point(places, stay = false) {
  const wanted = new Set(places ? places.split(" ") : []);
  for (const shown of document.querySelectorAll("[data-at]")) {
    const on = shown.dataset.at.split(" ").some((place) => wanted.has(place));
    shown.classList.toggle("on", on);
  }
  if (!stay) return;
  for (const side of ["#cells .on", "#panel .on"]) document.querySelector(side)?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function choose(place) {
  known.chosen = place;
  known.draft = null;
  const at = place.split("-").map(Number);
  if (at[0] !== known.page) { turn(at[0], place); return; }
  showChosen();
  point(place, true);
}
