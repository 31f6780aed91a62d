"use strict";
// Where a line is printed: its pages in both reports, its own cells marked, those that differ more strongly.
(() => {
  const held = document.getElementById("places");
  if (!held) return;
  const { lines, sheets } = JSON.parse(held.textContent);
  const dialog = document.getElementById("place");
  const shown = dialog.querySelector(".sheets");
  const sides = { old: "旧", new: "新" };

  const make = (tag, name, text = "") => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.textContent = text;
    return element;
  };

  const percent = (element, [x0, top, x1, bottom], [width, height]) => {
    Object.assign(element.style, {
      left: `${(100 * x0) / width}%`, top: `${(100 * top) / height}%`,
      width: `${(100 * (x1 - x0)) / width}%`, height: `${(100 * (bottom - top)) / height}%`,
    });
    return element;
  };

  // A page: its picture, or where it has none its cells as they were read.
  const paper = (sheet, own, changed, name) => {
    const page = make("div", "paper");
    page.style.aspectRatio = `${sheet.size[0]} / ${sheet.size[1]}`;
    page.style.minWidth = `${sheet.size[0]}px`;
    if (sheet.picture) {
      const picture = make("img", "");
      picture.src = sheet.picture;
      picture.alt = `${name}の紙面`;
      page.append(picture);
    }
    sheet.cells.forEach(([x0, top, x1, bottom, text], number) => {
      const marked = own.includes(number);
      if (sheet.picture && !marked) return;
      const kind = changed.includes(number) ? "cell own changed" : marked ? "cell own" : "cell";
      page.append(percent(make("div", kind, sheet.picture ? "" : text), [x0, top, x1, bottom], sheet.size));
    });
    return page;
  };

  const section = ([side, page, own, changed], row) => {
    const name = `${sides[side]}報告書 p.${page}`;
    const found = make("section", side);
    found.setAttribute("aria-label", name);
    const heading = make("h3", "", name);
    const link = row.querySelector(`a.${side}[href*='#page=']`);
    if (link) {
      const pdf = make("a", "", "PDFを開く");
      pdf.href = link.getAttribute("href").replace(/#page=\d+$/, `#page=${page}`);
      heading.append(" ", pdf);
    }
    const scroll = make("div", "scroll");
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", `${name}の印刷箇所`);
    scroll.append(paper(sheets[`${side}-${page}`], own, changed, name));
    found.append(heading, scroll);
    return found;
  };

  const address = (anchor) => {
    const state = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
    state.delete("place");
    if (anchor) state.set("place", anchor);
    const hash = state.toString();
    try {
      history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
    } catch {
      // Without an address of its own the page works as well.
    }
  };

  const open = (anchor, side) => {
    const row = document.getElementById(anchor);
    const name = [...row.querySelectorAll(".name")].pop().cloneNode(true);
    name.querySelector(".unseen")?.remove();
    dialog.querySelector("h2").textContent = name.textContent.trim();
    shown.replaceChildren(...lines[anchor].map((mark) => section(mark, row)));
    if (!dialog.open) dialog.showModal();
    for (const scroll of shown.querySelectorAll(".scroll")) {
      const mark = scroll.querySelector(".changed") || scroll.querySelector(".own");
      const [all, at] = [scroll.getBoundingClientRect(), mark.getBoundingClientRect()];
      scroll.scrollTo(at.left - all.left - all.width / 3, at.top - all.top - all.height / 3);
    }
    shown.querySelector(`.${side}`)?.scrollIntoView({ block: "nearest" });
    address(anchor);
  };

  for (const link of document.querySelectorAll("a.place-of")) {
    const row = link.closest("tr.line");
    if (!lines[row.id]) continue;
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(row.id, link.classList.contains("old") ? "old" : "new");
    });
  }
  dialog.addEventListener("close", () => address(""));
  const recall = () => {
    const asked = new URLSearchParams(location.hash.slice(1)).get("place");
    if (asked && lines[asked]) open(asked, "new");
  };
  addEventListener("hashchange", recall);
  recall();
})();
