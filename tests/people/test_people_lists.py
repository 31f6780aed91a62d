"""The lists people keep: read as spreadsheets save them, each mistake named with its line; signatures."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from make.rows.corrections import (
    PAGES,
    REPORT,
    cell_of,
    measure,
    of_cell,
    of_table,
    part,
    raw_part,
    signed,
    write_part,
)
from make.runs.command import run
from shinchoku.dataset.tables.files import read_rows
from shinchoku.making.extraction import extract
from shinchoku.people import Correction, People
from shinchoku.people.lists import (
    CORRECTION_COLUMNS,
    REVIEW_COLUMNS,
    PeopleError,
    bytes_of,
    correction_line,
    read_people,
    review_line,
)
from shinchoku.people.reviewed import page_digests

pytestmark = pytest.mark.slow


def write(raw: Path, *corrections: Correction) -> None:
    lines = [list(correction_line(c).values()) for c in corrections]
    (raw / "corrections.csv").write_bytes(bytes_of([CORRECTION_COLUMNS, *lines]))


def examples() -> list[Correction]:
    cell = cell_of(measure("子育てのひろば"), "fy2019_actual")
    return [of_cell(cell, '2か所開設\n"予定, 仮"'), of_table("no_records", 17, 1), of_cell(cell, "")]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write(tmp_path, *examples())
    (tmp_path / "reviews.csv").write_bytes(
        bytes_of([REVIEW_COLUMNS, list(review_line(signed(3, "abc")).values())])
    )
    people = read_people(tmp_path)
    assert people == People(tuple(examples()), (signed(3, "abc"),))
    assert [c.line for c in people.corrections] == [2, 3, 4]
    assert people.of("other") == People() == read_people(tmp_path / "nowhere")


def test_a_date_of_a_spreadsheet_and_empty_lines_are_understood(tmp_path: Path) -> None:
    write(tmp_path, *examples()[:1])
    path = tmp_path / "corrections.csv"
    path.write_bytes(path.read_bytes().replace(b"2026-04-01", b"2026/4/1") + b",,,,,,,,,,\r\n")
    (found,) = read_people(tmp_path).corrections
    assert found.date == "2026-04-01"


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("kind", "texts", "none of text, no_records, goes_on"),
        ("reason", " ", "reason is empty"),
        ("by", "", "by is empty"),
        ("page", "0", "page '0' is no number from 1 on"),
        ("row", "", "row '' is no number from 0 on"),
        ("date", "1.4.2026", "is no date"),
    ],
)
def test_a_mistake_names_its_line(tmp_path: Path, column: str, text: str, said: str) -> None:
    line = correction_line(examples()[0]) | {column: text}
    (tmp_path / "corrections.csv").write_bytes(bytes_of([list(line), list(line.values())]))
    with pytest.raises(PeopleError, match=rf"corrections\.csv, line 2: .*{re.escape(said)}") as raised:
        read_people(tmp_path)
    assert re.search(r"corrections\.csv の 2行目：.*[ぁ-ん]", raised.value.said.ja)


@pytest.mark.parametrize("content", [b"a,b\r\n", b"\xff\xfe", b'report_id,"open'])
def test_what_is_no_such_list_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "reviews.csv").write_bytes(content)
    with pytest.raises(PeopleError, match=r"reviews\.csv"):
        read_people(tmp_path)


def test_a_page_is_reviewed_while_it_is_read_as_it_was_signed() -> None:
    report = part()
    digests = page_digests(report.cells, report.blocks)
    assert sorted(digests) == list(range(1, PAGES + 1))
    cell = cell_of(measure("子育てのひろば"), "fy2019_actual")
    people = People((), (signed(17, digests[17]), signed(18, digests[18]), signed(18, "old")))
    before = extract(REPORT, raw_part(), people=people)
    assert before.reviewed == (17, 18)
    assert [p.code for p in before.problems if p.severity != "info"] == []
    after = extract(REPORT, raw_part(), people=replace(people, corrections=(of_cell(cell, "2か所"),)))
    assert after.reviewed == (18,)
    (outdated,) = [p for p in after.problems if p.code == "review_outdated"]
    assert (outdated.severity, outdated.page) == ("warning", 17)


def test_extract_applies_the_list_beside_the_pdfs_and_the_command_tells_what_became_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    write_part(raw)
    cell = cell_of(measure("子育てのひろば"), "fy2019_actual")
    fits, late = of_cell(cell, "2か所開設"), of_cell(replace(cell, row=cell.row + 1), "x", printed="古い")
    elsewhere = replace(fits, report_id="fy1999")
    options = ("--raw", raw, "--data", out)
    write(raw, fits)
    assert run("corrections", *options).stdout.startswith("not extracted since: fy2019_progress, page 17")
    assert run("extract", "--raw", raw, "--out", out).exit_code == 0
    assert run("corrections", *options).stdout.startswith("applied: ")
    write(raw, fits, late, elsewhere)
    result = run("extract", "--raw", raw, "--out", out)
    assert result.exit_code == 1
    assert "correction_unused" in result.stderr
    assert "corrections.csv: no PDF there has the id fy1999" in result.stderr.replace("\n", " ")
    listed = run("corrections", *options)
    assert [line.split(":")[0] for line in listed.stdout.splitlines()] == [
        "applied",
        "does not fit",
        "no such report",
    ]
    assert listed.exit_code == 1
    monkeypatch.setenv("SHINCHOKU_LANG", "ja")
    said = run("corrections", *options).stdout.splitlines()
    assert [line.split("：")[0] for line in said] == ["適用済み", "合わない", "報告書がない"]
    assert all("17ページ、" in line or "17ページ, " in line for line in said)
    (row,) = [r for r in read_rows(out / "observations.parquet") if r["text"] == "2か所開設"]
    assert (row["value"], row["column"], row["page"]) == (2.0, "fy2019_actual", 17)
