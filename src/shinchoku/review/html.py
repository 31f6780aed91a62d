"""What the page shows in; the page, served or as one file that needs no server, out."""

import base64
import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from markupsafe import Markup
from PIL import Image

from shinchoku.draw import as_address
from shinchoku.report.html import asset, json_inside, template

SCRIPTS = ("state.js", "view.js", "edit.js", "keys.js")
"""The page's scripts, in the order they are run."""


def script() -> str:
    """All scripts as one."""
    return "\n".join(asset("review", name) for name in SCRIPTS)


def page() -> str:
    """The page as it is served; it asks the server for all it shows."""
    return template("review").render(words=json_inside(words()), data="", style="", script="", policy="")


def static_page(payload: Mapping[str, Any], pictures: Mapping[int, Image.Image]) -> str:
    """The page as one file, reading only: the report as JSON and its pages as WebP inside. Its content
    security policy lets run its own script alone, and nothing be asked of anybody."""
    shown = {str(number): as_address(picture) for number, picture in pictures.items()}
    own = script()
    allowed = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
    policy = f"default-src 'none'; script-src 'sha256-{allowed}'; style-src 'unsafe-inline'; img-src data:"
    data = json_inside({"payload": payload, "pictures": shown})
    return template("review").render(
        words=json_inside(words()),
        data=data,
        style=Markup(asset("review", "page.css")),
        script=Markup(own),
        policy=policy,
    )


@cache
def words() -> dict[str, Any]:
    """The words of the page in each language."""
    return tomllib.loads(asset("review", "words.toml"))
