"""Two writers at once lose nothing; what a correction changes is told, no more and no less."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from make.rows.corrections import REPORT, cell_of, measure, of_cell, of_table, part, raw_part, signed
from shinchoku.making.extraction import extract
from shinchoku.people import Correction, People
from shinchoku.people.lists import lines_of, read_people
from shinchoku.review.effect import effect
from shinchoku.review.notebook import OutdatedError, keep, sign, state, take_back
from shinchoku.rows import Report

pytestmark = pytest.mark.slow


def line(text: str) -> Correction:
    return of_cell(cell_of(measure("子育てのひろば"), "fy2019_actual"), text)


def corrected(*corrections: Correction) -> Report:
    return extract(REPORT, raw_part(), people=People(corrections))


def test_what_is_kept_is_in_the_list_until_it_is_taken_back(tmp_path: Path) -> None:
    keep(tmp_path, line("一"), state(tmp_path))
    keep(tmp_path, line("二\n行"), state(tmp_path))
    sign(tmp_path, signed(3, "abc"), state(tmp_path))
    assert read_people(tmp_path) == People((line("一"), line("二\n行")), (signed(3, "abc"),))
    assert take_back(tmp_path, line("一").key, state(tmp_path)) == line("一")
    assert read_people(tmp_path) == People((line("二\n行"),), (signed(3, "abc"),))
    with pytest.raises(OutdatedError, match="not in the list"):
        take_back(tmp_path, line("一").key, state(tmp_path))
    assert {path.name for path in tmp_path.iterdir()} <= {"corrections.csv", "reviews.csv", ".people.lock"}


def test_columns_of_ones_own_and_their_order_are_kept(tmp_path: Path) -> None:
    heads = "memo,by,date,report_id,page,table,row,col,kind,printed,corrected,reason"
    first = "見た,練馬,2026-04-01,r,1,1,0,0,text,あ,い,誤植"
    (tmp_path / "corrections.csv").write_text(f"{heads}\n{first}\n", encoding="utf-8")
    keep(tmp_path, line("一"), state(tmp_path))
    lines = lines_of((tmp_path / "corrections.csv").read_bytes())
    assert [",".join(fields) for fields in lines[:2]] == [heads, first]
    assert lines[2][:4] == ["", "練馬", "2026-04-01", REPORT]


def test_who_did_not_see_the_last_state_is_refused(tmp_path: Path) -> None:
    seen = state(tmp_path)
    keep(tmp_path, line("一"), seen)
    with pytest.raises(OutdatedError, match="somebody else"):
        keep(tmp_path, line("二"), seen)
    with pytest.raises(OutdatedError, match="somebody else"):
        sign(tmp_path, signed(1, "a"), seen)
    assert read_people(tmp_path) == People((line("一"),))


def test_of_many_writers_at_once_each_is_kept_or_refused(tmp_path: Path) -> None:
    kept: list[str] = []
    ready = threading.Barrier(8)

    def write(name: str) -> None:
        ready.wait()
        for _ in range(40):
            try:
                keep(tmp_path, line(name), state(tmp_path))
            except OutdatedError:
                continue
            kept.append(name)
            return

    writers = [threading.Thread(target=write, args=(str(n),)) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert kept
    assert sorted(c.corrected for c in read_people(tmp_path).corrections) == sorted(kept)


def test_the_effect_of_a_number_is_its_field_and_its_quantity() -> None:
    found = effect(part(), corrected(line("3か所開設")))
    (field,) = found.fields
    assert (field.name, field.column, field.old, field.new) == (
        "子育てのひろば",
        "fy2019_actual",
        "1か所開設",
        "3か所開設",
    )
    (quantity,) = found.quantities
    assert (quantity.old, quantity.new) == ("1か所", "3か所")
    assert (found.gone, found.new) == ((), ())


def test_the_effect_of_another_name_is_that_of_the_same_row() -> None:
    row = measure("子育てのひろば")
    cell = cell_of(row, "measure")
    found = effect(part(), corrected(of_cell(cell, cell.text.replace("ひろば", "広場"))))
    assert (found.gone, found.new) == ((), ())
    assert {(d.column, d.new) for d in found.fields} >= {("measure", "子育ての広場")}


def test_the_effect_of_a_ruling_is_rows_that_go() -> None:
    row = measure("子育てのひろば")
    found = effect(part(), corrected(of_table("no_records", row.page, row.table)))
    assert row.measure in found.gone
    assert row.measure not in found.new
    assert set(found.new) < set(found.gone), "rows of later pages may stand under other headings"


def test_nothing_has_no_effect() -> None:
    report = part()
    found = effect(report, replace(report))
    assert not any((found.fields, found.quantities, found.gone, found.new, found.solved, found.made))
