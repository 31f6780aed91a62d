"""Made pages: text where it is put, marks, nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from shinchoku.page import Glyphs, Marks, Page
from shinchoku.text import is_cjk


@dataclass(frozen=True)
class Said:
    """A run of text painted at once: its first glyph's left top corner, size in points, quarter turns; `step`
    is the advance from glyph to glyph in ems where it is not the glyph's width. `down`: set downwards."""

    text: str
    x: float
    y: float
    size: float = 10.0
    font: str = "Gothic"
    turn: int = 0
    down: bool = False
    step: float = 0.0
    visible: bool = True
    struck: bool = False
    note: int = 0
    clipped: bool = False
    clip: int = 0


def glyphs_of(runs: Iterable[Said]) -> Glyphs:
    """The glyphs of the runs, in the order given: Japanese ones as wide as high, others half as wide."""
    rows: list[tuple[str, float, float, float, float, Said, int]] = []
    for number, run in enumerate(runs):
        at = 0.0
        for letter in run.text:
            em = run.size
            wide = em if is_cjk(letter) or letter == "\u3000" else em / 2
            advance = run.step * em if run.step else em if run.down else wide
            if run.down or run.turn == 1:
                box = (run.x, run.y + at, run.x + em, run.y + at + (em if run.down else wide))
            elif run.turn == 2:
                box = (run.x - at - wide, run.y, run.x - at, run.y + em)
            elif run.turn == 3:
                box = (run.x, run.y - at - wide, run.x + em, run.y - at)
            else:
                box = (run.x + at, run.y, run.x + at + wide, run.y + em)
            rows.append((letter, *box, run, number))
            at += advance
    return Glyphs(
        text=tuple(r[0] for r in rows),
        x0=np.array([r[1] for r in rows]),
        top=np.array([r[2] for r in rows]),
        x1=np.array([r[3] for r in rows]),
        bottom=np.array([r[4] for r in rows]),
        size=np.array([r[5].size for r in rows]),
        font=tuple(r[5].font for r in rows),
        turn=np.array([90 * r[5].turn for r in rows], dtype=np.int16),
        down=np.array([r[5].down for r in rows], dtype=np.bool_),
        visible=np.array([r[5].visible for r in rows], dtype=np.bool_),
        struck=np.array([r[5].struck for r in rows], dtype=np.bool_),
        note=np.array([r[5].note for r in rows], dtype=np.int16),
        clipped=np.array([r[5].clipped for r in rows], dtype=np.bool_),
        run=np.array([r[6] for r in rows], dtype=np.int64),
        clip=np.array([r[5].clip for r in rows], dtype=np.int64),
    )


def rule(x0: float, top: float, x1: float, bottom: float, shade: float = 0.0, filled: bool = False) -> Marks:
    """One stroke, or one filled box."""
    a, b, c, d, width, light = (np.array([v]) for v in (x0, top, x1, bottom, 0.0 if filled else 0.5, shade))
    return Marks(a, b, c, d, width, np.array([filled]), light)


def lattice(xs: Sequence[float], ys: Sequence[float]) -> Marks:
    """The rules of a table without merged cells."""
    return together(
        *(rule(xs[0], y, xs[-1], y) for y in ys),
        *(rule(x, ys[0], x, ys[-1]) for x in xs),
    )


def together(*marks: Marks) -> Marks:
    """All of them, in the order given."""
    names = [f.name for f in fields(Marks)]
    none = np.empty(0)
    parts = marks or (Marks(none, none, none, none, none, np.empty(0, dtype=np.bool_), none),)
    return Marks(**{name: np.concatenate([getattr(m, name) for m in parts]) for name in names})


def page_of(*runs: Said, marks: Marks | None = None, size: tuple[float, float] = (595.0, 842.0)) -> Page:
    return Page(1, *size, glyphs_of(runs), marks if marks is not None else together())
