"""What a command does with the folder of PDFs, or that of the output, in; the options that name it, and the
list of decisions in it, out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

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
