"""What a command does with the folder of PDFs, or that of the output, in; the option that names it out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Option = Callable[[Callable[..., Any]], Callable[..., Any]]


def raw_option(said: str) -> Option:
    """`--raw`, the folder of PDFs."""
    return _folder("--raw", "raw_pdfs", said)


def data_option(said: str = "Folder that `shinchoku extract` wrote.") -> Option:
    """`--data`, the folder of the output that is there."""
    return _folder("--data", "normalized", said)


def _folder(name: str, default: str, said: str) -> Option:
    return click.option(
        name,
        type=click.Path(file_okay=False, path_type=Path),
        default=Path(default),
        show_default=True,
        help=said,
    )
