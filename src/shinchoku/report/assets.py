"""The name of a room that has a page in; the page's files and its template out."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


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
