"""What a person calls reports by in, a slash at the end and all; their ids, and those that a shell may offer,
out."""

from functools import partial
from pathlib import Path, PurePath

import click

Called = str | tuple[str, ...] | None


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
