"use strict";
(() => {
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const lines = [...document.querySelectorAll("tr.line")].map((row) => ({
    row,
    tags: row.dataset.tags.split(" "),
    quiet: /^(same|only)$/.test(row.dataset.tags),
    plan: row.parentElement.id,
    text: null,
  }));
  const plans = [...document.querySelectorAll("tbody.plan")];
  const chips = [...document.querySelectorAll(".chip")];
  const query = document.getElementById("query");
  const plan = document.getElementById("plan");
  const same = document.getElementById("same");
  const count = document.getElementById("count");
  const nothing = document.getElementById("nothing");

  const textOf = (line) => {
    if (line.text === null) {
      const head = line.row.parentElement.querySelector(".head");
      line.text = fold(head.textContent + line.row.textContent);
    }
    return line.text;
  };

  const show = () => {
    const wanted = chips.filter((chip) => chip.getAttribute("aria-pressed") === "true").map((chip) => chip.dataset.tag);
    const words = query.value.split(/[\s\u3000]+/).map(fold).filter(Boolean);
    const kept = new Set();
    let shown = 0;
    for (const line of lines) {
      const visible =
        (wanted.length === 0 || wanted.some((tag) => line.tags.includes(tag))) &&
        (wanted.length > 0 || same.checked || !line.quiet) &&
        (plan.value === "" || plan.value === line.plan) &&
        words.every((word) => textOf(line).includes(word));
      line.row.hidden = !visible;
      if (visible) {
        shown += 1;
        kept.add(line.plan);
      }
    }
    for (const body of plans) body.hidden = !kept.has(body.id);
    nothing.hidden = shown > 0;
    const conditions = [
      ...chips.filter((chip) => wanted.includes(chip.dataset.tag)).map((chip) => chip.firstChild.textContent.trim()),
      ...(plan.value ? [plan.selectedOptions[0].textContent.trim()] : []),
      ...(words.length ? [`「${query.value.trim()}」`] : []),
    ];
    const by = conditions.length ? `（${conditions.join("・")}）` : "";
    count.textContent = `全${count.dataset.total}件のうち${shown}件を表示${by}`;
    remember(wanted);
  };

  // What is found is in view: where the list begins above the window, it is brought back.
  const search = () => {
    show();
    const list = document.getElementById("list");
    const tools = document.querySelector("form.tools");
    const covered = getComputedStyle(tools).position === "sticky" ? tools.offsetHeight : 0;
    if (list.getBoundingClientRect().top < covered) scrollBy({ top: list.getBoundingClientRect().top - covered });
  };

  const remember = (wanted) => {
    const state = new URLSearchParams();
    if (wanted.length) state.set("show", wanted.join("."));
    if (query.value) state.set("q", query.value);
    if (plan.value) state.set("plan", plan.value);
    if (same.checked) state.set("same", "1");
    const place = new URLSearchParams(location.hash.slice(1)).get("place");
    if (place) state.set("place", place);
    const hash = state.toString();
    if (hash !== location.hash.slice(1)) {
      try {
        history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
      } catch {
        // A page opened in a frame without an address of its own cannot keep its state: it works without.
      }
    }
  };

  const recall = () => {
    const anchor = location.hash.slice(1);
    const target = anchor && !anchor.includes("=") ? document.getElementById(anchor) : null;
    if (target) {
      if (target.classList.contains("line") && /^(same|only)$/.test(target.dataset.tags)) same.checked = true;
      return target;
    }
    const state = new URLSearchParams(anchor);
    const wanted = (state.get("show") || "").split(".");
    for (const chip of chips) chip.setAttribute("aria-pressed", String(wanted.includes(chip.dataset.tag)));
    query.value = state.get("q") || "";
    plan.value = state.get("plan") || "";
    same.checked = state.get("same") === "1";
    return null;
  };

  for (const chip of chips) {
    chip.addEventListener("click", () => {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      search();
    });
  }
  let waiting = 0;
  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  });
  plan.addEventListener("change", search);
  same.addEventListener("change", show);
  document.getElementById("clear").addEventListener("click", () => {
    for (const chip of chips) chip.setAttribute("aria-pressed", "false");
    query.value = "";
    plan.value = "";
    same.checked = false;
    show();
    query.focus();
  });
  document.querySelector("form.tools").addEventListener("submit", (event) => event.preventDefault());
  // A plan's link in the summary leads to its lines, unfiltered by plan or word.
  document.querySelector(".summary").addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    const body = document.getElementById(link.getAttribute("href").slice(1));
    plan.value = body.id;
    query.value = "";
    show();
    const head = body.hidden ? count : body;
    head.scrollIntoView();
    document.getElementById("list").focus({ preventScroll: true });
  });
  if (matchMedia("(max-width: 760px)").matches) {
    for (const details of document.querySelectorAll("details.plans")) details.open = false;
  }
  const target = recall();
  show();
  if (target) target.scrollIntoView();
})();
