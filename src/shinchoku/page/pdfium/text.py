"""A page's characters as PDFium tells them, and its text objects, in; columns of glyphs out."""

import ctypes
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from shinchoku.page import Bools, Floats
from shinchoku.page.canvas import OFF, UNPAINTED, Drawn, FullError, rise
from shinchoku.page.geometry import Frame, Matrix
from shinchoku.page.letters import STANDARD_FONTS, UNREADABLE
from shinchoku.page.oddities import UNNAMED, passed_over
from shinchoku.page.pdfium import calls
from shinchoku.page.pdfium.walk import Run
from shinchoku.page.strikes import OFFSET, SHADOW
from shinchoku.problems import Problem

BREAK_HYPHEN = 2
"""PDFium's stand-in for a hyphen at the end of a line."""
HANGING = 0.1
"""A glyph whose origin lies this many ems before and below the pen is set downwards."""
LOW = -0.12
"""The em box of a glyph reaches this far below its line, in ems, as that of most Japanese fonts does. (PDFium
does not tell what a font itself says, only a guess from the letters used where it says nothing.)"""
SAME = 0.02
"""Widths that differ by no more than this share of the font size are the same."""


@dataclass(slots=True)
class _Chars:
    """Characters of text pages: their texts, which text object each belongs to, the text page (a handle, 0
    for none) and its number there, and three numbers each: origin x and y, and the right side of PDFium's
    loose box, in page space."""

    text: list[str] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    number: list[tuple[int, int]] = field(default_factory=list)
    place: "array[float]" = field(default_factory=lambda: array("d"))


def read_glyphs(
    text_pages: Sequence[int], runs: Mapping[int, Run], seen: Frame, limit: int, drawn: Drawn
) -> tuple[Drawn, list[Problem]]:
    """`drawn` with the glyphs of text pages (handles) of at most `limit` characters, in paint order, and
    what PDFium passed over. Raises FullError."""
    if sum(calls.count_chars(text_page) for text_page in text_pages) > limit:
        raise FullError
    painted = list(runs.values())
    numbers = {thing: number for number, thing in enumerate(runs)}
    chars = _Chars()
    for text_page in text_pages:
        _add_characters(chars, text_page, numbers)
    problems = _add_spaces(chars, painted, seen)
    page = seen.matrix
    owner = np.array(chars.owner, dtype=np.int64)
    place = np.array(chars.place).reshape(-1, 3)
    table = np.array([(*r.matrix, r.size, r.shade, r.step, *r.clip) for r in painted]).reshape(-1, 13)[owner]
    boxes, down = _boxes(chars, place, table, [run.font for run in painted], page)
    fonts = {font: number for number, font in enumerate(dict.fromkeys(run.font for run in painted))}
    names = {font: _name(font) for font in fonts}
    lent = {name for font, name in names.items() if not calls.font_is_embedded(font)} - STANDARD_FONTS
    a, b, c, d, _, _, size, shade, step = table[:, :9].T
    state = np.array([run.state for run in painted], dtype=np.float64)[owner]
    turn = np.degrees(np.arctan2(b * np.sign(size), a * np.sign(size)))
    order = np.argsort(step, kind="stable")
    glyphs = replace(
        drawn,
        text=[chars.text[i] for i in order.tolist()],
        boxes=boxes[order],
        size=(np.abs(size) * rise(a, b, c, d))[order],
        font=np.array([fonts[run.font] for run in painted], dtype=np.int64)[owner][order],
        fonts=tuple(names.values()),
        lent=frozenset(lent),
        turn=((np.nan_to_num(turn) / 90).round().astype(np.int16) % 4 * 90)[order],
        angle=np.nan_to_num(turn)[order],
        down=down[order],
        mirrored=(a * d - b * c > 0)[order],
        shade=shade[order],
        hidden=(state == UNPAINTED)[order],
        off=(state == OFF)[order],
        step=step[order],
        clip=table[order, 9:],
        note=np.array([run.note for run in painted], dtype=np.int16)[owner][order],
    )
    return glyphs, problems


def _add_characters(found: _Chars, text_page: int, numbers: Mapping[int, int]) -> None:
    """Add the characters that the file prints; spaces and line ends that PDFium puts in between are left out,
    and several letters at one place are one glyph's."""
    chars = _Chars()
    count = calls.count_chars(text_page)
    places = calls.Places(count)
    for i in range(count):
        owner = numbers.get(calls.char_object(text_page, i))
        if owner is None:
            continue
        code = calls.char_unicode(text_page, i)
        if code == 32 and calls.char_generated(text_page, i):
            continue
        if code == BREAK_HYPHEN and calls.char_is_hyphen(text_page, i):
            chars.text.append("-")
        elif code > 0x10FFFF or calls.char_unknown(text_page, i):
            chars.text.append(UNREADABLE)
        else:
            chars.text.append(chr(code))
        chars.owner.append(owner)
        chars.number.append((text_page, i))
        places.take(text_page, i)
    _add_joined(found, chars, places.table([i for _, i in chars.number]))


def _add_joined(found: _Chars, chars: _Chars, place: Floats) -> None:
    """Add the characters at their places (x, y, right side), those that follow each other at one place as
    one."""
    owner = np.array(chars.owner)
    same = np.zeros(len(owner), dtype=np.bool_)
    same[1:] = (owner[1:] == owner[:-1]) & (place[1:, :2] == place[:-1, :2]).all(axis=1)
    text = chars.text
    if same.any():
        starts = np.flatnonzero(~same)
        ends = [*starts[1:].tolist(), len(text)]
        text = [_one("".join(text[a:b])) for a, b in zip(starts.tolist(), ends, strict=True)]
    found.text += text
    found.owner += owner[~same].tolist()
    found.number += [chars.number[i] for i in np.flatnonzero(~same).tolist()]
    found.place.frombytes(place[~same].tobytes())


def _one(text: str) -> str:
    """The same text, the two halves of a character beyond U+FFFF (𠮷) as that character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _add_spaces(chars: _Chars, painted: Sequence[Run], seen: Frame) -> list[Problem]:
    """Add the spaces that stand all by themselves: text objects from which no character comes, if they are
    not another one struck again. In a font that is not in the file they may be letters that PDFium has no
    outline for."""
    used = set(chars.owner)
    starts = np.array([painted[number].matrix[4:] for number in used]).reshape(-1, 2)
    starts = starts[np.argsort(starts[:, 0])]
    m = seen.matrix
    doubtful = 0
    for number, run in enumerate(painted):
        if number in used or run.size == 0 or _is_restruck(run, starts):
            continue
        doubtful += not calls.font_is_embedded(run.font)
        e, f = run.matrix[4] - m[4], run.matrix[5] - m[5]
        x, y = m[0] * e + m[1] * f, m[2] * e + m[3] * f  # the matrix of a page only turns and mirrors
        chars.text.append(" ")
        chars.owner.append(number)
        chars.number.append((0, 0))
        chars.place.extend((x, y, x))
    return [passed_over(seen.number, doubtful)] if doubtful else []


def _is_restruck(run: Run, starts: Floats) -> bool:
    """Whether a text object begins a hair's breadth from one of these places (x and y, ascending by x), or is
    off it as a shadow is, both ways: PDFium gives the characters of a shadow once."""
    x, y = run.matrix[4:]
    reach = SHADOW * abs(run.size)
    first, last = np.searchsorted(starts[:, 0], (x - reach, x + reach))
    aside, down = np.abs(starts[first:last] - (x, y)).T
    hair = np.maximum(aside, down) <= OFFSET * abs(run.size)
    return bool((hair | ((down <= reach) & (np.minimum(aside, down) > SAME * abs(run.size)))).any())


def _boxes(
    chars: _Chars, place: Floats, table: Floats, fonts: Sequence[int], page: Matrix
) -> tuple[Floats, Bools]:
    """Boxes (n x 4) on the page, one em high and as wide as the pen moves on, and which glyphs are set
    downwards: those hang from the pen, before and below it. A font of drawn glyphs (Type 3) that is set in
    mirror writing mirrors itself: its glyphs stand as others do."""
    a, b, c, d, e, f, size = table[:, :7].T
    x, y, right = place.T
    here_x, here_y = page[0] * x + page[2] * y + page[4], page[1] * x + page[3] * y + page[5]
    area = a * d - b * c
    em = np.where((area == 0) | (size == 0), 1.0, area * size)
    unnamed = {font for font in set(fonts) if _name(font) in UNNAMED}
    itself = (
        np.array([fonts[owner] in unnamed for owner in chars.owner], dtype=np.bool_) if unnamed else False
    )
    low = np.where(itself & (area > 0), -1 - LOW, LOW) * size
    ahead = (d * (here_x - e) - c * (here_y - f)) / em
    above = (a * (here_y - f) - b * (here_x - e)) / em
    down = (ahead < -HANGING) & (above < -HANGING)
    along = a * page[0] + b * page[1]
    upright = (along > 0) & (np.abs(a * page[2] + b * page[3]) < 0.01 * along)
    loose = np.where(upright, (right - x) / np.where(upright, along, 1.0), 0.0)
    wide = np.array(_widths(chars, fonts)) * size
    # a letter may have two widths in a font; the loose box has the right one unless ink sticks out of it
    for i in np.flatnonzero(upright & (loose > 0) & (np.abs(loose - wide) > SAME * np.abs(size))):
        if calls.ink_right(*chars.number[i]) < right[i] - SAME or wide[i] <= 0:
            wide[i] = loose[i]
    xs = np.stack([a * u + c * v + here_x for u in (0.0, wide) for v in (low, low + size)])
    ys = np.stack([b * u + d * v + here_y for u in (0.0, wide) for v in (low, low + size)])
    return np.column_stack([xs.min(axis=0), ys.min(axis=0), xs.max(axis=0), ys.max(axis=0)]), down


def _widths(chars: _Chars, fonts: Sequence[int]) -> list[float]:
    """How far the pen moves on for each glyph, in ems, by what the font says of its letter."""
    known: dict[tuple[int, str], float] = {}
    out = []
    for text, owner in zip(chars.text, chars.owner, strict=True):
        key = (fonts[owner], text)
        if key not in known:
            known[key] = calls.width_of(fonts[owner], ord(text[0]))
        out.append(known[key])
    return out


def _name(font: int) -> str:
    room = ctypes.create_string_buffer(256)
    calls.font_name(font, ctypes.addressof(room), len(room))
    return room.value.decode("utf-8", "replace")
