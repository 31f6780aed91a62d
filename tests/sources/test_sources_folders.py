"""PDFs in folders: what their reports are called, and which municipality's they are."""

from importlib.resources import files
from pathlib import Path

import pytest

from make.pdfs.odd import report
from shinchoku.sources import Source, SourceError, find_sources
from shinchoku.sources.areas import area_name, check_digit


def place(raw: Path, *names: str) -> Path:
    """Put a PDF of each name into the folder."""
    for name in names:
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_bytes(report())
    return raw


def only(raw: Path, *named: Path) -> Source:
    (source,) = find_sources(raw, named)
    return source


def test_reports_are_named_by_their_path_below_the_folder(tmp_path: Path) -> None:
    place(tmp_path, "b.pdf", "131202/fy2019.pdf", "131202/old/fy2018.PDF", "a/b.pdf", ".git/x.pdf")
    assert [source.report_id for source in find_sources(tmp_path)] == [
        "131202/fy2019",
        "131202/old/fy2018",
        "a/b",
        "b",
    ]


def test_a_pdf_that_lies_too_deep_is_no_silent_loss(tmp_path: Path) -> None:
    place(tmp_path, "a.pdf", "1/2/3/b.pdf")
    with pytest.raises(SourceError, match=r"b\.pdf: lies more than 2 folders below"):
        find_sources(tmp_path)
    with pytest.raises(SourceError, match=r"b\.pdf: lies more than 2 folders below"):
        find_sources(tmp_path, [tmp_path / "1/2/3/b.pdf"])


def test_a_named_pdf_has_the_id_that_its_folder_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = place(tmp_path / "raw", "131202/fy2019.pdf")
    elsewhere = place(tmp_path / "other", "fy2019.pdf") / "fy2019.pdf"
    assert only(raw, raw / "131202" / "fy2019.pdf").report_id == "131202/fy2019"
    assert only(raw, elsewhere).report_id == "fy2019"
    monkeypatch.chdir(raw / "131202")
    assert only(Path(".."), Path("fy2019.pdf")).report_id == "131202/fy2019"


def test_places_tell_pdfs_of_one_id_apart_and_name_no_more(tmp_path: Path) -> None:
    raw = place(tmp_path / "raw_pdfs", "131202/fy2019.pdf", "fy2019.pdf")
    elsewhere = place(tmp_path / "other", "fy2019.pdf") / "fy2019.pdf"
    assert [source.place for source in find_sources(raw)] == [
        "raw_pdfs/131202/fy2019.pdf",
        "raw_pdfs/fy2019.pdf",
    ]
    assert only(raw, elsewhere).place == "other/fy2019.pdf"


def test_a_folder_that_links_lead_to_twice_is_read_once(tmp_path: Path) -> None:
    raw = place(tmp_path / "raw", "a/x.pdf")
    (raw / "a" / "loop").symlink_to(raw)
    assert [source.report_id for source in find_sources(raw)] == ["a/x"]


@pytest.mark.parametrize(
    ("code", "name"), [("131202", "東京都練馬区"), ("010006", "北海道"), ("402311", "福岡県那珂川市")]
)
def test_a_folder_named_by_a_code_says_the_municipality(tmp_path: Path, code: str, name: str) -> None:
    source = only(place(tmp_path, f"{code}/x.pdf"))
    assert (source.area_code, source.area_name) == (code, name)
    assert [problem.code for problem in source.problems] == ["unlisted_source"]


def test_a_code_with_another_check_digit_is_none_and_is_told(tmp_path: Path) -> None:
    source = only(place(tmp_path, "131203/x.pdf"))
    assert (source.area_code, source.area_name) == ("", "")
    (doubt,) = (problem for problem in source.problems if problem.code == "area_code")
    assert (doubt.severity, doubt.printed) == ("warning", "131203")
    assert "would have to be 2" in doubt.message


def test_every_code_we_know_has_its_check_digit() -> None:
    lines = (files("shinchoku.sources") / "areas.csv").read_text(encoding="utf-8").splitlines()[1:]
    codes = [line.split(",")[0] for line in lines]
    assert len(codes) == len(set(codes)) == 47 + 1741
    assert [code for code in codes if check_digit(code) != code[-1]] == []
    assert area_name("999999") == ""


def test_the_nearest_list_that_names_a_pdf_speaks_of_it(tmp_path: Path) -> None:
    place(tmp_path, "131202/fy2019.pdf", "131202/fy2020.pdf")
    (tmp_path / "sources.toml").write_text(
        '["131202/fy2019"]\ntitle = "far"\n["131202/fy2020"]\ntitle = "far"\n', encoding="utf-8"
    )
    (tmp_path / "131202" / "sources.toml").write_text('[fy2020]\ntitle = "near"\n', encoding="utf-8")
    assert [source.title for source in find_sources(tmp_path)] == ["far", "near"]


def test_a_list_and_a_folder_may_not_say_two_municipalities(tmp_path: Path) -> None:
    place(tmp_path, "131202/x.pdf")
    listed = tmp_path / "131202" / "sources.toml"
    listed.write_text('[x]\narea_code = "131202"\narea_name = "練馬"\n', encoding="utf-8")
    assert only(tmp_path).area_name == "練馬"
    listed.write_text('[x]\narea_code = "131016"\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"its folder says 131202 and sources\.toml says 131016"):
        find_sources(tmp_path)


@pytest.mark.parametrize("folder", ["a:b", "x.", " x"])
def test_a_folder_must_have_a_name_that_folders_can_have(tmp_path: Path, folder: str) -> None:
    place(tmp_path, f"{folder}/x.pdf")
    with pytest.raises(SourceError, match="rename the PDF"):
        find_sources(tmp_path)


def test_folders_that_differ_by_case_alone_are_refused(tmp_path: Path) -> None:
    place(tmp_path, "Ward/x.pdf", "ward/x.pdf")
    with pytest.raises(SourceError, match="rename one of them"):
        find_sources(tmp_path)
