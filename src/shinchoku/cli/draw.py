"""`shinchoku draw`: a PDF in, pictures of its pages with the cells drawn over out."""

import logging
import re
from pathlib import Path

import click

from shinchoku.cli.told.folders import data_option, raw_option
from shinchoku.cli.told.manner import password_option
from shinchoku.cli.told.said import put
from shinchoku.language import Said, say, tell
from shinchoku.problems import ShinchokuError

LAYERS = ("rules", "walls", "runs", "homes", "lines", "seams", "cells")
SPAN = re.compile(r"(\d+)(?:-(\d+))?")


def page_numbers(text: str) -> list[int]:
    """The pages that "3-5,9" names. Raises click.BadParameter for anything else."""
    found: list[int] = []
    for part in text.split(","):
        span = SPAN.fullmatch(part.strip())
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (1, 0)
        if not 1 <= first <= last <= 100_000:
            message = say("{part!r} is no page and no range of pages such as 3-5", part=part.strip())
            raise click.BadParameter(tell(message))
        found += range(first, last + 1)
    return found


def _layers(ctx: click.Context, parameter: click.Parameter, text: str) -> tuple[str, ...]:
    names = tuple(filter(None, (name.strip() for name in text.split(","))))
    unknown = [name for name in names if name not in LAYERS]
    if unknown:
        message = say(
            "{unknown!r} is no layer; they are {layers}", unknown=unknown[0], layers=", ".join(LAYERS)
        )
        raise click.BadParameter(tell(message))
    return names


@click.command(name="draw")
@click.argument("pdf", type=click.Path(path_type=Path))
@click.option("--pages", default="", help="Which pages, such as 3-5,9.  [default: all]")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("drawn"),
    show_default=True,
    help="Folder for the pictures.",
)
@click.option(
    "--scale", type=click.FloatRange(0.1, 10), default=1.5, show_default=True, help="Pixels a point."
)
@click.option(
    "--layers",
    default="",
    callback=_layers,
    help="Write SVG files with what each room made: rules,walls,runs,homes,lines,seams,cells or some.",
)
@password_option
@click.option("--row", default="", help="Mark the cells of the row of this row_id; PDF is a report id.")
@data_option("With --row: folder that `shinchoku extract` wrote.")
@raw_option("With --row: folder of the PDFs.")
def command(
    pdf: Path,
    pages: str,
    out: Path,
    scale: float,
    layers: tuple[str, ...],
    password: str,
    row: str,
    data: Path,
    raw: Path,
) -> None:
    """Draw the cells that are found over the pages of PDF, to check them by eye.

    Cells are tinted, tables framed in black, blocks of other text in magenta, text that does not show in red.
    Writes OUT/PDF-PAGE.png and says how many tables, cells and blocks each page has.

    \b
    Examples:
      shinchoku draw raw_pdfs/fy2019_progress.pdf --pages 3-5
      shinchoku draw raw_pdfs/fy2019_progress.pdf --pages 17 --layers rules,walls,lines
      shinchoku draw fy2019_progress --row 1/1/子育てのひろば計27か所
    """
    numbers = page_numbers(pages) if pages else None
    from shinchoku.draw import draw_pages, picture
    from shinchoku.draw.layers import svg

    logging.disable()  # what libraries say of damaged files means nothing to the person at the terminal
    try:
        if row:
            _draw_row(pdf.as_posix(), row, data, raw, out, scale, password)
            return
        if not pdf.is_file():
            raise ShinchokuError.say("{pdf}: no such file", pdf=pdf)
        out.mkdir(parents=True, exist_ok=True)
        for page in draw_pages(pdf, numbers, scale, password):
            path = out / f"{pdf.stem}-{page.number}.{'svg' if layers else 'png'}"
            if layers:
                path.write_text(svg(page, layers), encoding="utf-8", newline="\n")
            else:
                picture(page).save(path)
            cells = sum(len(table.cells) for table in page.raw.tables)
            said = say(
                "{path}: {tables} tables, {cells} cells, {blocks} blocks",
                path=path,
                tables=len(page.raw.tables),
                cells=cells,
                blocks=len(page.raw.blocks),
            )
            put(said)
    except OSError as error:
        raise ShinchokuError(Said(str(error), str(error))) from error
    finally:
        logging.disable(logging.NOTSET)


def _draw_row(
    report_id: str, row_id: str, data: Path, raw: Path, out: Path, scale: float, password: str
) -> None:
    """A picture of each page that the row is printed on, its own cells marked, not those of its headings."""
    from shinchoku.draw import mark, picture_of
    from shinchoku.review.lookup import find_rows, source_pdf
    from shinchoku.rows import HEADINGS

    rows = find_rows(data, report_id, row_id)
    found = [cell for row in rows for column, cell in row.cells if column not in HEADINGS]
    pdf = source_pdf(data, report_id, raw)
    for number in sorted({cell.page for cell in found}):
        boxes = {cell.box for cell in found if cell.page == number}
        path = out / f"{report_id}-{number}-row.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        mark(picture_of(pdf, number, scale, password), sorted(boxes), scale).save(path)
        put(say("{path}: {count} cells marked", path=path, count=len(boxes)))
