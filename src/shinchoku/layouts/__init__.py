"""Layouts kept as data: a printed heading in, the field, fiscal column or banner that it means out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shinchoku.fiscal import FiscalColumn
from shinchoku.layouts.headings import Means, Option, YearColumn, options, stacked_roles
from shinchoku.layouts.wordings import ASIDE, LEADING, TEXTS, YEARS, Wording
from shinchoku.text import halve_digits, squeeze

__all__ = [
    "ASIDE",
    "LEADING",
    "TEXTS",
    "YEARS",
    "Banner",
    "Layouts",
    "Means",
    "Option",
    "Wording",
    "YearColumn",
    "one_line",
]

ASKED = 16_384
"""So many headings are remembered with what they may mean; then all are asked anew."""
LONGEST_PAIR = 12
"""No label of two roles has more characters."""
_NARROW = str.maketrans("［］〈〉＜＞", "[]<><>")


@dataclass(frozen=True, slots=True)
class Banner:
    """What a heading announces: its kind (sample, plan, goal, pillar, section, initiative), number and title,
    as printed. `style` is how the number is set: what stands before the title, 0 for any number; it ends in
    0 where the title follows the number at once."""

    kind: str
    no: str
    title: str
    style: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Layouts:
    """The layouts that apply to a report, compiled; of several wordings that fit a text the first one wins.
    `words` are the lists of words that files hold beside wordings, `files` those of one's own that may hold
    words of quantities too. Make it with `layouts.files.load`."""

    fields: tuple[Wording, ...]
    roles: tuple[Wording, ...]
    banners: tuple[Wording, ...]
    sheets: tuple[Wording, ...]
    words: Mapping[str, tuple[str, ...]]
    files: tuple[Path, ...] = ()
    _asked: dict[tuple[tuple[str, ...], int | None], tuple[Option, ...]] = field(
        default_factory=dict, repr=False
    )

    def options(self, parts: Sequence[str], near: int | None = None) -> tuple[Option, ...]:
        """What a heading may mean, likeliest first: `parts` are the headings above each other, the outermost
        first, `near` is a year that numbers without an era (25年度) are near to."""
        key = tuple(parts), near
        if key not in self._asked:
            if len(self._asked) >= ASKED:
                self._asked.clear()
            self._asked[key] = options(parts, near, self.fields, self.roles)
        return self._asked[key]

    def field(self, path: str, near: int | None = None) -> Means:
        """The likeliest meaning of a heading path (parts joined by "/"), wherever it stands; None where no
        layout knows it, or where it is a sentence."""
        return next((o.means for o in self.options(path.split("/"), near) if not o.cells), None)

    def label(self, text: str) -> Means:
        """What a label of a row says its cells are: a role (目標値, R5実績), achievement, progress or note,
        or of which year; None for any other text."""
        found = [o.means for o in self.options((text,)) if not o.cells]
        role = next((m for m in found if isinstance(m, FiscalColumn)), None)
        texts = (m for m in found if isinstance(m, YearColumn) or m in ("achievement", "progress", "note"))
        return role or next(texts, None)

    def two_labels(self, text: str) -> tuple[str, ...]:
        """The roles of the upper and the lower line of a row whose label says both on a line each (計画 over
        実績); none for a label of one role."""
        flat = squeeze(text)
        if len(flat) > LONGEST_PAIR or isinstance(self.label(flat), FiscalColumn):
            return ()
        for at in range(1, len(flat)):
            upper = self.label(flat[:at])
            lower = self.label(flat[at:]) if isinstance(upper, FiscalColumn) else None
            pair = [m for m in (upper, lower) if isinstance(m, FiscalColumn) and m.year is None]
            if len(pair) == len({m.role for m in pair}) == 2:
                return pair[0].role, pair[1].role
        return ()

    def stacked(self, text: str) -> tuple[str, ...]:
        """The roles of the upper and the lower line of each cell, where a text says both."""
        return stacked_roles(text, self.roles)

    def banner(self, text: str) -> Banner | None:
        """What the heading `text` announces; None where it is no banner. The title is kept as printed, on
        one line."""
        flat = one_line(text)
        narrow = _narrow(flat)
        for known in self.banners:
            found = known.pattern.match(narrow)
            if found:
                groups: Mapping[str, str | None] = found.groupdict()
                start, end = found.span("title") if "title" in groups else (0, 0)
                title = flat[start:end].strip(" 　:：")
                no = flat[slice(*found.span("no"))] if groups.get("no") else ""
                style = re.sub(r"\d+", "0", re.sub("[①-⑳]", "①", narrow[:start])).lstrip()
                return Banner(known.means, no, title, style)
        return None

    def sheet_row(self, head: str) -> str:
        """What a goal sheet's row head says stands beside it: goal, numeric_target or direction; "" where it
        is none."""
        text = re.sub(r"\(.*?\)", "", squeeze(_narrow(head)))
        return next((known.means for known in self.sheets if known.pattern.match(text)), "")


def _narrow(text: str) -> str:
    return halve_digits(text).translate(_NARROW)


def one_line(text: str) -> str:
    """A heading on one line: its breaks gone between Japanese characters, else spaces; of a run of spaces
    the first kept."""
    joined = re.sub(r"(?<=[^\x00-\x7f])\n|\n(?=[^\x00-\x7f])", "", text).replace("\n", " ")
    return re.sub(r"(\s)\s+", r"\1", joined.strip())
