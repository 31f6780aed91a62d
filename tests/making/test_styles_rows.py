"""What looks like rows of records and is none: examples that go on over a page, tables of another matter."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pytest

from make.styles.pages import NewPage, Table, Text, typeset
from make.styles.reading import answers, read, read_file, tally
from make.styles.report import items
from make.styles.sheets import Cell, Sheet
from make.styles.style import PROGRESS, REVISION, Style
from shinchoku.problems import Severity
from shinchoku.rows import Report
from shinchoku.text import squeeze

pytestmark = pytest.mark.slow

MEASURES = answers("fy2019_progress.measures", 2)
INDICATORS = answers("fy2019_progress.indicators", 2)
REVISED = answers("fy2022_kpi_revision.indicators", 4)
GOALS = [goal for goal in answers("fy2022_kpi_revision.goals", 1) if goal["goal_no"] == "I"]
ONCE = Style(head_again=False, new_page="")
SIDES = [0.0, *accumulate(column.width for column in PROGRESS)]

MATTERS = [
    ("1 貧困をなくそう", "あらゆる場所のあらゆる形態の貧困を終わらせる。"),
    ("2 飢餓をゼロに", "飢餓を終わらせ、食料安全保障および栄養改善を実現する。"),
    ("3 すべての人に健康と福祉を", "あらゆる年齢のすべての人々の健康的な生活を確保する。"),
]
PLACES = [
    ("東部", "総合体育館", "1,250", "3,480", "5,120", "03", "電話番号は代表のものです。"),
    ("西部", "男女共同参画センター", "980", "2,760", "4,400", "03", "電話番号は代表のものです。"),
    ("北部", "図書館", "730", "1,920", "3,850", "04", "電話番号は代表のものです。"),
]
DONE = [
    ("", "自転車駐車場", "検討", "1か所", "1か所", "A", ""),
    ("", "歩道", "調査", "2か所", "3か所", "A+", ""),
]


def sheet(rows: Sequence[tuple[str, ...]], sides: Sequence[int]) -> Sheet:
    """A table of these texts without headings, its cells between these sides of the columns of measures."""
    width = ONCE.page[0] - 2 * ONCE.margin
    edges = tuple(width * SIDES[side] / SIDES[-1] for side in sides)
    cells = (Cell(r, c, r + 1, c + 1, text) for r, texts in enumerate(rows) for c, text in enumerate(texts))
    return Sheet(edges, 0, tuple(cells))


def behind(folder: Path, title: str, table: Sheet) -> Report:
    """What is extracted from a report with this table on a page of its own behind its records."""
    own = [Text(title, 1.2, stay=True)] if title else []
    path = folder / "made.pdf"
    path.write_bytes(typeset([*items(ONCE, MEASURES, [], []), NewPage(), *own, Table(table)], ONCE))
    return read_file(path)


def names(report: Report) -> list[str]:
    return [squeeze(row["measure_text"]) for row in report.table("measures")]


OWN = [squeeze(row["measure_text"]) for row in MEASURES]
EACH = list(range(len(SIDES)))


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("参考 ビジョンとSDGs", sheet(MATTERS, [0, 2, 7])),
        ("", sheet(MATTERS, [0, 2, 7])),
        ("", sheet(MATTERS, [0, 1, 7])),
        ("資料 区内の施設", sheet(PLACES, EACH)),
        ("", sheet(PLACES, EACH)),
        ("資料 整備のあゆみ", sheet(DONE, EACH)),
    ],
)
def test_a_table_of_another_matter_gives_no_rows(title: str, table: Sheet, tmp_path: Path) -> None:
    assert names(behind(tmp_path, title, table)) == OWN


@pytest.mark.parametrize("title", ["", "2 道路の整備"])
def test_rows_without_headings_on_a_page_of_their_own_are_rows(title: str, tmp_path: Path) -> None:
    found = names(behind(tmp_path, title, sheet(DONE, EACH)))
    assert found == [*OWN, "自転車駐車場", "歩道"]


@pytest.mark.parametrize("height", [300.0, 312.0])
def test_a_row_that_its_item_names_is_no_rest_of_the_name_above_it(height: float, tmp_path: Path) -> None:
    """A page break before an item beside which the naming column is empty."""
    rows = [row for row in answers("fy2019_progress.measures", 21) if row["plan_no"] == 21]
    found = read(Style(page=(842.0, height), new_page=""), tmp_path, rows)
    assert names(found) == [squeeze(row["measure_text"]) for row in rows]


def test_a_row_alone_whose_mark_is_the_first_reposted_one_is_a_row(tmp_path: Path) -> None:
    (place, *values, mark, note), *_ = DONE
    alone = sheet([(place, *values, f"{mark}\n(再掲)", note)], EACH)
    path = tmp_path / "made.pdf"
    path.write_bytes(typeset([*items(ONCE, MEASURES[:10], [], []), NewPage(), Table(alone)], ONCE))
    assert names(read_file(path)) == [*OWN[:10], "自転車駐車場"]


@pytest.mark.parametrize("table", [sheet(PLACES, EACH), sheet([row[:3] for row in PLACES], [0, 2, 5, 7])])
def test_a_table_of_several_columns_that_gives_no_rows_is_told_of(table: Sheet, tmp_path: Path) -> None:
    found = behind(tmp_path, "資料 区内の施設", table)
    assert [p.severity for p in found.problems if p.code == "no_headings"] == [Severity.WARNING]


@pytest.mark.parametrize("size", [1.0, 0.8])
def test_a_row_of_one_cell_that_no_side_rule_bounds_ends_no_table(size: float, tmp_path: Path) -> None:
    titles = [Text(text, size, stay=True) for text in ("9 新しい整備", "効果的な事業の実施")]
    path = tmp_path / "made.pdf"
    path.write_bytes(typeset([*items(ONCE, MEASURES, [], []), *titles, Table(sheet(DONE, EACH))], ONCE))
    found = read_file(path)
    assert names(found) == [*OWN, "自転車駐車場", "歩道"]
    for row in found.table("measures")[-2:]:
        assert (row["initiative_title"], row["group"]) == ("新しい整備", "効果的な事業の実施")


@pytest.mark.parametrize("zebra", [True, False])
def test_a_shaded_row_is_no_heading_where_rows_are_shaded(zebra: bool, tmp_path: Path) -> None:
    style = ONCE.but(zebra=zebra)
    table = sheet([("1", *done[1:6], "完了") for done in DONE], EACH)
    cells = tuple(replace(c, shaded=c.r0 == 0) for c in table.cells)
    shaded = replace(table, heads=2, cells=cells)
    path = tmp_path / "made.pdf"
    path.write_bytes(typeset([*items(style, MEASURES, [], []), NewPage(), Table(shaded)], style))
    assert names(read_file(path)) == [*OWN, *(["自転車駐車場", "歩道"] if zebra else [])]


STYLES = [Style(), Style(plan_at="inside", header="進捗状況"), Style(plan_at="row"), Style(cut="open")]


@pytest.mark.parametrize("room", [160, 190, 220])
@pytest.mark.parametrize("style", STYLES, ids=["above", "inside, running head", "row", "cut"])
def test_an_example_that_goes_on_over_a_page_gives_no_rows(room: float, style: Style, tmp_path: Path) -> None:
    result = tally(style.but(sample_room=room), tmp_path, MEASURES, INDICATORS)
    assert result.found, result
    assert not result.errors


@pytest.mark.parametrize("room", [260, 320])
def test_an_example_of_goal_sheet_and_table_gives_no_rows(room: float, tmp_path: Path) -> None:
    style = Style(indicators=REVISION, kpi_plan="計画{no}\n{title}", sample_room=room, new_page="")
    found = read(style, tmp_path, [], REVISED, GOALS)
    assert len(found.table("indicators")) == len(REVISED)
    assert len(found.table("goals")) == len(GOALS)
