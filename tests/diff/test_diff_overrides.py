"""What people put in renames.csv is obeyed, and what matches nothing is an error."""

from pathlib import Path

import pytest

from make.rows.diff import measure, numbered, report
from shinchoku.diff.overrides import read_decisions
from shinchoku.diff.pairing.pairs import Decision
from shinchoku.diff.rows import DiffError
from shinchoku.people.lists import PeopleError

OLD = numbered([measure("甲の整備"), measure("乙の実施")], "measure")
NEW = numbered([measure("丙の整備"), measure("乙の実施")], "measure")
A, B = (record["row_id"] for record in OLD)
C, D = (record["row_id"] for record in NEW)
INDICATOR = {"plan_no": 1, "plan_title": "計画", "group": "", "indicator": "率", "fy2021_target": "80%"}


def _read(tmp_path: Path, text: str, encoding: str = "utf-8") -> dict[str, list[Decision]]:
    path = tmp_path / "renames.csv"
    path.write_text(text, encoding=encoding)
    old = report("fy1", measure=OLD, indicator=numbered([INDICATOR], "indicator"))
    return read_decisions(path, old, report("fy2", measure=NEW, indicator=numbered([INDICATOR], "indicator")))


def test_lines_become_decisions(tmp_path: Path) -> None:
    decided = _read(tmp_path, f"old_row_id,new_row_id,reason\r\n{A},{C},改称\r\n{B},,終了\r\n", "utf-8-sig")
    assert decided == {"measure": [Decision(A, C, "改称"), Decision(B, "", "終了")], "indicator": []}


def test_indicators_are_found_by_their_id(tmp_path: Path) -> None:
    assert _read(tmp_path, "old_row_id,new_row_id,reason\n1/率,1/率,\n")["indicator"] == [
        Decision("1/率", "1/率", "")
    ]


def test_a_file_may_serve_several_pairs_of_reports(tmp_path: Path) -> None:
    text = "old_report,new_report,old_row_id,new_row_id,reason\n" + (
        f"fy1,fy2,{A},{C},この組\nfy0,fy1,どこにもない,{A},別の組\nfy2,fy1,{D},{B},逆向き\n,,,{C},すべて\n"
    ).replace(f",,,{C},すべて\n", "")
    assert _read(tmp_path, text)["measure"] == [Decision(A, C, "この組"), Decision(B, D, "逆向き")]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (f"{A},なし,理由", "line 2: fy2 has no row 'なし'"),
        (f"なし,{C},理由", "line 2: fy1 has no row 'なし'"),
        (",,理由", "line 2: its two ids are empty"),
        (f"{A},1/率,理由", "line 2: its two ids are empty or of rows of different kinds"),
        (f"{A},{C},理由\n{A},{D},理由", "the old measure '1/1/甲の整備' stands in more than one line"),
    ],
)
def test_a_line_that_matches_nothing_is_an_error(tmp_path: Path, lines: str, said: str) -> None:
    with pytest.raises(DiffError, match=said):
        _read(tmp_path, f"old_row_id,new_row_id,reason\n{lines}\n")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="there is no new_row_id, reason"):
        _read(tmp_path, "old_row_id,neu\nx,y\n")


def test_another_encoding_says_how_to_save_it(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="CSV UTF-8"):
        _read(tmp_path, "old_row_id,new_row_id,reason\n甲,乙,丙\n", "shift_jis")


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="cannot read"):
        read_decisions(tmp_path / "no.csv", report("fy1"), report("fy2"))
