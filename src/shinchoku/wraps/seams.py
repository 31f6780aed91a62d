"""Two printed lines in, what the signs on both sides of their seam say about it out."""

import re

from shinchoku.parts import TextLine
from shinchoku.text import NO_LINE_END, display_width

NARROW, WIDE = 0.25, 1.0
"""A space and an ideographic space are as wide, in ems."""
DIGIT = 0.55
"""A half-width figure is about as wide, in ems."""
SLACK = 0.08
"""A piece counts as fitting when this many ems would have been left over."""
RUBY = 0.4
"""Ruby ends this many ems above or below the upper side of its base at most."""
RUBY_SIZE = 0.65
"""And is no more than this share of its base's size."""
TAB = 1.0
"""A gap that leaves a line this many ems longer than its signs are wide was left by its author."""
BULLET = "●○◆◇■□▶►※"
"""A line that begins so is an item of its own."""
GROUP = 3
"""Figures between the commas of a number."""
NEVER_FIRST = "、。，．,.!?！？)）〕】]］」』〉》}｝%％ー"
"""No author begins a line so: where a line does, a program that knows no kinsoku wrapped it."""

_TABBED = re.compile(r"[ \u3000](?=\S*[0-9０-９])\S{1,9}$")
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・ \u3000]+")
_AMOUNT = re.compile(r"[(（]?[△▲+＋\-−－]?[0-9０-９][0-9０-９,，.．]*[%％]?[)）]?")
_NUMBER_LAST = re.compile(r"[0-9][0-9,.]*$")
_NUMBER_FIRST = re.compile(r"[0-9,.]*[0-9]")
_GROUPS_CUT = re.compile(r"[△▲+＋\-−－]?[0-9]{1,3}(?:,[0-9]{3})*,([0-9]{1,2})")
_GROUPS_REST = re.compile(r"([0-9]{1,2})(?:,[0-9]{3})*[^0-9,，.．]{0,2}")
_ITEM = re.compile(r"[(（]?(?:[0-9０-９]{1,3}|[ア-ンa-z①-⑳])[)）.．]?")


def fits(above: TextLine, below: TextLine, room: float) -> bool:
    """Whether the first unbreakable piece of `below` would still have fitted behind `above`, which leaves
    `room` points."""
    space = 0.0
    if above.space or lost_space(above.text, below.text):
        space = WIDE if above.space == "\u3000" else NARROW
    return below.head_strict + SLACK * below.size <= room - space * above.size


def verdict(above: TextLine, below: TextLine, room: float) -> bool | None:
    """Whether the author broke between two lines, the first of which leaves `room` points; None where the
    seam alone does not say."""
    if below.text[0] in BULLET:
        return True
    if below.text[0] in NEVER_FIRST or above.text[-1] in NO_LINE_END or _is_number_alone(above):
        return False
    if room <= 2 * DIGIT * above.size and _is_group_cut(above, below):
        return False
    if fits(above, below, room):
        return True
    number = _number_across(above, below)
    if number:
        return number <= room + above.length or room >= DIGIT * above.size
    if _AMOUNT.fullmatch(above.text) and _AMOUNT.fullmatch(below.text):
        return True
    return False if _is_inside(above.text[-1], below.text[0]) else None


def is_ruby(line: TextLine, base: TextLine) -> bool:
    """Whether a line is the reading of what stands right below it: small kana over it, no wider than it."""
    over = base.box[0] - base.size <= line.box[0] and line.box[2] <= base.box[2] + base.size
    near = abs(line.box[3] - base.box[1]) <= RUBY * base.size
    small = line.size <= RUBY_SIZE * base.size
    return (
        small and over and near and line.upright and base.upright and _KANA.fullmatch(line.text) is not None
    )


def ends_in_amount(line: TextLine) -> bool:
    """Whether the last word of a line of several is short and holds a number."""
    return _TABBED.search(line.text) is not None


def is_tabbed(line: TextLine) -> bool:
    """Whether a line ends with an amount set off from its text by a wide gap, as a tab does."""
    gap = line.length - display_width(line.text) / 2 * line.size
    return gap > TAB * line.size and ends_in_amount(line)


def lost_space(above: str, below: str) -> bool:
    """Whether a wrap here swallowed a space: between two Latin words, or behind a sign set off on its
    left."""
    if above[-1].isascii() and below[0].isascii() and above[-1].isalpha() and below[0].isalpha():
        return True
    return len(above) > 1 and above[-2] == " " and not above[-1].isalnum()


def has_open_bracket(text: str) -> bool:
    last = text.rsplit("\n", 1)[-1]
    return len(re.findall(r"[(（〔【\[「『〈＜<]", last)) > len(re.findall(r"[)）〕】\]」』〉＞>]", last))


def _is_number_alone(line: TextLine) -> bool:
    """Whether a line is nothing but an item's number, set off from what comes next by a space."""
    return line.space != "" and _ITEM.fullmatch(line.text) is not None


def _number_across(above: TextLine, below: TextLine) -> float:
    """How many points the number would be wide that goes on over the seam, 0 where none does. A line may
    break within a number set in full-width figures, but within no other that fits on a line of its own."""
    start, end = _NUMBER_LAST.search(above.text), _NUMBER_FIRST.match(below.text)
    if above.space or not start or not end:
        return 0.0
    parts = ((above, start), (below, end))
    return sum(min(line.length, DIGIT * line.size * len(part.group())) for line, part in parts)


def _is_group_cut(above: TextLine, below: TextLine) -> bool:
    """Whether two lines are one number, the seam within three figures between commas: 987,6|54."""
    start, end = _GROUPS_CUT.fullmatch(above.text), _GROUPS_REST.fullmatch(below.text)
    return bool(not above.space and start and end and len(start.group(1) + end.group(1)) == GROUP)


def _is_inside(a: str, b: str) -> bool:
    """Whether a seam between these characters cuts a number, a Latin word, or a number from its unit."""
    return ((a + b).isascii() and (a + b).isalnum()) or (a.isdigit() and b.isalpha())
