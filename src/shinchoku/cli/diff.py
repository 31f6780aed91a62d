"""`shinchoku diff`: two report ids in; the tables, the page and a summary of what changed out."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shinchoku.cli.told.folders import data_option, decided_in, renames_option, report_argument
from shinchoku.cli.told.said import put
from shinchoku.language import say
from shinchoku.text import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shinchoku.diff import Diff
    from shinchoku.report.sheets import Picture, Printed, Sheet

FILES = ("index.html", "rows.parquet", "rows.csv", "fields.parquet", "fields.csv")

EPILOG = """\b
Exit status, as diff tools have it and unlike the other commands here:
  0  the reports say the same
  1  they differ
  2  nothing was compared (bad arguments, no such report, a line of renames.csv that matches nothing)

\b
renames.csv decides what is paired. Its columns:
  old_row_id,new_row_id,reason
An empty id says that the other row has no partner. Where the file serves several pairs of reports, add the
columns old_report,new_report.

\b
Examples:
  shinchoku diff fy2019_progress fy2020_progress
  shinchoku diff fy2019_progress fy2022_kpi_revision --format json > changes.json
  shinchoku diff fy2019_progress fy2022_kpi_revision --pictures raw_pdfs --out to_send
  shinchoku diff fy2019_progress fy2020_progress --renames decided.csv --out changes
"""


@click.command(epilog=EPILOG)
@report_argument("old")
@report_argument("new")
@data_option()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the result.  [default: DATA/diffs/OLD__NEW]",
)
@renames_option
@click.option(
    "--pdfs",
    metavar="ADDRESS",
    help="Where the page's links find the PDFs: a folder or an address; '' for no links.  "
    "[default: raw_pdfs beside DATA]",
)
@click.option(
    "--pictures",
    metavar="RAW",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Put pictures of the printed pages, painted from the PDFs in this folder, into the page: it shows "
    "each row on paper wherever it is sent.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What is printed: a summary, or all rows and fields.",
)
def command(
    old: str,
    new: str,
    data: Path,
    out: Path | None,
    renames: Path | None,
    pdfs: str | None,
    pictures: Path | None,
    form: str,
) -> None:
    """Compare the records of two reports, row by row and field by field.

    OLD and NEW are report ids: the paths of their PDFs in raw_pdfs/, without .pdf. Writes rows and
    fields as Parquet and CSV and index.html, a page for people, in which each row leads to where it is
    printed; prints a summary.
    """
    from shinchoku.dataset.collect import refresh_package
    from shinchoku.dataset.output.whole import check_whole
    from shinchoku.dataset.publish import out_lock, staged_files, staged_folder
    from shinchoku.diff import compare_reports
    from shinchoku.diff.files import write_files
    from shinchoku.diff.overrides import read_decisions
    from shinchoku.diff.rows import read_report
    from shinchoku.report.html import render
    from shinchoku.report.sheets import read_printed
    from shinchoku.report.terminal import as_json, summary

    check_whole(data, [each for each in (old, new) if (data / each).is_dir()])
    before, after = read_report(data, old), read_report(data, new)
    decided = decided_in(data, renames)
    decisions = read_decisions(decided, before, after) if decided else {}
    diff = compare_reports(before, after, decisions)
    name = f"diffs/{old}__{new}"
    folder = out or data / name
    printed = {"old": read_printed(data / old), "new": read_printed(data / new)}
    painted = _painted(diff, printed, data, pictures) if pictures else {}
    page = render(diff, _pdf_address(pdfs, data, folder), printed, painted)
    with out_lock(out or data):
        with staged_files(out) if out else staged_folder(data, name) as stage:
            write_files(diff, stage)
            (stage / "index.html").write_text(page, encoding="utf-8", newline="\n")
        if out is None:
            refresh_package(data)
    files = [str(folder / file) for file in FILES]
    click.echo(as_json(diff, files).encode() if form == "json" else escaped(summary(diff, files)))
    if not diff.identical:
        raise click.exceptions.Exit(1)


def _painted(diff: "Diff", printed: "Mapping[str, Printed]", data: Path, raw: Path) -> "dict[Sheet, Picture]":
    """Pictures of the pages that rows are printed on, those of rows that differ first, as many as a page to
    be sent may hold; says how many."""
    from shinchoku.draw import as_address, picture_of
    from shinchoku.report.sheets import Picture, pages_of
    from shinchoku.report.view import sections
    from shinchoku.review.lookup import source_pdf
    from shinchoku.settings import Settings

    settings = Settings()
    sides = {"old": diff.old.report_id, "new": diff.new.report_id}
    pdfs = {side: source_pdf(data, report_id, raw) for side, report_id in sides.items()}
    asked = pages_of(sections(diff), printed)
    found: dict[Sheet, Picture] = {}
    size = 0
    for side, page in asked:
        picture = picture_of(pdfs[side], page, settings.drawn_scale)
        address = as_address(picture)
        size += len(address)
        if size > settings.sent_bytes:
            break
        width, height = (pixels / settings.drawn_scale for pixels in picture.size)
        found[side, page] = Picture(address, width, height)
    held = sum(len(picture.address) for picture in found.values()) / 1e6
    said = say(
        "pictures of {count} of {pages} pages, {size:.1f} MB", count=len(found), pages=len(asked), size=held
    )
    put(said, err=True)
    return found


def _pdf_address(pdfs: str | None, data: Path, folder: Path) -> str | None:
    """What stands before a PDF's file name in the page's links; None where there are to be no links."""
    if pdfs == "":
        return None
    if pdfs is not None and "://" in pdfs:
        return pdfs.rstrip("/")
    place = Path(pdfs) if pdfs else data.parent / "raw_pdfs"
    return Path(os.path.relpath(place, folder)).as_posix()
