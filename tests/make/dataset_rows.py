"""Rows and reports for the tests of the dataset: small, made by hand or copied from the gold of the
shipped reports."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shinchoku.dataset.reports import SOURCE_KEYS

GOLD = Path(__file__).parent.parent / "gold" / "dataset"

Tables = dict[str, list[dict[str, Any]]]


def gold_rows(name: str, report_id: str) -> list[dict[str, Any]]:
    """The rows of a small gold file with the columns that say where a row comes from."""
    rows = []
    for order, line in enumerate((GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()):
        row = {
            **json.loads(line),
            "report_id": report_id,
            "row_id": f"{name}-{order}",
            "row_order": order,
            "page": 1,
        }
        if name != "goals":
            row |= {"page_last": 1, "table": 1, "unmapped": "{}"}
        rows.append(row)
    return rows


def cell(report_id: str, row: int, text: str) -> dict[str, Any]:
    """One raw cell in column 0."""
    spans = {"row": row, "col": 0, "row_span": 1, "col_span": 1}
    box = {"x0": 10.5, "top": 20.0 + row, "x1": 99.25, "bottom": 21.0 + row}
    return {
        "report_id": report_id,
        "page": 1,
        "table": 1,
        **spans,
        **box,
        "is_header": row == 0,
        "ocr": False,
        "text": text,
        "lines": "",
    }


def report_tables(report_id: str, gold: Sequence[str] = ("measures", "indicators", "goals")) -> Tables:
    """All tables of a small report."""
    box = {"x0": 1.0, "top": 2.0, "x1": 3.0, "bottom": 4.0}
    return {
        "cells": [cell(report_id, 0, "目標"), cell(report_id, 1, "計27か所\n(定員 1,200人)")],
        "blocks": [
            {"report_id": report_id, "page": 1, "block": 0, "kind": "heading", **box, "text": "計画1"}
        ],
        **{
            name: gold_rows(name, report_id) if name in gold else []
            for name in ("measures", "indicators", "goals")
        },
        "problems": [
            {
                "report_id": report_id,
                "severity": "info",
                "code": "made",
                "message": "look",
                "printed": "x",
                **dict.fromkeys(["page", "table", "row", "col", "x0", "top", "x1", "bottom"]),
            }
        ],
    }


def source(report_id: str, **known: str) -> dict[str, str]:
    """The source's keys, all but a few empty."""
    told = {"source_file": f"{report_id}.pdf", "source_sha256": "ab" * 32, "area_code": "131202"}
    return {**dict.fromkeys(SOURCE_KEYS, ""), **told, "area_name": "東京都練馬区", **known}
