"""A report in; what the page in the browser shows of it, as plain values for JSON, out."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from shinchoku.dataset.publish import DIFFS
from shinchoku.dataset.schema import fiscal_names, table
from shinchoku.dataset.tables.files import read_rows
from shinchoku.parts import RawPage
from shinchoku.people import Correction, People
from shinchoku.people.reviewed import page_digests
from shinchoku.problems import Severity
from shinchoku.rows import Report

Plain = dict[str, Any]
UNSHOWN = ("report_id", "row_id", "row_order", "page", "page_last", "table", "is_repost", "measure_text")


def report_payload(report: Report, pages: Sequence[RawPage], people: People, state: str, data: Path) -> Plain:
    """Pages, cells, records, problems, corrections and signatures of a report."""
    old, before = _before(data, report.report_id)
    digests = page_digests(report.cells, report.blocks)
    signed = {review.page: review for review in people.reviews}
    return {
        "report": report.report_id,
        "state": state,
        "pages": [
            {
                "page": page.number,
                "width": page.width,
                "height": page.height,
                "digest": digests.get(page.number, ""),
                "review": _review(page.number, report, signed),
                "by": signed[page.number].by if page.number in signed else "",
            }
            for page in pages
        ],
        "cells": [
            {
                "at": [cell.page, cell.table, cell.row, cell.col],
                "box": [round(v, 2) for v in cell.box],
                "text": cell.text,
                "lines": cell.lines,
                "header": cell.is_header,
                "corrected": cell.corrected,
                "span": [cell.row_span, cell.col_span],
            }
            for cell in report.cells
        ],
        "blocks": [
            {"page": b.page, "text": b.text, "box": [round(v, 2) for v in b.box]} for b in report.blocks
        ],
        "records": list(_records(report, before)),
        "before": old,
        "labels": _labels(report),
        "problems": [
            {
                "severity": str(p.severity),
                "code": p.code,
                "page": p.page,
                "at": None if p.col is None else [p.page, p.table, p.row, p.col],
                "row": [p.row_kind, p.row_id],
                "printed": p.printed,
                "message": asdict(p.said),
            }
            for p in sorted(report.problems, key=lambda p: list(Severity).index(p.severity))
        ],
        "corrections": [_correction(c, report) for c in people.corrections],
    }


def _review(page: int, report: Report, signed: Iterable[int]) -> str:
    """reviewed, changed (since it was signed) or open."""
    if page in report.reviewed:
        return "reviewed"
    return "changed" if page in signed else "open"


def _correction(correction: Correction, report: Report) -> Plain:
    return asdict(correction) | {"key": correction.key, "applied": correction.key in report.corrections}


def _records(report: Report, before: dict[tuple[str, str, str], str]) -> Iterable[Plain]:
    places: dict[tuple[str, str, str], list[list[int]]] = {}
    for o in report.origins:
        places.setdefault((o.row_kind, o.row_id, o.column), []).append([o.page, o.table, o.row, o.col])
    for kind in ("measure", "indicator", "goal"):
        for row in report.table(f"{kind}s"):
            name = "text" if kind == "goal" else kind
            yield {
                "kind": kind,
                "id": row["row_id"],
                "page": row["page"],
                "last": row.get("page_last", row["page"]),
                "name": row[name],
                "fields": [
                    {
                        "column": column,
                        "text": value if isinstance(value, str) else str(value),
                        "at": places.get((kind, row["row_id"], column), []),
                        "before": before.get((kind, row["row_id"], column)),
                    }
                    for column, value in row.items()
                    if column not in UNSHOWN and value not in ("", None, {})
                ],
            }


def _labels(report: Report) -> dict[str, dict[str, str]]:
    """The titles of all columns, Japanese and English."""
    found = {}
    for name in ("measures", "indicators", "goals"):
        fiscal = fiscal_names(column.name for column in report.fiscal.get(name, ()))
        for column in table(name, fiscal).columns:
            found[column.name] = {"ja": column.title.ja, "en": column.title.en}
    return found


def _before(data: Path, report_id: str) -> tuple[str, dict[tuple[str, str, str], str]]:
    """The newest report with which this one was compared, "" where it was with none, and what that says where
    the two differ: by kind and id of the row and name of the column."""
    diffs = data / DIFFS
    names = [path.parent.relative_to(diffs).as_posix() for path in diffs.rglob("fields.parquet")]
    ending = f"__{report_id}"
    old = [name.removesuffix(ending) for name in names if name.endswith(ending)]
    reports = data / "reports.parquet"
    listed = read_rows(reports) if old and reports.is_file() else []
    years = {row["report_id"]: (row["fiscal_year"] or 0, str(row["published"] or "")) for row in listed}
    newest = max(sorted(old), key=lambda name: years.get(name, (0, "")), default="")
    rows = read_rows(diffs / f"{newest}{ending}" / "fields.parquet") if newest else []
    return newest, {(r["row_kind"], r["new_row_id"], r["column"]): r["old_text"] for r in rows}
