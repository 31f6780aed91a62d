"""A comparison in; one HTML page that needs no network and no other file out; what such pages are made of."""

import json
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from shinchoku.diff import Diff
from shinchoku.report.sheets import SIDES, Picture, Printed, Sheet, sheets
from shinchoku.report.suggest import suggestions
from shinchoku.report.view import FILTERS, sections


def render(
    diff: Diff,
    pdfs: str | None,
    printed: Mapping[str, Printed] | None = None,
    pictures: Mapping[Sheet, Picture] | None = None,
) -> str:
    """The page. `pdfs` is where the reports' PDFs lie as a reader of the page sees it (a relative or absolute
    address, without the last /); None where there is nothing to link to. `printed` says of the old and the
    new report where its rows are printed, `pictures` how those pages look. The same comparison gives the same
    text."""
    found = sections(diff)
    own = partial(asset, "report")
    return template("report").render(
        old=_report(diff.old.report_id, pdfs),
        new=_report(diff.new.report_id, pdfs),
        sections=found,
        filters=[(name, sum(section.counts.get(name, 0) for section in found)) for name in FILTERS],
        hidden=sum(section.counts.get(tag, 0) for section in found for tag in ("same", "only")),
        total=sum(section.size for section in found),
        suggestions=suggestions(diff),
        places=sheets(found, printed or dict.fromkeys(SIDES, Printed()), pictures or {}),
        pictured=bool(pictures),
        json=json_inside,
        style=Markup(own("page.css")),
        script=Markup(own("page.js") + own("place.js")),
    )


def json_inside(value: Any) -> Markup:
    """A value as JSON that stands inside a script element and ends none."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def _report(report_id: str, pdfs: str | None) -> dict[str, str]:
    link = "" if pdfs is None else f"{pdfs}/{quote(report_id)}.pdf"
    return {"id": report_id, "pdf": link}


def asset(room: str, name: str) -> str:
    """A file of the page of a room."""
    return (files(f"shinchoku.{room}") / "page" / name).read_text(encoding="utf-8")


@cache
def template(room: str) -> Template:
    """The template of the page of a room: what is put into it is escaped, and a name it lacks is an error."""
    environment = Environment(
        loader=PackageLoader(f"shinchoku.{room}", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")
