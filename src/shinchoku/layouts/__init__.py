"""Layouts kept as data: a printed heading in, the field, fiscal column or banner that it means out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from shinchoku.fiscal import FiscalColumn, find_years
from shinchoku.text import halve_digits, squeeze

LONGEST = 60
"""No column heading has more characters."""
UNDATED = {"goal", "pillar", "plan", "initiative"}
"""What no year qualifies: a heading that names a year too is that of a fiscal column (令和元年度/計画)."""
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


@dataclass(frozen=True, slots=True)
class Wording:
    """An entry of a layout file: a text in which `pattern` is found means `means`."""

    means: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Layouts:
    """The layouts that apply to a report, compiled; of several wordings that fit a text the first one wins.
    `words` are the lists of words that files hold beside wordings. Make it with `layouts.files.load`."""

    fields: tuple[Wording, ...]
    roles: tuple[Wording, ...]
    banners: tuple[Wording, ...]
    sheets: tuple[Wording, ...]
    words: Mapping[str, tuple[str, ...]]
    _asked: dict[str, str | FiscalColumn | None] = field(default_factory=dict, repr=False)

    def field(self, path: str) -> str | FiscalColumn | None:
        """The field or fiscal column a heading path (parts joined by "/") means; None where no layout knows
        it, or where it is a sentence."""
        if path not in self._asked:
            self._asked[path] = self._field(path)
        return self._asked[path]

    def _field(self, path: str) -> str | FiscalColumn | None:
        text = squeeze(_narrow(path))
        if len(text) > LONGEST or "。" in text:
            return None
        years = find_years(text)
        for known in self.fields:
            if known.pattern.search(text) and not (years and known.means in UNDATED):
                return known.means
        if years:
            for known in self.roles:
                if known.pattern.search(text):
                    return FiscalColumn(years[-1].year, known.means)
        return None

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
