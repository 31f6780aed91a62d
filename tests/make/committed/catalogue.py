"""The catalogue of what is said to people: `make words` looks the code through and writes it
anew, a message that is not translated yet with an empty translation."""

import inspect
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from shinchoku.cli import COMMANDS, find, main
from shinchoku.language import CATALOGUES, DOMAIN

SOURCE = CATALOGUES.parent
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""The files say no day, or they would differ from day to day."""
FOLDER = CATALOGUES / "ja" / "LC_MESSAGES"
PO, MO = FOLDER / f"{DOMAIN}.po", FOLDER / f"{DOMAIN}.mo"
CLICK = (
    *("Usage:", "Options", "Commands", "Error: {message}", "Try '{command} {option}' for help."),
    *("Show this message and exit.", "Show the version and exit.", "Missing argument", "Missing option"),
    *("No such command {name!r}.", "No such option: {name}", "No such option {name!r}."),
    *("default: {default}", "required"),
    *("Invalid value: {message}", "Invalid value for {param_hint}: {message}", "Missing command."),
    *("env var: {var}", "{name} {filename!r} does not exist.", "{name} {filename!r} is a file."),
    *("{name} {filename!r} is a directory.", "{value!r} is not a valid {number_type}."),
    *("{value} is not in the range {range}.", "[OPTIONS]", "COMMAND [ARGS]..."),
    *("text", "integer", "integer range", "float", "float range", "file", "directory", "path"),
)
"""What click says itself and a person may read."""
CLICK_PLURALS = (
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
)
"""The same, for one thing and for several; Japanese says both alike."""
Text = str | tuple[str, ...]
KEYWORDS = {"say": None, "counted": (1, 2)}
"""The functions whose arguments are messages; of `counted` for one thing and for several."""
HEADER = "# What shinchoku says, in Japanese. Written by `make words`; translate here what is empty."


def messages() -> Iterator[tuple[Text, str]]:
    """Every message to translate, with the place it is said at."""
    for path in sorted(SOURCE.rglob("*.py")):
        found = extract("python", io.BytesIO(path.read_bytes()), KEYWORDS)
        yield from ((message, path.relative_to(SOURCE).as_posix()) for _, message, _, _ in found)
    modules = {name: find(name) for name in COMMANDS}
    for name, command in {"": main, **modules}.items():
        place = f"cli/{name or '__init__'}.py"
        yield from ((text, place) for text in _helps(command))
    yield from ((text, "cli/__init__.py") for text in COMMANDS.values())
    modules_of_click = ("core", "exceptions", "decorators", "types", "formatting", "parser")
    known = "".join(inspect.getsource(import_module(f"click.{name}")) for name in modules_of_click)
    yield from ((text, "click") for text in CLICK if text in known)
    yield from ((both, "click") for both in CLICK_PLURALS if both[0] in known)


def _helps(command: click.Command) -> Iterator[str]:
    yield from (inspect.cleandoc(text) for text in (command.help, command.epilog) if text)
    yield from (param.help for param in command.params if isinstance(param, click.Option) and param.help)


def catalogue() -> Catalog:
    """The catalogue as the code now needs it, with the translations there are."""
    with PO.open("rb") as file:
        kept = read_po(file, locale="ja")
    made = Catalog("ja", header_comment=HEADER, project="shinchoku", version="", fuzzy=False)
    made.msgid_bugs_address = made.last_translator = made.language_team = ""
    for text, place in messages():
        known = kept.get(text)
        empty = "" if isinstance(text, str) else ("",)
        made.add(text, known.string if known else empty, locations=[(place, 0)])
    return made


def written() -> tuple[bytes, bytes]:
    """The bytes of the catalogue for translators, and of the one the program reads."""
    made = catalogue()
    made.creation_date = made.revision_date = EPOCH
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, made, width=0, sort_output=True, include_lineno=False)
    write_mo(mo, made)
    return po.getvalue(), mo.getvalue()


if __name__ == "__main__":
    for target, content in zip((PO, MO), written(), strict=True):
        target.write_bytes(content)
