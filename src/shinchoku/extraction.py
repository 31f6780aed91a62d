"""The raw pages of one report in, the rows of all its tables out: the rooms from cells to values wired
together."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from shinchoku import layouts
from shinchoku.cells import Block, Document, Table, document
from shinchoku.dataset import schema
from shinchoku.dataset.risks import spreadsheet_risks
from shinchoku.problems import Problem, Severity
from shinchoku.raw import RawPage
from shinchoku.records.checks import check_records
from shinchoku.records.reading import read
from shinchoku.records.rows import goal_rows, indicator_rows, measure_rows
from shinchoku.stitch import heading_rows, stitch
from shinchoku.values.checks import check
from shinchoku.values.grammar import parse

Row = dict[str, Any]

LARGE = 1.15
"""A block set this much larger than most text of its report is a heading."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read of a report: the rows of each table, the names of the fiscal columns of `measures` and
    `indicators` in printed order, and all problems."""

    report_id: str
    tables: dict[str, list[Row]]
    fiscal: dict[str, list[str]]
    problems: tuple[Problem, ...]


def ready() -> None:
    """Load the words, layouts and columns that are read from files when first needed, and kept: for a caller
    that has nothing else to do yet."""
    parse("1人")
    layouts.field("令和元年度実績")
    layouts.banner("1")
    for name in schema.TABLES:
        schema.table(name)


def extract(
    report_id: str, pages: Sequence[RawPage], problems: Iterable[Problem] = (), ocr: Iterable[int] = ()
) -> Extraction:
    """The tables of a report from its raw pages; `problems` are those met on the way to them, `ocr` the
    pages (from 1) whose text a program read from a picture."""
    doc = document(pages)
    records = read(stitch(doc))
    tables: dict[str, list[Row]] = {
        "cells": cell_rows(doc, frozenset(ocr)),
        "blocks": block_rows(doc),
        "measures": measure_rows(records),
        "indicators": indicator_rows(records),
        "goals": goal_rows(records),
    }
    found = [*problems, *(p for page in pages for p in page.problems), *records.problems]
    found += check_records(tables["measures"], tables["indicators"], records.legend)
    found += check([*tables["measures"], *tables["indicators"]])
    found += [p for name, rows in tables.items() if name != "cells" for p in spreadsheet_risks(name, rows)]
    if pages and not any(tables[name] for name in ("measures", "indicators", "goals")):
        found.append(_no_layout(doc))
    found.sort(key=lambda p: (p.page or 0, p.table or 0, p.row or 0, p.col or 0))
    tables["problems"] = [_problem_row(p) for p in found]
    for rows in tables.values():
        for row in rows:
            row["report_id"] = report_id
    fiscal = {f"{kind}s": [c.name for c in columns] for kind, columns in records.columns.items()}
    return Extraction(report_id, tables, fiscal, tuple(found))


def cell_rows(doc: Document, ocr: frozenset[int] = frozenset()) -> list[Row]:
    """The rows of `cells`: page by page, table by table, row by row; those of the pages `ocr` are marked."""
    rows = []
    for table in doc.tables:
        first, after = heading_rows(table) or _shaded_rows(table)
        for cell in table.cells:
            x0, top, x1, bottom = (round(v, 2) for v in cell.box)
            rows.append(
                {
                    "page": cell.page,
                    "table": cell.table,
                    "row": cell.row,
                    "col": cell.col,
                    "row_span": cell.row_span,
                    "col_span": cell.col_span,
                    "x0": x0,
                    "top": top,
                    "x1": x1,
                    "bottom": bottom,
                    "is_header": first <= cell.row < after,
                    "ocr": cell.page in ocr,
                    "text": cell.text,
                    "lines": "\n".join(line.text for line in cell.lines),
                }
            )
    return sorted(rows, key=lambda r: (r["page"], r["table"], r["row"], r["col"]))


def _shaded_rows(table: Table) -> tuple[int, int]:
    """The rows (first, row after) at the top that are shaded all over, where the rest is not: a heading that
    no layout knows."""
    plain = min((c.row for c in table.cells if not c.shaded), default=0)
    return 0, plain


def block_rows(doc: Document) -> list[Row]:
    """The rows of `blocks`, in reading order."""
    sizes = [b.size for b in doc.blocks for _ in b.text] + [
        line.size for t in doc.tables for c in t.cells for line in c.lines for _ in line.text
    ]
    body = statistics.median(sizes) if sizes else 0.0
    rows = []
    for block in doc.blocks:
        x0, top, x1, bottom = (round(v, 2) for v in block.box)
        rows.append(
            {
                "page": block.page,
                "block": block.number,
                "kind": block_kind(block, body),
                "x0": x0,
                "top": top,
                "x1": x1,
                "bottom": bottom,
                "text": block.text,
            }
        )
    return sorted(rows, key=lambda r: (r["page"], r["block"]))


def block_kind(block: Block, body: float) -> str:
    """heading, paragraph, note, page_number or other; `body` is the size of most text in points."""
    if block.kind == "page_number":
        return "page_number"
    if block.kind == "hidden":
        return "other"
    if block.text[0] in "※＊*" or block.text.startswith(("注", "(注", "（注")):
        return "note"
    found = layouts.banner(block.text)
    announced = found is not None and found.kind != "initiative" and not layouts.is_contents_line(block.text)
    boxed = "\n" not in block.text and block.text[0] in "【［[<＜〈" and block.text[-1] in "】］]>＞〉"
    return "heading" if announced or boxed or block.size >= LARGE * body else "paragraph"


def _no_layout(doc: Document) -> Problem:
    counts = f"{len(doc.tables)} tables, {len(doc.blocks)} blocks"
    message = (
        f"no layout knows a table of this report ({counts} are kept in cells and blocks); "
        "if it reports on a plan, add the wording of its headings to layouts/headings.toml"
    )
    return Problem(Severity.ERROR, "no_known_layout", message)


def _problem_row(problem: Problem) -> Row:
    x0, top, x1, bottom = (None,) * 4 if problem.box is None else (round(v, 2) for v in problem.box)
    return {
        "severity": str(problem.severity),
        "code": problem.code,
        "page": problem.page,
        "table": problem.table,
        "row": problem.row,
        "col": problem.col,
        "printed": problem.printed,
        "message": problem.message,
        "x0": x0,
        "top": top,
        "x1": x1,
        "bottom": bottom,
    }
