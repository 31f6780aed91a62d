"""Layouts kept as data: a printed heading in, the field, fiscal column or banner that it means out."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from shinchoku.fiscal import FiscalColumn, find_years
from shinchoku.text import halve_digits, squeeze

LONGEST_TITLE = 45
"""A line with more characters is no title of a pillar or an initiative."""
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


@cache
def _patterns(file: str, table: str, key: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = tomllib.loads((Path(__file__).with_name(file)).read_text(encoding="utf-8"))
    return tuple((entry[key], re.compile(entry["pattern"])) for entry in data[table])


def _narrow(text: str) -> str:
    return halve_digits(text).translate(_NARROW)


@cache
def field(path: str) -> str | FiscalColumn | None:
    """The field or fiscal column a heading path (parts joined by "/") means; None where no layout knows it,
    or where it is a sentence."""
    text = squeeze(_narrow(path))
    if len(text) > LONGEST or "。" in text:
        return None
    years = find_years(text)
    for name, pattern in _patterns("headings.toml", "field", "name"):
        if pattern.search(text) and not (years and name in UNDATED):
            return name
    if years:
        for role, pattern in _patterns("headings.toml", "role", "name"):
            if pattern.search(text):
                return FiscalColumn(years[-1].year, role)
    return None


def one_line(text: str) -> str:
    """A heading on one line: its breaks gone between Japanese characters, else spaces; of a run of spaces
    the first kept."""
    joined = re.sub(r"(?<=[^\x00-\x7f])\n|\n(?=[^\x00-\x7f])", "", text).replace("\n", " ")
    return re.sub(r"(\s)\s+", r"\1", joined.strip())


@lru_cache(maxsize=8192)
def banner(text: str) -> Banner | None:
    """What the heading `text` announces; None where it is no banner. The title is kept as printed, on one
    line."""
    flat = one_line(text)
    for kind, pattern in _patterns("banners.toml", "banner", "kind"):
        found = pattern.match(_narrow(flat))
        if found:
            groups: Mapping[str, str | None] = found.groupdict()
            start, end = found.span("title") if "title" in groups else (0, 0)
            title = flat[start:end].strip(" 　:：")
            no = flat[slice(*found.span("no"))] if groups.get("no") else ""
            style = re.sub(r"\d+", "0", re.sub("[①-⑳]", "①", _narrow(flat[:start]))).lstrip()
            return Banner(kind, no, title, style)
    return None


def sheet_row(head: str) -> str | None:
    """What a goal sheet's row head says stands beside it: goal, numeric_target or direction."""
    text = re.sub(r"\(.*?\)", "", squeeze(_narrow(head)))
    for kind, pattern in _patterns("banners.toml", "sheet", "kind"):
        if pattern.match(text):
            return kind
    return None


def may_be_title(text: str) -> bool:
    """Whether a line may be the title of a pillar or an initiative: short, no sentence and no note."""
    return 0 < len(text) <= LONGEST_TITLE and not text.endswith("。") and text[0] not in "※＊*(（"


def is_contents_line(text: str) -> bool:
    """Whether a line is one of a table of contents: a title, leaders, a page number."""
    return re.search(r"[・.．…‥]{2,}\s*\d+\s*$", halve_digits(text).replace(" ", "")) is not None
