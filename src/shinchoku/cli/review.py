"""`shinchoku review`: a page in the browser on which people compare pages with what was read, correct and
sign."""

import secrets
import socket
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shinchoku.cli.told.folders import data_option, raw_option, report_argument
from shinchoku.cli.told.manner import password_option
from shinchoku.cli.told.said import put
from shinchoku.language import say
from shinchoku.problems import ShinchokuError

if TYPE_CHECKING:
    from shinchoku.review.session import Session


@click.command(name="review")
@report_argument("report", nargs=-1)
@raw_option("Folder of PDFs, in which corrections.csv and reviews.csv are kept.")
@data_option("Folder of the output, which is made anew after each correction.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Where to serve.  [default: any free one]"
)
@click.option(
    "--browser/--no-browser", default=True, help="Open the page in a browser, or print its address."
)
@password_option
@click.option(
    "--reader",
    type=click.Choice(["pdfplumber", "pdfium"]),
    default="pdfplumber",
    show_default=True,
    help="What reads the PDF: the same as `shinchoku extract` was told.",
)
@click.option(
    "--ocr", is_flag=True, help="Have scanned pages read by ocrmypdf, as `shinchoku extract` was told."
)
@click.option(
    "--static",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the page of one REPORT as this HTML file, to read and to send, and serve nothing.",
)
def command(
    report: tuple[str, ...],
    raw: Path,
    data: Path,
    port: int,
    browser: bool,
    password: str,
    reader: str,
    ocr: bool,
    static: Path | None,
) -> None:
    """Compare the pages of REPORT (all of raw_pdfs where none is named) with what was read of them, in the
    browser.

    Serves on this machine alone, until Ctrl-C, under an address that nobody can guess. Corrections become
    lines of RAW/corrections.csv, signatures lines of RAW/reviews.csv.

    \b
    Examples:
      shinchoku review
      shinchoku review fy2019_progress --static fy2019_progress.html
    """
    from shinchoku.review.session import open_session

    session = open_session(raw, data, report, password, reader, ocr)
    if static is not None:
        _write(session, static)
    else:
        _serve(session, port, browser)


def _write(session: "Session", file: Path) -> None:
    from shinchoku.dataset.publish import replace_file
    from shinchoku.review.html import static_page
    from shinchoku.review.payload import report_payload

    if len(session.sources) != 1:
        raise ShinchokuError.say("--static writes the page of one report: name it")
    (report_id,) = session.sources
    report, pages = session.report(report_id), session.reading(report_id).raw_pages
    people = session.people().of(report_id)
    payload = report_payload(report, pages, people, session.state(), session.data)
    pictures = {page.number: session.picture(report_id, page.number, 1.5) for page in pages}
    content = static_page(payload, pictures).encode()
    replace_file(file, content)
    put(say("{file}: {pages} pages, {size:.1f} MB", file=file, pages=len(pages), size=len(content) / 1e6))


def _serve(session: "Session", port: int, browser: bool) -> None:
    import uvicorn

    from shinchoku.review.server import application

    put(say("reading …"), err=True)
    session.report(next(iter(session.sources)))
    token = secrets.token_urlsafe(24)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
        except OSError as error:
            raise ShinchokuError.say(
                "port {port}: {strerror}; choose another with --port", port=port, strerror=error.strerror
            ) from error
        listening.listen()
        bound = listening.getsockname()[1]
        address = f"http://127.0.0.1:{bound}/{token}/"
        put(say("{address}\nCtrl-C ends it; what was kept is kept.", address=address))
        if browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        config = uvicorn.Config(
            application(session, token, bound), log_level="error", access_log=False, server_header=False
        )
        with suppress(KeyboardInterrupt):  # the way it is ended
            uvicorn.Server(config).run(sockets=[listening])
