"""A cell in; what it means as a heading of a sheet out, found when it is asked for: of most cells of most
tables nobody asks."""

from collections.abc import Sequence

from shinchoku.cells import Cell
from shinchoku.layouts import Layouts, Means, Option
from shinchoku.layouts.wordings import YEAR
from shinchoku.layouts.years import dated

NAMING = ("indicator", "initiative")
"""What names a record, likelier first."""


class Meant(dict[Cell, Means]):
    """What each cell means, None for one that is no heading. `near` is as in Layouts.options."""

    def __init__(self, near: int | None, layouts: Layouts) -> None:
        super().__init__()
        self._near, self._layouts = near, layouts
        self._naming = [known.pattern for known in layouts.fields if known.means in NAMING]

    def __missing__(self, cell: Cell) -> Means:
        found = self._layouts.options([cell.said.text], self._near) if cell.text else ()
        plain = anywhere(found)
        year = YEAR if any(o.means == YEAR for o in found) else None
        self[cell] = means = plain[0].means if plain else year
        return means

    def names(self, cell: Cell) -> bool:
        """Whether a cell says what names records; what has none of the wordings is not asked for more."""
        text = cell.said.text
        if cell not in self and ("。" in text or not self._has_wording(dated(text, self._near).rest)):
            return False
        return self[cell] in NAMING

    def _has_wording(self, rest: str) -> bool:
        return any(pattern.search(rest) for pattern in self._naming)


def anywhere(options: Sequence[Option]) -> list[Option]:
    """What headings may mean where no column stands before another: what may stand anywhere comes first."""
    return sorted((o for o in options if not o.cells), key=lambda o: o.place == "lead")
