"""What a command does with the folder of PDFs, or that of the output, in; the options that name it, the
arguments that name reports in it, and the list of decisions in it, out."""

from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePath
from typing import Any

import click

Called = str | tuple[str, ...] | None
Option = Callable[[Callable[..., Any]], Callable[..., Any]]

renames_option = click.option(
    "--renames",
    type=click.Path(path_type=Path, dir_okay=False),
    help="What people decided about pairs of rows.  [default: DATA/renames.csv, if there is one]",
)


def raw_option(said: str) -> Option:
    """`--raw`, the folder of PDFs."""
    return _folder("--raw", "raw_pdfs", said)


def data_option(said: str = "Folder that `shinchoku extract` wrote.", *, exists: bool = False) -> Option:
    """`--data`, the folder of the output that is there; click says so where it must be and is not."""
    return _folder("--data", "normalized", said, exists)


def _folder(name: str, default: str, said: str, exists: bool = False) -> Option:
    return click.option(
        name,
        type=click.Path(file_okay=False, exists=exists, path_type=Path),
        default=Path(default),
        show_default=True,
        help=said,
    )


def decided_in(data: Path, renames: Path | None) -> Path | None:
    """The list that `renames_option` names, or else the one that lies in the folder `data`."""
    default = data / "renames.csv"
    return renames or (default if default.exists() else None)


def _as_ids(ctx: click.Context, param: click.Parameter, called: Called) -> Called:
    if isinstance(called, tuple):
        return tuple(PurePath(each).as_posix() for each in called)
    return called and PurePath(called).as_posix()


def _there(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from shinchoku.dataset.publish import report_names

    data = Path(ctx.params.get("data") or "normalized")
    return [name for name in report_names(data) if name.startswith(incomplete)] if data.is_dir() else []


report_argument = partial(click.argument, callback=_as_ids, shell_complete=_there)
"""An argument that is a report's id, or several: written as a path of this system or not, and completed by
the shell."""
