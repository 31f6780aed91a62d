"""The tables of columns in docs/columns.md name every column of every table."""

import re

from make.committed.columns import EXAMPLES, readme_columns
from shinchoku.dataset import TABLES
from shinchoku.dataset.schema import table


def test_every_column_of_every_table_has_its_line() -> None:
    sections = re.split(r"^### ", readme_columns(), flags=re.MULTILINE)[1:]
    assert len(sections) == len(TABLES)
    for name, section in zip(TABLES, sections, strict=True):
        assert section.split("`")[1].endswith(name.removeprefix("diff_"))
        fiscal = EXAMPLES if name in ("measures", "indicators") else ()
        named = re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)
        assert named == list(table(name, fiscal).column_names)


def test_every_line_of_a_table_has_four_cells() -> None:
    lines = [line for line in readme_columns().splitlines() if line.startswith("|")]
    assert len(lines) > 100
    for line in lines:
        assert len(re.findall(r"(?<!\\)\|", line)) == 5, line
        assert "<" not in line.replace("&lt;", "")
