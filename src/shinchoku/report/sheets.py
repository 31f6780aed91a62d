"""The folders of two reports and the lines of their comparison in; the cells each line is printed in, on
their pages, as plain values for JSON, out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shinchoku.dataset.tables.files import read_rows
from shinchoku.parts import Box
from shinchoku.report.view import Line, Section
from shinchoku.rows import HEADINGS, place_in

SIDES = ("old", "new")
Sheet = tuple[str, int]
"""The side of a report, old or new, and a page of it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed in a report: the cells of each page, with their boxes in points and their texts, and
    for each kind and id of a row its columns with the page and the number of the cell, among those of its
    page, that each was read from."""

    cells: Mapping[int, Sequence[tuple[Box, str]]] = field(default_factory=dict)
    origins: Mapping[tuple[str, str], Sequence[tuple[str, int, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page as a data: address, and the page's size in points."""

    address: str
    width: float
    height: float


def read_printed(folder: Path) -> Printed:
    """What is printed in the report of that folder; nothing where its files do not say."""
    files = [folder / f"{name}.parquet" for name in ("cells", "origins")]
    if not all(file.is_file() for file in files):
        return Printed()
    cells: dict[int, list[tuple[Box, str]]] = {}
    number: dict[tuple[int, int, int, int], int] = {}
    for cell in read_rows(files[0]):
        page = cells.setdefault(cell["page"], [])
        number[place_in(cell)] = len(page)
        page.append(((cell["x0"], cell["top"], cell["x1"], cell["bottom"]), cell["text"]))
    origins: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
    for o in read_rows(files[1]):
        if o["column"] not in HEADINGS:
            place = (o["column"], o["page"], number[place_in(o)])
            origins.setdefault((o["row_kind"], o["row_id"]), []).append(place)
    return Printed(cells, origins)


def pages_of(sections: Sequence[Section], printed: Mapping[str, Printed]) -> list[Sheet]:
    """The pages that lines are printed on, those of lines that differ first, then as they stand in the
    reports."""
    different: dict[Sheet, bool] = {}
    for line in _lines(sections):
        for side, page, *_ in _marks(line, printed):
            quiet = line.tags in (["same"], ["only"])
            different[side, page] = different.get((side, page), False) or not quiet
    return sorted(different, key=lambda sheet: (not different[sheet], SIDES.index(sheet[0]), sheet[1]))


def sheets(
    sections: Sequence[Section], printed: Mapping[str, Printed], pictures: Mapping[Sheet, Picture]
) -> dict[str, Any]:
    """For each line by its anchor its marks (side, page, numbers of its cells, numbers of those that differ);
    for each page its size, its cells and its picture, where there is one."""
    lines = {line.anchor: found for line in _lines(sections) if (found := _marks(line, printed))}
    used = sorted({(side, page) for found in lines.values() for side, page, *_ in found})
    return {
        "lines": lines,
        "sheets": {
            f"{side}-{page}": _sheet(printed[side].cells[page], pictures.get((side, page)))
            for side, page in used
        },
    }


def _lines(sections: Iterable[Section]) -> Iterable[Line]:
    return (line for section in sections for plan in section.plans for line in plan.lines)


def _marks(line: Line, printed: Mapping[str, Printed]) -> list[tuple[str, int, list[int], list[int]]]:
    found = []
    for side, row, changed in zip(SIDES, (line.pair.old, line.pair.new), line.changed, strict=True):
        places = printed[side].origins.get((row.kind, row.row_id), ()) if row else ()
        for page in sorted({page for _, page, _ in places}):
            own = [(column, number) for column, there, number in places if there == page]
            numbers = sorted({number for _, number in own})
            found.append((side, page, numbers, sorted({n for column, n in own if column in changed})))
    return found


def _sheet(cells: Sequence[tuple[Box, str]], picture: Picture | None) -> dict[str, Any]:
    """A page whose size no picture tells is as wide and high as its cells with like margins."""
    boxes = [box for box, _ in cells]
    width = max(x1 for _, _, x1, _ in boxes) + min(x0 for x0, *_ in boxes)
    height = max(bottom for *_, bottom in boxes) + min(top for _, top, _, _ in boxes)
    return {
        "size": [picture.width, picture.height] if picture else [round(width, 1), round(height, 1)],
        "cells": [[*(round(v, 1) for v in box), text] for box, text in cells],
        "picture": picture.address if picture else "",
    }
