"""Pages as they are read in; a bar a file on a terminal out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from shinchoku.language import say, tell

if TYPE_CHECKING:
    from shinchoku.workers.run import ProgressEvent


@contextmanager
def bars(shown: bool) -> "Iterator[Callable[[ProgressEvent], None]]":
    """Whom to tell of each page; nothing is drawn where it is not to be `shown`."""
    if not shown:
        yield lambda event: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(tell(say("pages"))),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, int] = {}

        def draw(event: "ProgressEvent") -> None:
            name = event.source.report_id
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=None)
            bar.update(tasks[name], completed=event.pages_done, total=event.page_count or None)  # type: ignore[arg-type]

        yield draw
