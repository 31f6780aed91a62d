"""What docs/ says of columns, `make columns`: the tables of docs/columns.md and docs/columns.ja.md, made of
the column data, and the schema of what commands answer, docs/answer.schema.json."""

import json
from pathlib import Path
from typing import Literal

import msgspec

from shinchoku.cli.told.answer import Answer
from shinchoku.dataset import DATASET_TABLES, DIFF_TABLES, HISTORY_TABLES, PART_TABLES, TABLES
from shinchoku.dataset.schema import Column, table

Language = Literal["en", "ja"]

DOCS = Path(__file__).parents[3] / "docs"
PAGES: dict[Language, Path] = {"en": DOCS / "columns.md", "ja": DOCS / "columns.ja.md"}
ANSWERS = DOCS / "answer.schema.json"
BEGIN, END = "<!-- columns: made by `make columns`, held to it by a test -->\n", "<!-- /columns -->"

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


def columns_page(language: Language) -> str:
    """The page of columns with its tables as they are to be; what stands around them stays."""
    before, _, rest = PAGES[language].read_text(encoding="utf-8").partition(BEGIN)
    return f"{before}{BEGIN}{readme_columns(language)}\n{END}{rest.partition(END)[2]}"


def schema() -> str:
    """The JSON Schema of all answers: every key is always there."""
    made = msgspec.json.schema(Answer)
    for described in made["$defs"].values():
        described["required"] = list(described["properties"])
        for each in described["properties"].values():
            each.pop("default", None)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for language, path in PAGES.items():
        path.write_text(columns_page(language), encoding="utf-8", newline="\n")
    ANSWERS.write_text(schema(), encoding="utf-8", newline="\n")
