"use strict";
// What is known: the words, the report, the page in sight; asking the server for more.

const $ = (id) => document.getElementById(id);
const language = navigator.language.toLowerCase().startsWith("ja") ? "ja" : "en";
const words = JSON.parse($("words").textContent)[language];
const inside = $("data") ? JSON.parse($("data").textContent) : null;
const known = { report: null, page: 1, zoom: 1, tab: "records", chosen: null, problem: -1, found: [], draft: null, fold: new Map(), edits: new Map() };

function word(name, fill = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) => fill[key]);
}

function label(column) {
  const found = known.report.labels[column];
  return found ? found[language] : column;
}

// An element with attributes and children; text is only ever text.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

// What is said in both languages, in that of the browser.
const inWords = (said) => (typeof said === "string" ? said : said[language]);

function say(text) {
  $("state").textContent = text;
}

const key = (at) => at.join("-");
const tableKey = (at) => `${at[0]}-${at[1]}`;

// Width, case, kana and spaces make no difference to a search.
function folded(text) {
  let fold = known.fold.get(text);
  if (fold === undefined) {
    fold = text.normalize("NFKC").toLowerCase().replace(/\s+/g, "")
      .replace(/[\u3041-\u3096]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0x60));
    known.fold.set(text, fold);
  }
  return fold;
}

async function ask(address, body) {
  const options = body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  };
  let answer;
  try {
    answer = await fetch(address, options);
  } catch {
    throw new Error(word("failed"));
  }
  const text = await answer.text();
  let found;
  try { found = JSON.parse(text); } catch { found = { error: text }; }
  if (answer.ok) return found;
  if (found.outdated) {
    await load(known.report.report);
    throw new Error(word("outdated"));
  }
  throw new Error(inWords(found.error));
}

function take(report) {
  known.report = report;
  known.cells = new Map(report.cells.map((cell) => [key(cell.at), cell]));
  known.readers = new Map();
  for (const record of report.records) {
    for (const field of record.fields) {
      for (const at of field.at) {
        const place = key(at);
        if (!known.readers.has(place)) known.readers.set(place, []);
        known.readers.get(place).push([record, field]);
      }
    }
  }
  $("last").textContent = word("of", { n: report.pages.length });
  $("count").textContent = report.problems.length || "";
  $("corrected").textContent = report.corrections.length || "";
}

// What somebody wrote for a cell and did not keep yet.
const editOf = (place) => known.edits.get(`${known.report.report}/${place}`);

function noteEdit(place, edit) {
  const name = `${known.report.report}/${place}`;
  if (edit) known.edits.set(name, edit); else known.edits.delete(name);
  document.querySelector(`#cells [data-at="${place}"]`)?.classList.toggle("edited", Boolean(edit));
}

async function load(name) {
  take(inside ? inside.payload : await ask(`api/report?report=${encodeURIComponent(name)}`));
  turn(Math.min(known.page, known.report.pages.length));
}
