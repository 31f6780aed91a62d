"""The column data in, the Markdown tables of columns for docs/columns.md and docs/columns.ja.md out."""

from typing import Literal

from shinchoku.dataset.schema import (
    DATASET_TABLES,
    DIFF_TABLES,
    HISTORY_TABLES,
    PART_TABLES,
    TABLES,
    Column,
    table,
)

Language = Literal["en", "ja"]

EXAMPLES = ("fy2021_target", "fy2018_baseline", "fy2019_planned", "fy2019_actual")
"""Fiscal-year columns shown as examples where a table has such columns."""

WORDS = {
    "en": {
        "head": "| column | 項目 | type | meaning |",
        "null": " or null",
        "fiscal": "The columns {names} are examples: "
        "a report has one such column for each fiscal year and role it prints.",
    },
    "ja": {
        "head": "| 列名 | 項目 | 型 | 意味 |",
        "null": "（欠損あり）",
        "fiscal": "{names} の列は例です。"
        "報告書が印刷している年度と項目（目標・現況・計画・実績）ごとに1列あります。",
    },
}


def readme_columns(language: Language = "en") -> str:
    """Markdown: for every table a heading with its place, its meaning, a table of its columns."""
    return "\n".join(_section(name, language) for name in TABLES)


def _section(name: str, language: Language) -> str:
    fiscal = EXAMPLES if name in ("measures", "indicators") else ()
    spec = table(name, fiscal)
    told = f"{spec.title.ja}：{spec.description.ja}"
    words = WORDS[language]
    lines = [
        f"### {_place(name)}",
        "",
        told if language == "ja" else f"{spec.description.en} {told}",
        "",
        words["head"],
        "|---|---|---|---|",
        *(_line(column, language) for column in spec.columns),
        "",
    ]
    if fiscal:
        lines += [words["fiscal"].format(names=", ".join(f"`{name}`" for name in fiscal)), ""]
    return "\n".join(lines)


def _place(name: str) -> str:
    if name in PART_TABLES:
        return f"`{name}`, `<report_id>/{name}`"
    if name in (*DATASET_TABLES, *HISTORY_TABLES):
        return f"`{name}`"
    if name in DIFF_TABLES:
        return f"`diffs/<old>__<new>/{name.removeprefix('diff_')}`"
    return f"`<report_id>/{name}`"


def _line(column: Column, language: Language) -> str:
    unit = f" ({column.unit})" if column.unit else ""
    kind = column.type + unit + (WORDS[language]["null"] if column.nullable else "")
    meaning = column.description.ja if language == "ja" else column.description.en
    return f"| `{column.name}` | {column.title.ja} | {kind} | {_cell(meaning)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
