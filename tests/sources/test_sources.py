"""Which PDFs are read, under which name, and what is known of them."""

import hashlib
import os
from pathlib import Path

import pytest

import shinchoku.sources
from make.pdfs.odd import report
from shinchoku.settings import Settings
from shinchoku.sources import SourceError, digest, find_sources
from shinchoku.workers import run as workers

SHIPPED = Path(__file__).parents[2] / "raw_pdfs"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder with some PDFs and other things."""
    for name in ("b.pdf", "a.PDF", "令和元年度 報告.pdf", ".hidden.pdf", "notes.txt"):
        (tmp_path / name).write_bytes(report())
    (tmp_path / "folder.pdf").mkdir()
    return tmp_path


def listed(folder: Path, text: str) -> None:
    """Write the folder's list of sources."""
    (folder / "sources.toml").write_text(text, encoding="utf-8")


def test_every_pdf_of_the_folder_in_order_of_names(raw: Path) -> None:
    assert [source.report_id for source in find_sources(raw)] == ["a", "b", "令和元年度 報告"]


def test_named_pdfs_in_the_order_given_each_once(raw: Path) -> None:
    named = [raw / "b.pdf", raw / "a.PDF", raw / "." / "b.pdf"]
    assert [source.path for source in find_sources(raw, named)] == named[:2]


def test_a_source_knows_its_bytes(raw: Path) -> None:
    [source] = find_sources(raw, [raw / "b.pdf"])
    assert source.sha256 == hashlib.sha256(report()).hexdigest()
    assert source.stamp == ((raw / "b.pdf").stat().st_size, (raw / "b.pdf").stat().st_mtime_ns)


def test_what_the_list_says_is_known(raw: Path) -> None:
    listed(raw, '[b]\ntitle = "進捗"\npublisher = "練馬区"\narea_code = "131202"\n')
    a, b, _ = find_sources(raw)
    assert (b.title, b.publisher, b.area_code, b.url, b.problems) == ("進捗", "練馬区", "131202", "", ())
    assert [(p.severity, p.code) for p in a.problems] == [("info", "unlisted_source")]
    assert "[a]" in a.problems[0].message


def test_the_shipped_reports_are_listed() -> None:
    sources = find_sources(SHIPPED)
    assert [source.report_id for source in sources] == ["fy2019_progress", "fy2022_kpi_revision"]
    for source in sources:
        assert (source.publisher, source.area_code, source.licence) == ("練馬区", "131202", "see sources")
        assert source.note.startswith("Facsimile: ")
        assert not source.problems


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[b\n", "cannot be read"),
        ("b = 1\n", "must be a table of texts"),
        ("[b]\npages = 3\n", "must be a table of texts"),
        ('[b]\nauthor = "x"\n', "has author"),
        ("[b]\n\0", "cannot be read"),
    ],
)
def test_a_list_that_cannot_be_understood_ends_the_run(raw: Path, text: str, said: str) -> None:
    listed(raw, text)
    with pytest.raises(SourceError, match=said):
        find_sources(raw)


def test_a_list_in_another_encoding_ends_the_run(raw: Path) -> None:
    (raw / "sources.toml").write_bytes('[b]\ntitle = "進捗"\n'.encode("cp932"))
    with pytest.raises(SourceError, match="cannot be read"):
        find_sources(raw)


@pytest.mark.parametrize(
    ("name", "said"),
    [("none.pdf", "no such file"), ("folder.pdf", "a folder, not a PDF")],
)
def test_a_named_file_must_be_one(raw: Path, name: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        find_sources(raw, [raw / "b.pdf", raw / name])


def test_a_folder_must_be_one_with_pdfs(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no PDF"):
        find_sources(tmp_path)
    with pytest.raises(SourceError, match="no such folder"):
        find_sources(tmp_path / "none")


@pytest.mark.parametrize(
    "stem", ["a:b", "a\nb", "a\u200bb", ".hidden", "dots..", " x", "", 'say "x"', "a\\b", "CON", "nul.1"]
)
def test_a_name_that_folders_cannot_have_is_refused(tmp_path: Path, stem: str) -> None:
    path = tmp_path / f"{stem}.pdf"
    path.write_bytes(report())
    with pytest.raises(SourceError, match="rename the PDF"):
        find_sources(tmp_path, [path])


@pytest.mark.parametrize(("one", "other"), [("x", "x"), ("Report", "REPORT"), ("が", "か\u3099")])
def test_two_pdfs_of_one_name_are_refused(tmp_path: Path, one: str, other: str) -> None:
    paths = [tmp_path / "1" / f"{one}.pdf", tmp_path / "2" / f"{other}.pdf"]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(report())
    with pytest.raises(SourceError, match="rename one of them"):
        find_sources(tmp_path / "raw", paths)


def test_names_that_do_not_fit_stop_no_other(tmp_path: Path) -> None:
    names = [b"good.pdf", b"\xff\xfe.pdf", b"a\x1bb.pdf", b"Twin.pdf", b"TWIN.pdf", b"1/2/3/deep.pdf"]
    for name in names:
        path = tmp_path / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(report())
    told: dict[Path, SourceError] = {}
    assert [source.report_id for source in find_sources(tmp_path, (), told.__setitem__)] == ["good"]
    assert {os.fsencode(path.relative_to(tmp_path)) for path in told} == set(names[1:])
    assert all("'" in str(why) or "move it up" in str(why) for why in told.values())
    (tmp_path / "good.pdf").unlink()
    with pytest.raises(SourceError):
        find_sources(tmp_path, (), told.__setitem__)


def test_a_file_that_may_not_be_read_does_not_stop_the_others(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> tuple[str, tuple[int, int]]:
        if path.name == "b.pdf":
            raise PermissionError(13, "Permission denied")
        return digest(path)

    monkeypatch.setattr(shinchoku.sources, "digest", refuse)
    results = list(workers.read_pages(find_sources(raw), Settings(), jobs=1))
    assert [result.failed for result in results] == [False, True, False]
    assert [p.code for p in results[1].problems if p.severity == "error"] == ["unreadable_file"]


@pytest.mark.parametrize("line", ['published = "30.9.2020"', 'fiscal_year = "R2"', 'fiscal_year = "20"'])
def test_a_date_that_is_none_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "x.pdf").write_bytes(report())
    (tmp_path / "sources.toml").write_text(f"[x]\n{line}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"sources\.toml: \[x\] (published|fiscal_year)"):
        find_sources(tmp_path)


def test_day_and_year_of_a_report_are_known(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(report())
    listed = '[x]\npublished = "2020-09-30"\nfiscal_year = "2019"\n'
    (tmp_path / "sources.toml").write_text(listed, encoding="utf-8")
    (source,) = find_sources(tmp_path)
    assert (source.published, source.fiscal_year) == ("2020-09-30", "2019")
