"""What the numbers of a row contradict or surpass."""

from dataclasses import replace

import pytest

from shinchoku.fiscal import FiscalColumn
from shinchoku.language import Said
from shinchoku.problems import Problem, Severity
from shinchoku.rows import MeasureRow
from shinchoku.values.checks import check


def row(note: str = "", **cells: str) -> MeasureRow:
    columns = {column: text for name, text in cells.items() if (column := FiscalColumn.parse(name))}
    return MeasureRow("4/m", 0, 7, 7, 2, plan_no=4, measure="地域未来塾", note=note, fiscal=columns)


def found(*rows: MeasureRow) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity.value) for problem in check(rows)]


@pytest.mark.parametrize(
    ("before", "result", "expected"),
    [
        ("計68校", "3校開始\n〔計71校〕", []),
        ("70校", "3校開始\n〔計71校〕", [("total_mismatch", "warning")]),
        ("計165所\n(定員14,760人)", "16所\n(定員800人)\n〔計181所〕", []),
        ("計165所", "16所\n(定員800人)\n〔計180所〕", [("total_mismatch", "warning")]),
        ("計70施設", "3校開始\n〔計71校〕", []),
        ("年間70校", "3校開始\n〔計71校〕", []),
        ("約70校", "3校開始\n〔計71校〕", []),
        ("40校\n30校", "3校開始\n〔計71校〕", []),
        ("70校", "〔計71校〕", []),
        ("6校開始〔計68校〕", "3校開始\n〔計71校〕", []),
        ("6校開始〔計69校〕", "3校開始\n〔計71校〕", [("total_mismatch", "warning")]),
        ("検討", "3校開始\n〔計71校〕", []),
    ],
)
def test_totals_add_up(before: str, result: str, expected: list[tuple[str, str]]) -> None:
    assert found(row(fy2018_baseline=before, fy2019_actual=result)) == expected


def test_totals_are_compared_with_the_year_before_alone() -> None:
    assert found(row(fy2017_baseline="70校", fy2019_actual="3校開始\n〔計71校〕")) == []
    assert found(row(fy2018_actual="70校", fy2019_actual="3校開始\n〔計71校〕")) == [
        ("total_mismatch", "warning")
    ]


def test_a_note_explains_a_mismatch() -> None:
    cells = {"fy2018_baseline": "70校", "fy2019_actual": "3校開始\n〔計71校〕"}
    mismatch, explained = [("total_mismatch", "warning")], [("total_mismatch", "info")]
    assert found(row(**cells, note="2校が未実施のため")) == explained
    assert found(row(**cells, note="工期の遅れのため")) == mismatch
    assert found(row(**cells), row(note="実施校数は71校")) == explained
    assert found(row(**cells), row(note="実施校数は72校")) == mismatch
    assert found(row(**cells), replace(row(note="実施校数は71校"), plan_no=5)) == mismatch


def test_a_note_under_the_table_explains_a_mismatch() -> None:
    odd = row(fy2018_baseline="70校", fy2019_actual="3校開始\n〔計71校〕")
    codes = [
        [(p.code, p.severity.value) for p in check([odd], [note])]
        for note in ((7, "※ 2校が統合"), (7, "※ 統合のため"), (8, "※ 2校が統合"))
    ]
    assert codes == [
        [("total_mismatch", "info")],
        [("total_mismatch", "warning")],
        [("total_mismatch", "warning")],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "15※1か所",
        "1 500人",
        "1·5",
        "1.2.3人",
        "1_5人",
        "12,34人",
        "1Oか所",
        "l5人",
        "1\ufffdか所",
        "\ufffd5人",
        "1(cid:22)か所",
    ],
)
def test_figures_that_may_be_several_numbers_are_told(text: str) -> None:
    (problem,) = check([row(fy2019_actual=text)])
    assert (problem.code, problem.severity, problem.column) == (
        "doubtful_number",
        Severity.WARNING,
        "fy2019_actual",
    )
    assert problem.message.split(": ")[2].startswith(text.rstrip("か所人"))


@pytest.mark.parametrize(
    "text", ["(15)", "1½か所", "⑮か所", "15①か所", "1〇か所", "1□か所", "15×10³人", "二三十人", "五万人"]
)
def test_figures_that_stand_alone_and_give_no_value_are_told(text: str) -> None:
    assert found(row(fy2019_actual=text)) == [("doubtful_number", "warning")]


def test_names_and_lists_are_not_doubtful() -> None:
    texts = (
        "1年前事業",
        "(1工区)",
        "一部実施",
        "十五か所",
        "1 町会・自治会の活性化",
        "放射35・36号線",
        "1・2歳児 5人",
        "令和元年10月1日 15人",
        "2~12歳",
        "98校中77校",
        "5人 10件",
        "O157の患者5人",
        "10l",
        "CO2の量 5t",
    )
    assert found(*(row(fy2019_actual=text) for text in texts)) == []


@pytest.mark.parametrize(
    ("target", "result", "codes"),
    [
        ("年間80回", "年間91回", ["beyond_target"]),
        ("年間80回", "年間80回", []),
        ("計27か所", "1か所開設\n〔計28か所〕", ["beyond_target"]),
        ("計27か所", "1か所開設\n〔計27か所〕", []),
        ("21.9%以下", "25.0%", []),
        ("年間80回", "91回", []),
        ("定員2,550人分", "定員2,635人", ["unit_differs"]),
        ("計150所", "19か所開始", ["unit_differs"]),
        ("計3校\n(定員10人)", "3校", []),
        ("4橋\n3橋", "5橋\n6橋", []),
        ("実施", "5校", []),
    ],
)
def test_results_against_targets(target: str, result: str, codes: list[str]) -> None:
    assert found(row(fy2021_target=target, fy2019_actual=result)) == [(code, "info") for code in codes]


def test_a_target_of_an_earlier_year_is_not_compared() -> None:
    assert found(row(fy2018_target="年間80回", fy2019_actual="年間91回")) == []


def test_a_finding_names_page_table_column_and_text() -> None:
    assert check([row(fy2021_target="年間80回", fy2019_actual="年間91回")]) == [
        Problem(
            Severity.INFO,
            "beyond_target",
            Said(
                "地域未来塾: fy2019_actual: 91回 is beyond fy2021_target: 80回",
                "地域未来塾：fy2019_actual：91回 が fy2021_target：80回 を超えています。",
            ),
            page=7,
            table=2,
            printed="年間91回",
            row_kind="measure",
            row_id="4/m",
            column="fy2019_actual",
        )
    ]
