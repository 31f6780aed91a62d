"""The options of a command that runs with nobody watching, and what it answers, in; lines on stderr and in a
log, one JSON object on stdout and an exit status out."""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from shinchoku import __version__
from shinchoku.cli.told.said import INTERRUPTED
from shinchoku.language import Said, say, tell
from shinchoku.problems import ShinchokuError
from shinchoku.text import escaped
from shinchoku.workers.streams import give_up

if TYPE_CHECKING:
    from shinchoku.cli.told.answer import Answer, Command, Status

LOG = logging.getLogger(__name__)
TIMED = "%(asctime)s %(levelname)s %(message)s"
DAY = "%Y-%m-%dT%H:%M:%S%z"

OPTIONS = (
    click.option("--quiet", is_flag=True, help="No progress and no summary; what goes wrong is said."),
    click.option("--verbose", is_flag=True, help="Name warnings too, and say what is done when."),
    click.option(
        "--log",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Add all that --verbose says to this file, with the time, whatever is said here.",
    ),
    click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="What is printed: tables for people, or one JSON object for programs.",
    ),
)

password_option = click.option(
    "--password",
    default="",
    envvar="SHINCHOKU_PASSWORD",
    show_envvar=True,
    help="Opens encrypted PDFs; the variable keeps it out of lists of processes.",
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How much a command says on stderr, the file that it logs to, and in which form it answers."""

    quiet: bool = False
    verbose: bool = False
    log: Path | None = None
    form: str = "text"

    @property
    def summarises(self) -> bool:
        """Whether people are told at the end what was done."""
        return self.form == "text" and not self.quiet


def note(said: Said, level: int = logging.INFO) -> None:
    """Say something beside the answer: on stderr, if the command is to say so much, and in the log."""
    LOG.log(level, "%s", tell(said))


def unattended(work: "Callable[..., Answer]", *, bar: bool = False) -> Callable[..., None]:
    """The command that does `work`, with the options of all that may run with nobody watching; `work` has
    them as the argument `manner`. With `bar` it draws its progress on a terminal, and no line a file is said
    there.

    A ShinchokuError ends it with exit status 2, else that of the answer counts.
    """

    @wraps(work)
    def command(*, quiet: bool, verbose: bool, log: Path | None, form: str, **arguments: object) -> None:
        if quiet and verbose:
            raise click.UsageError(tell(say("say --quiet or --verbose, not both")))
        manner = Manner(quiet, verbose, log, form)
        with _heard(manner, bar):
            answer = _answered(partial(work, manner=manner, **arguments), manner)
        if answer.exit_status:
            raise click.exceptions.Exit(answer.exit_status)

    for option in reversed(OPTIONS):
        command = option(command)
    return command


def _answered(work: "Callable[[], Answer]", manner: Manner) -> "Answer":
    """Do the work, name what ended it, and print the answer where it is to be JSON."""
    name, start = str(click.get_current_context().info_name), time.monotonic()
    note(say("{command}: begins, version {version}", command=name, version=__version__), logging.DEBUG)
    try:
        answer = work()
    except ShinchokuError as error:
        answer = _ended(name, 2, Said(escaped(error.said.en), escaped(error.said.ja)))
    except KeyboardInterrupt:
        answer = _ended(name, INTERRUPTED, say("Stopped."))
    if answer.error:
        said = Said(answer.error, answer.error_ja)
        note(said if answer.exit_status == INTERRUPTED else say("Error: {error}", error=said), logging.ERROR)
    if manner.form == "json":
        from shinchoku.cli.told.answer import as_json

        click.echo(as_json(answer))
    ended = say(
        "{command}: ends with exit status {status} after {seconds:.1f} s",
        command=name,
        status=answer.exit_status,
        seconds=time.monotonic() - start,
    )
    note(ended, logging.DEBUG)
    return answer


def _ended(name: str, status: "Status", said: Said) -> "Answer":
    """What a command answers that did nothing of what it was to do."""
    from shinchoku.cli.told.answer import Answer

    return Answer(cast("Command", name), status, error=said.en, error_ja=said.ja)


@contextmanager
def _heard(manner: Manner, bar: bool) -> Iterator[None]:
    """Have what is logged while it lasts written to stderr and to the log, each as far as it is wanted."""
    ours = logging.getLogger("shinchoku")
    level = logging.WARNING if manner.quiet or (bar and on_terminal()) else logging.INFO
    handlers: list[logging.Handler] = [_Stderr(logging.DEBUG if manner.verbose else level)]
    handlers[0].setFormatter(_Escaping())
    if manner.log:
        try:
            handlers.append(_Log(manner.log))
        except OSError as error:
            raise click.UsageError(
                tell(say("{file}: {strerror}", file=manner.log, strerror=error.strerror))
            ) from error
        handlers[1].setFormatter(_Escaping(TIMED, DAY))
    before = ours.level
    ours.setLevel(logging.DEBUG)
    for handler in handlers:
        ours.addHandler(handler)
    try:
        yield
    finally:
        ours.setLevel(before)
        for handler in handlers:
            ours.removeHandler(handler)
            handler.close()


def on_terminal() -> bool:
    """Whether stderr is there, and a person looks at it."""
    return sys.stderr is not None and sys.stderr.isatty()


class _Stderr(logging.Handler):
    """Writes each line to stderr as it is at that moment; where nobody takes it, nothing is lost but that."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            click.echo(self.format(record), err=True)
        except OSError:
            give_up(sys.stderr)


class _Log(logging.Handler):
    """Adds each line to a file; that this fails is said once, and ends nothing."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8", newline="\n")
        super().__init__()
        self._path = path
        self._failed = False

    def emit(self, record: logging.LogRecord) -> None:
        try:
            print(self.format(record), file=self._file, flush=True)
        except OSError as error:
            if not self._failed:
                self._failed = True
                note(say("{file}: {strerror}", file=self._path, strerror=error.strerror), logging.ERROR)

    def close(self) -> None:
        super().close()
        with suppress(OSError):
            self._file.close()


class _Escaping(logging.Formatter):
    """Writes out what a terminal would obey."""

    def format(self, record: logging.LogRecord) -> str:
        return escaped(super().format(record))
