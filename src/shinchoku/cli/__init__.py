"""The `shinchoku` command: each subcommand lives in a module of its own, imported only when it is called."""

import atexit
import errno
import gc
import gettext
import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from importlib import import_module
from inspect import cleandoc
from typing import Any, TypeVar

import click

from shinchoku import __version__
from shinchoku.cli.told.said import INTERRUPTED, UNREAD, put
from shinchoku.language import CATALOGUES, DOMAIN, LANGUAGES, VARIABLE, language, say, translated
from shinchoku.problems import ShinchokuError
from shinchoku.workers.streams import give_up, hold_streams

COMMANDS = {
    "extract": "Read PDFs into tables: cells, records, quantities, problems.",
    "diff": "Compare the records of two reports.",
    "history": "Join the reports of an area over the years.",
    "export": "Write a report's tables as a workbook for a spreadsheet.",
    "show": "Print what was extracted from a report as a table.",
    "review": "Compare pages with what was read, correct and sign, in the browser.",
    "corrections": "List what people corrected, and whether it still fits.",
    "layout": "Show how the headings of a PDF's tables were understood, and what to add.",
    "forget": "Remove a report whose PDF is gone.",
    "draw": "Draw the cells found over pictures of a PDF's pages.",
    "fleet": "Work on a folder of PDFs with the machines of a Ray cluster.",
    "gather": "Make an ordinary folder of what a fleet made.",
}


FULL = (errno.ENOSPC, errno.EFBIG, errno.EIO)
"""What a stream says that takes no more: a disk that is full, a terminal that is gone."""
MANY = ("fleet", "gather")
"""Commands that live in the folder `many`."""


def find(name: str) -> click.Command:
    """The command of that name, in no language yet: the function `command` of its module."""
    command: click.Command = import_module(f"shinchoku.cli.{'many.' if name in MANY else ''}{name}").command
    return command


@contextmanager
def _unread() -> Iterator[None]:
    """End with UNREAD where whoever read stdout went away: click and rich would end with 1, an answer of
    `diff`."""
    try:
        yield
    except (BrokenPipeError, SystemExit) as error:
        if BrokenPipeError not in (type(error), type(error.__context__)):
            raise
        give_up(sys.stdout)
        raise click.exceptions.Exit(UNREAD) from error


class LazyGroup(click.Group):
    """A group that imports a command's module only when its name is called."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run; what the terminal's code page lacks (in Windows some dashes) is written as its number, and
        standard streams may be closed or full. At the end no garbage is looked for: all goes."""
        atexit.register(gc.freeze)
        hold_streams()
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().main(*args, **options)
        except OSError as error:
            if error.filename is not None or error.errno not in FULL:
                raise
            give_up(sys.stdout)
            said = say("Error: what is said cannot be written ({strerror})", strerror=error.strerror)
            try:
                put(said, err=True)
            except OSError:
                give_up(sys.stderr)
            raise SystemExit(2) from error

    @_unread()
    def make_context(self, *args: Any, **options: Any) -> click.Context:
        """The context of a call; help is printed meanwhile."""
        return super().make_context(*args, **options)

    @_unread()
    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was called; a ShinchokuError is said, and ends it with exit status 2;
        Ctrl-C with 130, so that it is no answer of `diff`."""
        try:
            return super().invoke(ctx)
        except ShinchokuError as error:
            put(say("Error: {error}", error=error), err=True)
            raise click.exceptions.Exit(2) from error
        except KeyboardInterrupt:
            put(say("Stopped."), err=True)
            raise click.exceptions.Exit(INTERRUPTED) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        _tell_click()
        return in_words(find(cmd_name)) if cmd_name in COMMANDS else None

    def get_help(self, ctx: click.Context) -> str:
        return super(LazyGroup, in_words(self)).get_help(ctx)

    def get_usage(self, ctx: click.Context) -> str:
        return super(LazyGroup, in_words(self)).get_usage(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(translated("Commands")):
            formatter.write_dl([(name, translated(said)) for name, said in COMMANDS.items()])


C = TypeVar("C", bound=click.Command)
BETWEEN = re.compile(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])")
"""A break of a line between Japanese letters, where click, which fills lines anew, would put a space."""


def in_words(command: C) -> C:
    """The command with its help in the language of the person at hand; click's own words too."""
    _tell_click()
    said = copy(command)
    said.help = BETWEEN.sub("", translated(cleandoc(command.help or "")))
    said.epilog = BETWEEN.sub("", translated(cleandoc(command.epilog or "")))
    said.options_metavar = translated(command.options_metavar or "")
    if isinstance(said, click.Group):
        said.subcommand_metavar = translated(said.subcommand_metavar)
    said.params = [_param_in_words(param) for param in command.params]
    return said


def _param_in_words(param: click.Parameter) -> click.Parameter:
    said = copy(param)
    said.type = copy(param.type)
    said.type.name = translated(param.type.name)
    if isinstance(said, click.Option):
        said.help = translated(said.help or "")
    return said


def _tell_click() -> None:
    """Let click, which asks for its words with `gettext`, find them in our catalogue."""
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language()


def _choose(ctx: click.Context, param: click.Parameter, chosen: str | None) -> None:
    """Have all that is said from here on be in this language, in processes started from here too."""
    if chosen:
        os.environ[VARIABLE] = chosen


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_choose,
    help="The language of what is said: English or Japanese.  [default: SHINCHOKU_LANG, else the locale]",
)
@click.version_option(__version__, prog_name="shinchoku", help="Show the version and exit.")
@click.help_option("-h", "--help", help="Show this message and exit.")
def main() -> None:
    """Progress reports of Japanese municipalities: from PDF to data you can trust.

    \b
    Examples:
      shinchoku extract                               every PDF in raw_pdfs/
      shinchoku show fy2019_progress --plan 5         what was read of plan 5
      shinchoku diff fy2019_progress fy2022_kpi_revision
    """
