"""`shinchoku export`: what a person at a spreadsheet gets, looked at through openpyxl and LibreOffice."""

import csv
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import Result
from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from make.rows.dataset import observation
from make.runs.command import run
from make.runs.libreoffice import convert
from shinchoku.dataset.book.cover import About
from shinchoku.dataset.book.export import export_report
from shinchoku.dataset.book.sheets import A3, A4, MAX_TEXT, Sheet, cell_text
from shinchoku.dataset.book.workbook import workbook_bytes
from shinchoku.dataset.publish import out_lock
from shinchoku.dataset.reports import SOURCE_KEYS, publish_report
from shinchoku.dataset.schema import table
from shinchoku.dataset.tables.files import write_table
from shinchoku.fiscal import FiscalColumn
from shinchoku.problems import ShinchokuError
from shinchoku.rows import MeasureRow, Report

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
HOSTILE = "=1+1"
SHEETS = ("measures", "indicators", "goals", "observations", "problems", "cells", "blocks")

TARGET, ACTUAL = FiscalColumn(2021, "target"), FiscalColumn(2019, "actual")

MEASURES = (
    MeasureRow(
        *("m0", 0, 1, 1, 1),
        measure="保育所の拡充",
        fiscal={TARGET: "計27か所\n(定員 1,200人)", ACTUAL: ""},
        note="計画どおり。" * 40,
        sub_no="(1)",
    ),
    MeasureRow(
        *("m1", 1, 1, 1, 1),
        measure=HOSTILE,
        fiscal={TARGET: "", ACTUAL: "-5%"},
        note="ベル\x07と\ufffe",
        is_repost=True,
        repost_of="12-1",
    ),
)
MADE = Report(
    "made",
    measures=MEASURES,
    fiscal={"measures": (TARGET, ACTUAL), "indicators": (FiscalColumn(2023, "target"),)},
)


TARGETED = {"row_id": "m0", "fiscal_year": 2021, "role": "target", "column": "fy2021_target"}

OBSERVATIONS = [
    observation(
        **TARGETED,
        report_id="made",
        text="計27か所",
        value=27.0,
        unit="か所",
        cumulative=True,
        as_of=date(2020, 4, 1),
    ),
    observation(**TARGETED, report_id="made", text="50.5%", value=50.5, unit="%", item=1),
    observation(**TARGETED, report_id="other", text="他の報告書", value=1.0),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An output folder with one small report, and over all reports observations of two."""
    out = tmp_path / "normalized"
    meta = {**dict.fromkeys(SOURCE_KEYS, ""), "source_title": "令和元年度 進捗状況", "area_code": "131202"}
    with out_lock(out):
        publish_report(out, MADE, meta)
    write_table(out / "observations", "observations", OBSERVATIONS, {})
    own = [row for row in OBSERVATIONS if row["report_id"] == "made"]
    write_table(out / "made" / "observations", "observations", own, {})
    return out


def export(data: Path, file: Path, report: str = "made") -> Result:
    return run("export", report, file, "--data", data)


def book(data: Path) -> Any:
    file = data.parent / "made.xlsx"
    result = export(data, file)
    assert result.exit_code == 0, result.output
    return load_workbook(file)


def sheet_of(workbook: Any, name: str) -> Any:
    return next(sheet for sheet in workbook.worksheets if sheet.title.endswith(f" {name}"))


def column_of(sheet: Any, english: str) -> int:
    return int(next(cell.column for cell in sheet[2] if cell.value == english))


def test_there_is_one_sheet_a_table_and_one_that_explains(data: Path) -> None:
    workbook = book(data)
    titles = [sheet.title for sheet in workbook.worksheets]
    assert [title.rpartition(" ")[2] for title in titles] == ["表紙", *SHEETS, "列の説明"]
    explained = {(row[0].value, row[1].value) for row in workbook["列の説明"].iter_rows()}
    for name in ("measures", "indicators", "observations"):
        sheet = sheet_of(workbook, name)
        fiscal = {"measures": [TARGET.name, ACTUAL.name], "indicators": ["fy2023_target"]}.get(name, [])
        columns = table(name, fiscal).columns
        shown = [(ja.value, en.value) for ja, en in zip(sheet[1], sheet[2], strict=True)]
        assert sorted(shown) == sorted((column.title.ja, column.title.en) for column in columns)
        assert {(sheet.title, column.name) for column in columns} <= explained


def test_the_cover_says_in_japanese_what_is_inside_and_leads_there(data: Path) -> None:
    workbook = book(data)
    cover = workbook.worksheets[0]
    assert cover["A1"].value == "令和元年度 進捗状況"
    told = "\n".join(str(cell.value) for row in cover.iter_rows() for cell in row if cell.value)
    for words in ("（団体コード 131202）", "エラー 0件、警告 0件、情報 0件。", "年度は4月から翌年3月まで"):
        assert words in told
    listed = {row[0].value: row for row in cover.iter_rows() if row[0].hyperlink}
    assert list(listed) == [sheet.title for sheet in workbook.worksheets[1:]]
    assert {row[0].hyperlink.location for row in listed.values()} == {f"'{title}'!A1" for title in listed}
    measures = sheet_of(workbook, "measures").title
    assert [cell.value for cell in listed[measures]][1::2] == [2, "する"]


def test_text_never_becomes_a_formula_or_a_number(data: Path) -> None:
    sheet = sheet_of(book(data), "measures")
    name = sheet.cell(4, column_of(sheet, "Measure"))
    assert (name.value, name.data_type, name.quotePrefix) == (HOSTILE, "s", True)
    for row, heading, text in [
        (4, "FY2019 actual", "-5%"),
        (4, "Repost of", "12-1"),
        (3, "Sub-item number", "(1)"),
    ]:
        cell = sheet.cell(row, column_of(sheet, heading))
        assert (cell.value, cell.data_type) == (text, "s")
    packed = zipfile.ZipFile(data.parent / "made.xlsx")
    assert not any(b"<f>" in packed.read(entry) for entry in packed.namelist())


def test_numbers_are_numbers_and_dates_are_dates(data: Path) -> None:
    sheet = sheet_of(book(data), "observations")
    values = [sheet.cell(row, column_of(sheet, "Value")) for row in (3, 4)]
    assert [(cell.value, cell.data_type) for cell in values] == [(27, "n"), (50.5, "n")]
    as_of = sheet.cell(3, column_of(sheet, "As of"))
    assert (as_of.value.date(), as_of.number_format) == (date(2020, 4, 1), "yyyy-mm-dd")
    assert sheet.cell(4, column_of(sheet, "As of")).value is None
    assert sheet.cell(3, column_of(sheet, "Cumulative")).value is True


def test_observations_are_those_of_the_report_alone(data: Path) -> None:
    sheet = sheet_of(book(data), "observations")
    assert sheet.max_row == 4
    assert {sheet.cell(row, column_of(sheet, "Report id")).value for row in (3, 4)} == {"made"}


NAMED = {"measures": "Measure", "indicators": "Indicator", "goals": "Goal", "observations": "Name"}


def test_headings_and_names_stay_in_sight_and_filter(data: Path) -> None:
    workbook = book(data)
    for name in SHEETS:
        sheet = sheet_of(workbook, name)
        column, row = coordinate_from_string(sheet.freeze_panes)
        assert row == 3
        frozen = [sheet.cell(2, number).value for number in range(1, column_index_from_string(column))]
        assert frozen[-1] == NAMED.get(name, frozen[-1])
        assert "Page" in frozen
        assert re.fullmatch(r"A2:[A-Z]+\d+", sheet.auto_filter.ref)


def test_it_prints_across_as_wide_as_the_paper_with_headings_on_each_page(data: Path) -> None:
    workbook = book(data)
    for sheet in workbook.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize in (A3, A4)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert sheet.print_title_rows == (None if sheet.title == "表紙" else "$1:$2")
    whole = {name for name in SHEETS if not sheet_of(workbook, name).print_area}
    assert whole == {"measures", "indicators", "goals", "problems"}
    cells = sheet_of(workbook, "cells")
    assert re.fullmatch(r"'表のセル cells'!\$A\$1:\$[A-Z]+\$2", cells.print_area)
    assert "印刷範囲" in cells.oddHeader.left.text


def test_it_says_what_it_wrote(data: Path) -> None:
    said = export(data, data.parent / "made.xlsx").output
    assert said.startswith(f"{data.parent / 'made.xlsx'}: Action-plan measures 2, Indicators (KPI) 0")


def test_a_shipped_report_prints_on_few_pages(tmp_path: Path) -> None:
    file = tmp_path / "shipped.xlsx"
    export_report(ROOT / "normalized", "fy2022_kpi_revision", file)
    (made,) = convert([file], "pdf", tmp_path)
    with pypdfium2.PdfDocument(made) as printed:
        assert 15 < len(printed) <= 40
        assert "指標" in printed[8].get_textpage().get_text_range()


def test_cells_are_wrapped_in_columns_that_fit(data: Path) -> None:
    sheet = sheet_of(book(data), "measures")
    note = sheet.cell(3, column_of(sheet, "Note"))
    width = {key: dimension.width for key, dimension in sheet.column_dimensions.items()}
    assert note.alignment.wrap_text
    assert 40 < width[note.column_letter] < 50
    assert width[sheet.cell(3, column_of(sheet, "Page")).column_letter] < 10
    assert sheet.row_dimensions[3].height > 5 * sheet.row_dimensions[4].height / 2
    hidden = {
        sheet[f"{key}2"].value for key, dimension in sheet.column_dimensions.items() if dimension.hidden
    }
    assert {"Row id", "Report id", "Unmapped columns", "Owner"} <= hidden  # the last holds nothing
    assert not hidden & {"Measure", "Note", "Page", "FY2021 target"}


def test_no_cells_are_merged(data: Path) -> None:
    assert all(sheet.merged_cells.ranges == set() for sheet in book(data).worksheets)


def test_control_characters_show_and_do_not_crash(data: Path) -> None:
    sheet = sheet_of(book(data), "measures")
    assert sheet.cell(4, column_of(sheet, "Note")).value == "ベル␇と\ufffd"


def test_what_excel_takes_for_an_escape_is_escaped_and_the_longest_text_says_that_it_is_cut() -> None:
    assert cell_text("a_x0041_b _x00 x") == "a_x005F_x0041_b _x00 x"
    whole = "あ" * MAX_TEXT
    assert cell_text(whole) == whole
    assert len(cell_text(whole + "い")) == MAX_TEXT
    assert "see the CSV file" in cell_text(whole + "い")


def test_too_many_rows_are_refused() -> None:
    class Many(Sequence[Mapping[str, Any]]):
        def __len__(self) -> int:
            return 1_048_575

        def __getitem__(self, index: Any) -> Any:
            raise AssertionError("no row of a table that does not fit is read")

    with pytest.raises(ShinchokuError, match="too many for a sheet"):
        workbook_bytes(About("", (), 0, 0, 0), [Sheet(table("goals"), Many())])


def test_the_same_report_gives_the_same_bytes(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = data.parent / "a.xlsx", data.parent / "b.xlsx"
    assert export(data, first).exit_code == 0
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert export(data, second).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    times = {entry.date_time for entry in zipfile.ZipFile(BytesIO(first.read_bytes())).infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}
    properties = zipfile.ZipFile(first).read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", properties)) == {"1980-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("report", "name", "said"),
    [
        ("nothing", "a.xlsx", "there: made"),
        ("made", "a.csv", "ends in .xlsx"),
        ("made", "nowhere/a.xlsx", "cannot write"),
    ],
)
def test_bad_arguments_leave_nothing_and_say_why(data: Path, report: str, name: str, said: str) -> None:
    result = export(data, data.parent / name, report)
    assert result.exit_code == 2
    assert said in result.output
    assert not list(data.parent.glob("*.xlsx*"))


def test_libreoffice_opens_the_workbook_as_it_was_meant(data: Path, tmp_path: Path) -> None:
    book(data)
    second_sheet = "44,34,76,1,,0,false,false,false,false,false,2"
    target = f"csv:Text - txt - csv (StarCalc):{second_sheet}"
    (made,) = convert([data.parent / "made.xlsx"], target, tmp_path)
    rows = list(csv.reader(made.read_text("utf-8").splitlines(keepends=True)))
    values = dict(zip(rows[1], rows[3], strict=True))
    assert (values["Measure"], values["FY2019 actual"], values["Repost of"]) == (HOSTILE, "-5%", "12-1")
    assert dict(zip(rows[1], rows[2], strict=True))["FY2021 target"] == "計27か所\n(定員 1,200人)"
