"""The operators of a content stream that set and show text: operands in, glyphs on the canvas out."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from pdfminer.pdftypes import dict_value, resolve1

from shinchoku.page.canvas import OFF, SHOWN, UNKNOWN, UNPAINTED
from shinchoku.page.content import tokens
from shinchoku.page.content.faces import Face
from shinchoku.page.content.painter import Painter, State, floats
from shinchoku.page.geometry import IDENTITY, times
from shinchoku.page.letters import is_blank, is_unknown

Operands = Sequence[bytes]
Operator = Callable[[Painter, Operands], None]

INVISIBLE = 3
CLIP_ONLY = 7
LIGATURE = 4
"""One glyph stands for at most this many letters."""


def _begin(p: Painter, operands: Operands) -> None:
    p.line, p.pen = IDENTITY, (0.0, 0.0)


def _font(p: Painter, operands: Operands) -> None:
    p.state.size = tokens.number(operands[-1])
    token = operands[-2]
    if token not in p.fonts:
        named = dict_value(p.resources.get("Font", {}))
        p.fonts[token] = p.faces.face(named.get(tokens.name(token)))
    p.state.face = p.fonts[token]


def _char_space(p: Painter, operands: Operands) -> None:
    (p.state.char_space,) = floats(operands, 1)


def _word_space(p: Painter, operands: Operands) -> None:
    (p.state.word_space,) = floats(operands, 1)


def _scale(p: Painter, operands: Operands) -> None:
    (percent,) = floats(operands, 1)
    p.state.scale = percent / 100


def _leading(p: Painter, operands: Operands) -> None:
    (p.state.leading,) = floats(operands, 1)


def _rise(p: Painter, operands: Operands) -> None:
    (p.state.rise,) = floats(operands, 1)


def _mode(p: Painter, operands: Operands) -> None:
    p.state.mode = int(tokens.number(operands[-1]))


def _matrix(p: Painter, operands: Operands) -> None:
    a, b, c, d, e, f = floats(operands, 6)
    p.line, p.pen = (a, b, c, d, e, f), (0.0, 0.0)


def _move(p: Painter, operands: Operands) -> None:
    x, y = floats(operands, 2)
    a, b, c, d, e, f = p.line
    p.line, p.pen = (a, b, c, d, x * a + y * c + e, x * b + y * d + f), (0.0, 0.0)


def _move_leading(p: Painter, operands: Operands) -> None:
    p.state.leading = -tokens.number(operands[-1])
    _move(p, operands)


def _next_line(p: Painter, operands: Operands) -> None:
    a, b, c, d, e, f = p.line
    down = -p.state.leading
    p.line, p.pen = (a, b, c, d, down * c + e, down * d + f), (0.0, 0.0)


def _show_string(p: Painter, operands: Operands) -> None:
    _show(p, (tokens.string(operands[-1]),))


def _show_array(p: Painter, operands: Operands) -> None:
    shown = operands[-1]
    _show(p, tokens.array(shown) if shown[:1] == b"[" else (tokens.string(shown),))


def _show_next_line(p: Painter, operands: Operands) -> None:
    _next_line(p, operands)
    _show_string(p, operands)


def _show_spaced(p: Painter, operands: Operands) -> None:
    p.state.word_space, p.state.char_space = floats(operands[-3:-1], 2)
    _show_next_line(p, operands)


def _show(p: Painter, parts: Iterable[bytes | float]) -> None:
    """Strings, and numbers that move the pen back by thousandths of an em. Source: ISO 32000-1, 9.4.4."""
    face = p.state.face
    if face is None:
        return
    if face.down:
        _show_down(p, face, parts)
        return
    state, canvas = p.state, p.canvas
    wide = state.size * state.scale
    gap, word_gap = state.char_space * state.scale, state.word_space * state.scale * face.spaced
    text, at, advance = canvas.text, canvas.at, canvas.advance
    before = len(text)
    x, y = p.pen
    for part in parts:
        if isinstance(part, float):
            x -= part * wide * 0.001
            continue
        for code in face.codes(part):
            letters, ems = face[code]
            text.append(letters)
            at.append(x)
            width = ems * wide
            advance.append(width)
            x += width + gap
            if word_gap and code == 32:
                x += word_gap
    p.pen = (x, y)
    if len(text) > before:
        low = face.low * state.size + state.rise + y
        _close(p, face, len(text) - before, low, low + state.size)


def _show_down(p: Painter, face: Face, parts: Iterable[bytes | float]) -> None:
    """The same for a font whose writing mode is vertical: every glyph hangs from the pen, which moves
    down."""
    state, canvas = p.state, p.canvas
    size = state.size
    x, y = p.pen
    for part in parts:
        if isinstance(part, float):
            y -= part * size * 0.001
            continue
        for code in face.codes(part):
            letters, ems = face[code]
            left, upper = face.hang(code)
            canvas.text.append(letters)
            canvas.at.append(x + left * size)
            canvas.advance.append(size)
            high = y + upper * size + state.rise
            _close(p, face, 1, high + ems * size, high)
            y += ems * size + state.char_space + (state.word_space if face.spaced and code == 32 else 0.0)
    p.pen = (x, y)


def _close(p: Painter, face: Face, count: int, low: float, high: float) -> None:
    state = p.state
    hidden, shade = (OFF, UNKNOWN) if p.off else _ink(state)
    kind = (low, high, state.size, p.canvas.font(face.name, face.is_lent), float(face.down), hidden, shade)
    p.canvas.run(count, times(p.line, state.ctm), kind, state.clip)


def _ink(state: State) -> tuple[float, float]:
    """How text is painted, and how light it comes out."""
    mode = state.mode
    if mode == CLIP_ONLY:  # what is painted next shows through the letters
        return SHOWN, UNKNOWN
    inks = []
    if mode % 4 != 1 and state.fill_alpha > 0:
        inks.append(1 - state.fill_alpha * (1 - state.fill))
    if mode % 4 in (1, 2) and state.stroke_alpha > 0:
        inks.append(1 - state.stroke_alpha * (1 - state.stroke))
    if mode == INVISIBLE or not inks:
        return UNPAINTED, 1.0
    return SHOWN, min(inks)


def _marked(p: Painter, operands: Operands) -> None:
    p.marked.append((0, "", False))


def _marked_properties(p: Painter, operands: Operands) -> None:
    said = ""
    is_off = False
    if operands and operands[-1][:2] == b"<<":
        said = tokens.actual_text(operands[-1]) if b"ActualText" in operands[-1] else ""
    elif operands:
        named = dict_value(p.resources.get("Properties", {}))
        given = named.get(tokens.name(operands[-1]))
        value = resolve1(dict_value(given).get("ActualText"))
        said = tokens.pdf_text(value) if isinstance(value, bytes) else ""
        is_off = tokens.name(operands[0]) == "OC" and p.layers.is_off(given)
    p.off += is_off
    p.marked.append((len(p.canvas.text), said, is_off))


def _end_marked(p: Painter, operands: Operands) -> None:
    """The author's own /ActualText replaces what the font says, where it is clear which glyph each letter
    is; but no figure's, which the font draws as what it says it is, and by no other figure."""
    start, said, was_off = p.marked.pop() if p.marked else (0, "", False)
    p.off -= was_off
    if not said:
        return
    text = p.canvas.text
    count = len(text) - start
    if count == 1 and len(said) <= LIGATURE:
        text[start] = _meant(text[start], said)
    elif count == len(said):
        text[start:] = [_meant(old, new) for old, new in zip(text[start:], said, strict=True)]


def _meant(old: str, new: str) -> str:
    """What a glyph is whose font says `old` and the author `new`."""
    known = not is_blank(old) and not is_unknown(old)
    return old if old.isnumeric() or (known and any(letter.isdecimal() for letter in new)) else new


TEXT_OPERATORS: Mapping[bytes, Operator] = {
    b"BT": _begin,
    b"Tf": _font,
    b"Tc": _char_space,
    b"Tw": _word_space,
    b"Tz": _scale,
    b"TL": _leading,
    b"Ts": _rise,
    b"Tr": _mode,
    b"Tm": _matrix,
    b"Td": _move,
    b"TD": _move_leading,
    b"T*": _next_line,
    b"Tj": _show_string,
    b"TJ": _show_array,
    b"'": _show_next_line,
    b'"': _show_spaced,
    b"BMC": _marked,
    b"BDC": _marked_properties,
    b"EMC": _end_marked,
}
