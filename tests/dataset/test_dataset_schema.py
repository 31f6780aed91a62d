"""The description of the tables: complete, in both languages, and the names that others rely on."""

import pytest

from shinchoku.dataset import TABLES
from shinchoku.dataset.schema import SchemaError, fiscal_names, table, table_schema
from shinchoku.fiscal import ROLES

FISCAL = ["fy2021_target", "fy2018_baseline", "fy2019_planned", "fy2019_actual"]

PROMISED = {
    "cells": "report_id page table row col row_span col_span x0 top x1 bottom is_header text",
    "blocks": "report_id page block kind x0 top x1 bottom text",
    "measures": """
        report_id row_id row_order page page_last table pillar plan_no plan_title section initiative_no
        initiative_title sub_no sub_title group measure_text measure fy2021_target is_repost repost_of
        fy2018_baseline fy2019_planned fy2019_actual progress note
    """,
    "indicators": """
        report_id row_id row_order page page_last table goal_no goal_title plan_no plan_title group indicator
        fy2021_target fy2018_baseline fy2019_planned fy2019_actual
    """,
    "goals": "report_id row_id row_order page goal_no goal_title kind text",
    "problems": "report_id severity code page table row col printed message",
    "observations": """
        report_id row_id row_kind plan_no name fiscal_year role text item label value high of unit cumulative
        annual per approx total bound increase as_of
    """,
    "diff_rows": """
        row_kind status old_row_id new_row_id old_row_order new_row_order old_name new_name similarity
        evidence
    """,
    "diff_fields": """
        row_kind old_row_id new_row_id change column old_text new_text old_value new_value delta unit
    """,
}


@pytest.mark.parametrize("name", PROMISED)
def test_promised_columns_stand_in_the_promised_order(name: str) -> None:
    fiscal = FISCAL if name in ("measures", "indicators") else []
    names = table(name, fiscal).column_names
    promised = PROMISED[name].split()
    assert [column for column in names if column in promised] == promised


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described_in_both_languages(name: str) -> None:
    fiscal = FISCAL if name in ("measures", "indicators") else []
    for column in table(name, fiscal).columns:
        for words in (column.title, column.description):
            assert words.en.isascii() or any(char.isascii() for char in words.en)
            assert any(ord(char) > 0x2E80 for char in words.ja) or column.title.ja == "URL"
        assert column.description.en.endswith(".")
        assert column.description.ja.endswith("。")


@pytest.mark.parametrize("name", TABLES)
def test_keys_name_columns(name: str) -> None:
    spec = table(name)
    assert set(spec.primary_key) <= set(spec.column_names)
    for key in spec.foreign_keys:
        other = table(key.table)
        assert set(key.fields) <= set(spec.column_names)
        assert set(key.reference) <= set(other.column_names)
        assert key.reference == other.primary_key


def test_a_fiscal_column_names_the_era_year_beside_the_western_year() -> None:
    columns = {column.name: column for column in table("measures", [*FISCAL, "fy2032_target"]).columns}
    assert columns["fy2021_target"].title.ja == "令和3年度（2021年度）目標"
    assert columns["fy2021_target"].title.en == "FY2021 target"
    assert columns["fy2019_actual"].title.ja == "令和元年度（2019年度）実績"
    assert columns["fy2018_baseline"].title.ja == "平成30年度（2018年度）現況"
    assert columns["fy2032_target"].title.ja == "令和14年度（2032年度）目標"
    assert "April 2019 to March 2020" in columns["fy2019_planned"].description.en


def test_a_column_without_a_year_is_named_by_its_role() -> None:
    columns = {column.name: column for column in table("indicators", ["target", "fy2022_settled"]).columns}
    assert (columns["target"].title.ja, columns["target"].title.en) == ("目標（年度なし）", "target, no year")
    assert columns["fy2022_settled"].title.ja == "令和4年度（2022年度）決算"


def test_fiscal_columns_keep_the_printed_order() -> None:
    names = table("indicators", ["fy2021_baseline", "fy2023_target"]).column_names
    first = names.index("unit")
    assert names[first + 1 : first + 4] == ("fy2021_baseline", "fy2023_target", "achievement")
    assert fiscal_names(["note", "fy2023_target", "fy2021_baseline", "fy21_target", "fy2023_target"]) == [
        "fy2023_target",
        "fy2021_baseline",
    ]


@pytest.mark.parametrize(
    ("name", "fiscal"), [("cells", ["fy2021_target"]), ("measures", ["fy2021_goal"]), ("nothing", [])]
)
def test_what_no_table_has_is_refused(name: str, fiscal: list[str]) -> None:
    with pytest.raises(SchemaError):
        table(name, fiscal)


def test_a_text_field_has_no_missing_values_and_others_have_the_empty_one() -> None:
    schema = table_schema(table("observations"))
    by_name = {field["name"]: field for field in schema["fields"]}
    assert schema["missingValues"] == [""]
    assert by_name["text"]["missingValues"] == []
    assert "missingValues" not in by_name["value"]
    assert by_name["fiscal_year"]["unit"] == "fiscal year"
    assert by_name["role"]["constraints"]["enum"] == list(ROLES)
    assert schema["primaryKey"] == ["report_id", "row_kind", "row_id", "column", "item"]
