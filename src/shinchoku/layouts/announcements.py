"""A text of the page in, what it says as a heading out: read once, asked by every room that comes after."""

import re
from dataclasses import dataclass
from functools import lru_cache

from shinchoku.layouts import Layouts
from shinchoku.text import halve_digits, squeeze

LONGEST_TITLE = 45
"""A line with more characters is no title of a pillar or an initiative."""
OUTER = ("sample", "goal", "pillar", "plan")
"""Kinds of headings that stand over others, outermost first."""

_CONTINUED = re.compile(
    r"\s*[(（〔【\[［]\s*(続き?|つづき|前(頁|ページ)(から|より|の続き))\s*[)）〕】\]］]\s*$"
)
_CLOSING = (")", "）", "〕", "】", "]", "］")
"""Each ends what _CONTINUED finds."""
_REPOSTED = "再掲"
"""What is in all that _REPOST finds."""
_REPOST = re.compile(
    r"[【\[(（〔［](?:再掲[:：\s]\s*(?P<of>[^】\])）〕］\n]+)|(?P<before>[^】\])）〕］【\[(（〔［]*?)の?再掲)[】\])）〕］]"
    r"|(?:^|(?<=\n))\s*[※＊★]?再掲\s*(?:\n|$)"
)
_SOURCE = re.compile(r"(\d+)\s*-\s*(\d+)|(\d+)")
_WORDS = {"goal": "基本目標 ", "pillar": "施策の柱 ", "plan": "計画"}


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a text says as a heading. `kind` is what it announces (sample, goal, pillar, plan, section,
    initiative), "" for nothing; `no` and `title` are as printed on one line, without marks; `style` is how
    the number is set, as in `layouts.Banner`. `text` is the whole text without the 続き that a heading gains
    where it is repeated (`continued`), `unposted` the whole without its 再掲 marks, `bare` without either;
    `repost_of` is what such a mark points to ("12-1", "" where it names nothing), None where there is none.
    `short`: it may be a title, being no sentence and no note. `beside` is what a goal sheet says stands
    beside it, "" where this is no row head of one."""

    kind: str = ""
    no: str = ""
    title: str = ""
    style: str = ""
    text: str = ""
    unposted: str = ""
    bare: str = ""
    continued: bool = False
    repost_of: str | None = None
    short: bool = False
    beside: str = ""

    @property
    def key(self) -> tuple[str, str, str] | None:
        """What tells a heading from others, None for a text that is none: a numbered line is one only where
        it may be a title."""
        if not self.kind or (self.kind == "initiative" and not self.short):
            return None
        return self.kind, self.no, squeeze(self.title)


SILENT = Announcement()
"""What no text says."""


@lru_cache(maxsize=8192)
def announcement(text: str, layouts: Layouts) -> Announcement:
    """What a text says as a heading; a line of a table of contents announces nothing."""
    if not text:
        return SILENT
    first = _CONTINUED.sub("", text) if text.rstrip().endswith(_CLOSING) else text
    bare = without_marks(first)
    found = None if _is_contents_line(text) else layouts.banner(bare)
    return Announcement(
        kind=found.kind if found else "",
        no=found.no if found else "",
        title=found.title if found else bare,
        style=found.style if found else "",
        text=first,
        unposted=bare if first == text else without_marks(text),
        bare=bare,
        continued=first != text,
        repost_of=repost_of(first),
        short=0 < len(text) <= LONGEST_TITLE and not text.endswith("。") and text[0] not in "※＊*(（",
        beside=layouts.sheet_row(text),
    )


def named(kind: str, text: str, layouts: Layouts) -> Announcement:
    """What a text says below a heading that says goal, pillar or plan for all that stand there."""
    return announcement(_WORDS[kind] + text, layouts)


def repost_of(text: str) -> str | None:
    """What a repost mark in `text` points to ("12-1", "" where it names nothing); None where there is no
    mark."""
    found = _REPOST.search(text) if _REPOSTED in text else None
    if found is None:
        return None
    source = _SOURCE.search(halve_digits(found["of"] or found["before"] or ""))
    return "-".join(n for n in source.groups() if n) if source else ""


def without_marks(text: str) -> str:
    """`text` without its repost marks, and without the lines they leave empty."""
    bare = _REPOST.sub("", text) if _REPOSTED in text else text
    return "\n".join(line.strip() for line in bare.split("\n") if line.strip())


def _is_contents_line(text: str) -> bool:
    """Whether a line is one of a table of contents: a title, leaders, a page number."""
    return re.search(r"[・.．…‥]{2,}\s*\d+\s*$", halve_digits(text).replace(" ", "")) is not None
