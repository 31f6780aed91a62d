"""The rows of `cells` in; the cells whose number was never printed out, as problems."""

import re
from collections.abc import Iterable, Iterator

from shinchoku.language import say
from shinchoku.problems import Problem, Severity
from shinchoku.rows import CellRow

_HASHES = re.compile(r"[#＃]{2,}")


def too_narrow(cells: Iterable[CellRow]) -> Iterator[Problem]:
    """Warnings on cells that hold ####, which a spreadsheet shows for a number wider than its column."""
    for cell in cells:
        if any(_HASHES.fullmatch(line) for line in cell.text.split()):
            yield Problem(
                Severity.WARNING,
                "too_narrow",
                say(
                    "the column was too narrow for the number, which is not in the file; ask who published it"
                ),
                *(cell.page, cell.table, cell.row, cell.col),
                printed=cell.text,
                box=cell.box,
            )
