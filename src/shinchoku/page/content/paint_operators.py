"""The operators of a content stream that set colours, build paths and paint them: operands in, marks out."""

import math
from collections.abc import Mapping

from pdfminer.pdftypes import dict_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name

from shinchoku.page.canvas import UNKNOWN
from shinchoku.page.content import colour, tokens
from shinchoku.page.content.colour import Space
from shinchoku.page.content.painter import Painter, State, floats
from shinchoku.page.content.text_operators import Operands, Operator
from shinchoku.page.geometry import Box
from shinchoku.page.paths import Subpath, extent, is_box

PLAIN = ("Normal", "Compatible")
"""Blend modes in which paint hides what is under it."""
EMPTY: Box = (math.inf, math.inf, -math.inf, -math.inf)


def clip_to(state: State, box: Box | None) -> None:
    """Narrow the clip to a box; a clip path that is no box counts as the box around it."""
    if box is None:
        return
    a, b = state.clip, box
    x0, y0, x1, y1 = max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
    state.clip = (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else EMPTY


# Graphics state


def _save(p: Painter, operands: Operands) -> None:
    p.saved.append(p.state)
    p.state = p.state.copy()


def _restore(p: Painter, operands: Operands) -> None:
    if p.saved:
        p.state = p.saved.pop()


def _concat(p: Painter, operands: Operands) -> None:
    a, b, c, d, e, f = floats(operands, 6)
    m, n, o, q, s, t = p.state.ctm
    p.state.ctm = (
        a * m + b * o, a * n + b * q, c * m + d * o, c * n + d * q, e * m + f * o + s, e * n + f * q + t,
    )  # fmt: skip


def _line_width(p: Painter, operands: Operands) -> None:
    (p.state.width,) = floats(operands, 1)


def _cap(p: Painter, operands: Operands) -> None:
    p.state.cap = int(tokens.number(operands[-1]))


def _extended(p: Painter, operands: Operands) -> None:
    """gs: line width, cap, font, the two opacities, blend mode and soft mask from a dictionary."""
    given = dict_value(dict_value(p.resources.get("ExtGState", {})).get(tokens.name(operands[-1])))
    state = p.state
    for key, field in (("ca", "fill_alpha"), ("CA", "stroke_alpha"), ("LW", "width"), ("LC", "cap")):
        value = resolve1(given.get(key))
        if isinstance(value, int | float):
            setattr(state, field, value)
    if "BM" in given or "SMask" in given:
        state.is_plain = (
            _name(given.get("BM", "Normal")) in PLAIN and _name(given.get("SMask", "None")) == "None"
        )
    font = resolve1(given.get("Font"))
    if isinstance(font, list) and len(font) == 2:
        state.face = p.faces.face(font[0])
        state.size = float(resolve1(font[1]))


def _name(value: object) -> str:
    found = resolve1(value)
    if isinstance(found, list) and found:
        found = resolve1(found[0])
    return str(literal_name(found)) if isinstance(found, PSLiteral | str) else ""


# Colours


def _device(given: Space, filling: bool) -> Operator:
    count = {colour.GREY: 1, colour.RGB: 3, colour.CMYK: 4}[given]

    def operator(p: Painter, operands: Operands) -> None:
        parts = floats(operands, count)
        if len(parts) == count:
            _set_space(p.state, given, filling)
            _set_shade(p.state, given.lightness(parts), filling)

    return operator


def _space(filling: bool) -> Operator:
    def operator(p: Painter, operands: Operands) -> None:
        given = colour.space(tokens.name(operands[-1]), dict_value(p.resources.get("ColorSpace", {})))
        _set_space(p.state, given, filling)
        _set_shade(p.state, given.initial, filling)

    return operator


def _components(filling: bool) -> Operator:
    def operator(p: Painter, operands: Operands) -> None:
        if operands[-1][:1] == b"/":  # a pattern
            _set_shade(p.state, UNKNOWN, filling)
        else:
            given = p.state.fill_space if filling else p.state.stroke_space
            _set_shade(p.state, given.lightness(floats(operands, len(operands))), filling)

    return operator


def _set_space(state: State, given: Space, filling: bool) -> None:
    if filling:
        state.fill_space = given
    else:
        state.stroke_space = given


def _set_shade(state: State, shade: float, filling: bool) -> None:
    shade = shade if math.isnan(shade) else min(max(shade, 0.0), 1.0)
    if filling:
        state.fill = shade
    else:
        state.stroke = shade


# Paths


def _start(p: Painter, operands: Operands) -> None:
    x, y = floats(operands, 2)
    a, b, c, d, e, f = p.state.ctm
    p.path.append(Subpath([a * x + c * y + e], [b * x + d * y + f]))


def _line(p: Painter, operands: Operands) -> None:
    x, y = floats(operands, 2)
    a, b, c, d, e, f = p.state.ctm
    part = _growing(p)
    part.xs.append(a * x + c * y + e)
    part.ys.append(b * x + d * y + f)


def _growing(p: Painter) -> Subpath:
    """The subpath a new piece is added to: the last one, or a new one from where a closed one began."""
    last = p.path[-1]
    if isinstance(last, Subpath) and not last.closed:
        return last
    x, y = (last.xs[0], last.ys[0]) if isinstance(last, Subpath) else last[:2]
    part = Subpath([x], [y])
    p.path.append(part)
    return part


def _curve(p: Painter, operands: Operands) -> None:
    """c, and v and y, which leave out one of the two control points: it lies on an end of the curve."""
    numbers = floats(operands, 6)
    a, b, c, d, e, f = p.state.ctm
    part = _growing(p)
    for x, y in zip(numbers[::2], numbers[1::2], strict=True):
        part.control.add(len(part.xs))
        part.xs.append(a * x + c * y + e)
        part.ys.append(b * x + d * y + f)
    end = len(part.xs) - 1
    part.control.discard(end)
    part.curved.add(end)


def _close(p: Painter, operands: Operands) -> None:
    if p.path and isinstance(p.path[-1], Subpath):
        p.path[-1].closed = True


def _rectangle(p: Painter, operands: Operands) -> None:
    x, y, wide, tall = floats(operands, 4)
    a, b, c, d, e, f = p.state.ctm
    if b == c == 0:
        p.path.append((a * x + e, d * y + f, a * (x + wide) + e, d * (y + tall) + f))
    elif a == d == 0:
        p.path.append((c * y + e, b * (x + wide) + f, c * (y + tall) + e, b * x + f))
    else:
        points = [(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall)]
        xs = [a * u + c * v + e for u, v in points]
        ys = [b * u + d * v + f for u, v in points]
        p.path.append(Subpath(xs, ys, closed=True))


def _clip(p: Painter, operands: Operands) -> None:
    p.clipping = True


def _end(p: Painter, operands: Operands) -> None:
    """n, and the end of every painting operator: a clip set before takes effect, the path is gone."""
    if p.clipping:
        clip_to(p.state, extent(p.path))
        p.state.is_boxed = p.state.is_boxed and len(p.path) == 1 and is_box(p.path[0])
        p.clipping = False
    p.path.clear()


def _painting(fill: bool, stroke: bool, even_odd: bool = False, close: bool = False) -> Operator:
    def operator(p: Painter, operands: Operands) -> None:
        if close:
            _close(p, operands)
        p.canvas.step += 1
        try:
            if fill and p.state.fill_alpha > 0 and not p.off:
                _fill(p, even_odd)
            if stroke and p.state.stroke_alpha > 0 and not p.off:
                _stroke(p)
        finally:
            _end(p, operands)

    return operator


def _fill(p: Painter, even_odd: bool) -> None:
    state, canvas = p.state, p.canvas
    shade = 1 - state.fill_alpha * (1 - state.fill)
    canvas.fill(p.path, even_odd, shade, state.clip, p.hides)


def _stroke(p: Painter) -> None:
    state, canvas = p.state, p.canvas
    a, b, c, d, _, _ = state.ctm
    width = abs(state.width) * math.sqrt(abs(a * d - b * c))
    shade = 1 - state.stroke_alpha * (1 - state.stroke)
    canvas.stroke(p.path, width, state.cap, shade, state.clip)


def _shading(p: Painter, operands: Operands) -> None:
    p.canvas.step += 1
    if not p.off:
        p.canvas.shading(p.state.clip, p.state.clip)


PAINT_OPERATORS: Mapping[bytes, Operator] = {
    b"q": _save,
    b"Q": _restore,
    b"cm": _concat,
    b"w": _line_width,
    b"J": _cap,
    b"gs": _extended,
    b"g": _device(colour.GREY, True),
    b"G": _device(colour.GREY, False),
    b"rg": _device(colour.RGB, True),
    b"RG": _device(colour.RGB, False),
    b"k": _device(colour.CMYK, True),
    b"K": _device(colour.CMYK, False),
    b"cs": _space(True),
    b"CS": _space(False),
    b"sc": _components(True),
    b"SC": _components(False),
    b"scn": _components(True),
    b"SCN": _components(False),
    b"m": _start,
    b"l": _line,
    b"c": _curve,
    b"v": _curve,
    b"y": _curve,
    b"h": _close,
    b"re": _rectangle,
    b"W": _clip,
    b"W*": _clip,
    b"n": _end,
    b"f": _painting(True, False),
    b"F": _painting(True, False),
    b"f*": _painting(True, False, even_odd=True),
    b"S": _painting(False, True),
    b"s": _painting(False, True, close=True),
    b"B": _painting(True, True),
    b"B*": _painting(True, True, even_odd=True),
    b"b": _painting(True, True, close=True),
    b"b*": _painting(True, True, even_odd=True, close=True),
    b"sh": _shading,
}
