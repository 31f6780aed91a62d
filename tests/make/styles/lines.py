"""A text and a width in, the lines it is broken into out, by more or less of the rules for Japanese lines."""

import re
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

NOT_FIRST = "、。，．,.!?！？)）〕】]］」』〉》}｝%％・：；:;々〻ゝゞヽヾ"
SMALL = "ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
NOT_LAST = "(（〔【[［「『〈《{｛"
HANGING = "、。，．"
SPACES = " \u3000"


@cache
def _ready(font: str) -> bool:
    if font.startswith("Heisei"):
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    return True


@cache
def width(text: str, font: str, size: float) -> float:
    """How wide the text is in points."""
    _ready(font)
    return float(pdfmetrics.stringWidth(text, font, size))


def broken(
    text: str, room: float, font: str, size: float, kinsoku: str, hang: bool
) -> list[tuple[str, bool]]:
    """The lines of `text` in a column `room` points wide, and of each whether it was wrapped (not ended by
    the author). `kinsoku` is none, basic or strict."""
    out: list[tuple[str, bool]] = []
    for paragraph in text.split("\n"):
        lines = _wrapped(paragraph, room, font, size, kinsoku, hang)
        out += [(line, i + 1 < len(lines)) for i, line in enumerate(lines)]
    return out


def _wrapped(text: str, room: float, font: str, size: float, kinsoku: str, hang: bool) -> list[str]:
    lines = [""]
    for piece in _pieces(text, kinsoku):
        tried = lines[-1] + piece
        ink = tried.rstrip(SPACES)
        measured = ink.rstrip(HANGING) if hang else ink
        if lines[-1] and width(measured, font, size) > room:
            lines.append(piece)
        else:
            lines[-1] = tried
        while (
            width(lines[-1], font, size) > room and not _pieces(lines[-1], kinsoku)[1:] and len(lines[-1]) > 1
        ):
            fit = max(
                n for n in range(1, len(lines[-1])) if n == 1 or width(lines[-1][:n], font, size) <= room
            )
            lines[-1:] = [lines[-1][:fit], lines[-1][fit:]]
    return lines


def _pieces(text: str, kinsoku: str) -> list[str]:
    """What may not be broken: words of half-width letters, and what the rules glue together."""
    atoms = re.findall(r"[!-~]+[ \u3000]*|[^!-~][ \u3000]*", text)
    if kinsoku == "none":
        return re.findall(r"[0-9A-Za-z,.]+[ \u3000]*|.[ \u3000]*", text)
    first = NOT_FIRST + (SMALL if kinsoku == "strict" else "")
    out: list[str] = []
    for atom in atoms:
        if out and (atom[0] in first or out[-1][-1] in NOT_LAST):
            out[-1] += atom
        else:
            out.append(atom)
    return out
