"""A form as a TOML file describes it in; its PDF in a house style, and the rows that it prints, out.

A table is a line a row, cells apart by |, `<` for what is merged with the cell left of it, `^` with the one
above, \\n for a line break; lines of `heads` come first. `rows` are the right answers, a line a record:
its name, then column = text; `kept` are texts, apart by ;, that no column is meant for."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from make.styles.pages import Item, NewPage, Table, Text, typeset
from make.styles.sheets import Cell, Sheet
from make.styles.style import Style

CASES = Path(__file__).parent

PLAIN = Style(page=(842.0, 595.0), shade_heads=False, number="")
SHADED = Style(
    page=(842.0, 595.0),
    font="HeiseiMin-W3",
    size=9.0,
    leading=11.0,
    rules="dotted",
    center=True,
    kinsoku="strict",
)
STYLES = {"plain": PLAIN, "shaded": SHADED}


@dataclass(frozen=True)
class Form:
    """A form: what stands on its pages, and the records in it, each its name and columns."""

    items: tuple[Item, ...]
    rows: tuple[tuple[str, dict[str, str]], ...]


def form(name: str) -> Form:
    """The form of cases/NAME.toml."""
    data = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))
    items: list[Item] = []
    for entry in data["page"]:
        if entry.get("new_page"):
            items.append(NewPage())
        items += [Text(line, 1.2) for line in entry.get("text", "").splitlines()]
        if "table" in entry:
            items.append(Table(sheet(entry)))
    return Form(tuple(items), tuple(map(_row, data["rows"].strip().splitlines())))


def _row(line: str) -> tuple[str, dict[str, str]]:
    name, *columns = (part.strip() for part in line.split("|"))
    return name.replace("\\n", "\n"), {
        key.strip(): text.strip().replace("\\n", "\n") for key, text in (c.split("=", 1) for c in columns)
    }


def sheet(entry: dict[str, Any]) -> Sheet:
    """The table of an entry; `widths` are points, `labels` columns that are headings too."""
    rows = [[c.strip() for c in line.split("|")] for line in entry["table"].strip().splitlines()]
    widths, heads, labels = entry["widths"], entry.get("heads", 1), entry.get("labels", [])
    edges = tuple(float(sum(widths[:i])) for i in range(len(widths) + 1))
    cells = []
    for r, row in enumerate(rows):
        assert len(row) == len(widths), row
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            r1, c1 = r + 1, c + 1
            while c1 < len(row) and row[c1] == "<":
                c1 += 1
            while r1 < len(rows) and rows[r1][c] == "^":
                r1 += 1
            shaded = r < heads or c in labels
            cells.append(Cell(r, c, r1, c1, text.replace("\\n", "\n"), shaded=shaded))
    return Sheet(edges, heads, tuple(cells))


def pdf(made: Form, style: Style) -> bytes:
    """The PDF of a form in a style."""
    return typeset(made.items, style)
