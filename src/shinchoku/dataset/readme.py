"""The column data in, the Markdown tables of columns for docs/columns.md out."""

from shinchoku.dataset.schema import DATASET_TABLES, DIFF_TABLES, HISTORY_TABLES, TABLES, Column, table

EXAMPLES = ("fy2021_target", "fy2018_baseline", "fy2019_planned", "fy2019_actual")
"""Fiscal-year columns shown as examples where a table has such columns."""

FISCAL_NOTE = "a report has one such column for each fiscal year and role it prints."


def readme_columns() -> str:
    """Markdown: for every table a heading with its place, its meaning in both languages, a table of its
    columns."""
    return "\n".join(_section(name) for name in TABLES)


def _section(name: str) -> str:
    fiscal = EXAMPLES if name in ("measures", "indicators") else ()
    spec = table(name, fiscal)
    lines = [
        f"### {_place(name)}",
        "",
        f"{spec.description.en} {spec.title.ja}：{spec.description.ja}",
        "",
        "| column | 項目 | type | meaning |",
        "|---|---|---|---|",
        *(_line(column) for column in spec.columns),
        "",
    ]
    if fiscal:
        lines += [f"The columns {', '.join(f'`{name}`' for name in fiscal)} are examples: {FISCAL_NOTE}", ""]
    return "\n".join(lines)


def _place(name: str) -> str:
    if name in (*DATASET_TABLES, *HISTORY_TABLES):
        return f"`{name}`"
    if name in DIFF_TABLES:
        return f"`diffs/<old>__<new>/{name.removeprefix('diff_')}`"
    return f"`<report_id>/{name}`"


def _line(column: Column) -> str:
    kind = (
        column.type + (f" ({column.unit})" if column.unit else "") + (" or null" if column.nullable else "")
    )
    return f"| `{column.name}` | {column.title.ja} | {kind} | {_cell(column.description.en)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
