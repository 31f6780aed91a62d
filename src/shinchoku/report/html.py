"""A comparison in; one HTML page that needs no network and no other file out."""

from functools import cache
from importlib.resources import files
from urllib.parse import quote

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from shinchoku.diff import Diff
from shinchoku.report.suggest import suggestions
from shinchoku.report.view import FILTERS, sections


def render(diff: Diff, pdfs: str | None) -> str:
    """The page. `pdfs` is where the reports' PDFs lie as a reader of the page sees it (a relative or absolute
    address, without the last /); None where there is nothing to link to. The same comparison gives the same
    text."""
    found = sections(diff)
    template = _environment().get_template("page.html.j2")
    return template.render(
        old=_report(diff.old.report_id, pdfs),
        new=_report(diff.new.report_id, pdfs),
        sections=found,
        filters=[(name, sum(section.counts.get(name, 0) for section in found)) for name in FILTERS],
        hidden=sum(section.counts.get(tag, 0) for section in found for tag in ("same", "only")),
        total=sum(section.size for section in found),
        suggestions=suggestions(diff),
        style=_asset("page.css"),
        script=_asset("page.js"),
    )


def _report(report_id: str, pdfs: str | None) -> dict[str, str]:
    link = "" if pdfs is None else f"{pdfs}/{quote(report_id)}.pdf"
    return {"id": report_id, "pdf": link}


@cache
def _environment() -> Environment:
    page = (files("shinchoku.report") / "page" / "page.html.j2").read_text(encoding="utf-8")
    return Environment(
        loader=DictLoader({"page.html.j2": page}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _asset(name: str) -> Markup:
    """A file of the page's own, put into it as it is: none of it comes from a report."""
    return Markup((files("shinchoku.report") / "page" / name).read_text(encoding="utf-8"))
