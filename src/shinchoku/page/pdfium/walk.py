"""A page loaded by PDFium in; its paths on a canvas, and how each of its text objects is painted, out."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from shinchoku.page import native
from shinchoku.page.canvas import OFF, SHOWN, UNKNOWN, UNPAINTED, Canvas
from shinchoku.page.geometry import Box, Frame, Matrix, corners, times
from shinchoku.page.native import Call
from shinchoku.page.paths import DOT, Part, Subpath
from shinchoku.page.pdfium import calls
from shinchoku.page.pdfium.alone import unpainted
from shinchoku.settings import FORMS_DEEP, OBJECTS

LINE_TO, CURVE_TO, MOVE_TO = 0, 1, 2
EVEN_ODD = 1
INVISIBLE, CLIP_ONLY = 3, 7


class Run(NamedTuple):
    """A text object: `matrix` maps its space to page points from the top left; its font size and font (a
    handle); the paint's lightness, how it is painted (SHOWN, UNPAINTED, OFF); its place in paint order, the
    clip's box, the number of the annotation it is of (0 for none); the box around its ink."""

    matrix: Matrix
    size: float
    font: int
    shade: float
    state: float
    step: float
    clip: Box
    note: int
    box: Box


@dataclass(slots=True)
class Walk:
    """A page being walked through: the canvas that paths go to, the text objects met, by handle;
    the objects that do not show; the page's own handle and its document's."""

    canvas: Canvas
    runs: dict[int, Run] = field(default_factory=dict)
    scratch: native.Scratch = field(default_factory=native.Scratch)
    met: int = 0
    unpainted: frozenset[int] = frozenset()
    page: int = 0
    document: int = 0


def walk_page(
    document: int, page: int, frame: Frame, canvas: Canvas, own: int | None = None
) -> dict[int, Run]:
    """Everything painted on a page of a document (handles), forms included, in paint order. The
    first `own` objects (None: all) are the page's, the others hold its annotations. Raises FullError."""
    walk = Walk(canvas, unpainted=unpainted(page, frame), page=page, document=document)
    count = native.count_objects(page)
    first = count if own is None else own
    _walk(walk, (native.page_object(page, i) for i in range(first)), frame.matrix, frame.box, 0)
    for i in range(first, count):
        holder = native.page_object(page, i)
        for j in range(native.count_in_form(holder)):
            with canvas.next_note():
                note = iter((native.form_object(holder, j),))
                _walk(walk, note, times(_matrix(walk, holder), frame.matrix), frame.box, 1)
    return walk.runs


def _walk(walk: Walk, objects: Iterator[int | None], matrix: Matrix, clip: Box, depth: int) -> None:
    for thing in objects:
        walk.met += 1
        if not thing or walk.met > OBJECTS:
            continue
        walk.canvas.step += 1
        kind = native.object_kind(thing)
        if kind != native.TEXT and thing in walk.unpainted:
            continue
        if kind == native.PATH:
            _path(walk, thing, matrix, clip)
        elif kind == native.TEXT:
            walk.runs[thing] = _run(walk, thing, matrix, clip)
        elif kind == native.IMAGE:
            _image(walk, thing, matrix, clip)
        elif kind == native.SHADING:
            walk.canvas.shading(_bounds(walk, thing, matrix), _clip(walk, thing, matrix, clip)[0])
        elif kind == native.FORM and depth < FORMS_DEEP:
            inner = (native.form_object(thing, i) for i in range(native.count_in_form(thing)))
            own = times(_matrix(walk, thing), matrix)
            _walk(walk, inner, own, _clip(walk, thing, matrix, clip)[0], depth + 1)


def _image(walk: Walk, thing: int, matrix: Matrix, clip: Box) -> None:
    box = _bounds(walk, thing, matrix)
    own, is_boxed = _clip(walk, thing, matrix, clip)
    x0, top, x1, bottom = box
    lies_over_text = any(
        x0 - run.size <= run.matrix[4] <= x1 and top <= run.matrix[5] <= bottom + run.size
        for run in walk.runs.values()
    )
    hides = lies_over_text and is_boxed and not calls.has_transparency(thing)
    walk.canvas.image(box, own, hides and calls.is_opaque(walk.document, walk.page, thing))


def _bounds(walk: Walk, thing: int, matrix: Matrix) -> Box:
    scratch = walk.scratch
    native.object_bounds(thing, *scratch.each)
    left, bottom, right, top = scratch.floats(4)
    return corners((left, bottom, right, top), matrix)


def _matrix(walk: Walk, thing: int) -> Matrix:
    if not native.object_matrix(thing, walk.scratch.at):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    a, b, c, d, e, f = walk.scratch.floats(6)
    return a, b, c, d, e, f


def _shade(walk: Walk, colour_of: Call, thing: int) -> float | None:
    """How light a paint comes out on white, None where it is fully transparent."""
    scratch = walk.scratch
    if not colour_of(thing, *scratch.each):
        return UNKNOWN
    red, green, blue, opacity = scratch.ints(4)
    if opacity == 0:
        return None
    return 1 - opacity / 255 * (1 - (red + green + blue) / 765)


def _path(walk: Walk, thing: int, matrix: Matrix, clip: Box) -> None:
    scratch, canvas = walk.scratch, walk.canvas
    calls.draw_mode(thing, *scratch.each[:2])
    filling, stroking = scratch.ints(2)
    fill = _shade(walk, calls.fill_colour, thing) if filling else None
    stroke = _shade(walk, calls.stroke_colour, thing) if stroking else None
    if fill is None and stroke is None:
        return
    x0, top, x1, bottom = box = _bounds(walk, thing, matrix)
    if x1 - x0 <= DOT and bottom - top <= DOT:  # not looked at further: a page of dots has thousands
        if fill is not None:
            canvas.mark(box, 0.0, True, fill, clip)
        elif stroke is not None:
            _dot(walk, thing, box, matrix, stroke, clip)
        return
    clip, is_boxed = _clip(walk, thing, matrix, clip)
    own = times(_matrix(walk, thing), matrix)
    count = calls.count_segments(thing)
    path = list(_parts(walk, [calls.path_segment(thing, i) for i in range(count)], own))
    if fill is not None:
        hides = is_boxed and not math.isnan(fill) and not calls.has_transparency(thing)
        canvas.fill(path, filling == EVEN_ODD, fill, clip, hides)
    if stroke is not None:
        canvas.stroke(path, _width(walk, thing, own), calls.line_cap(thing), stroke, clip)


def _width(walk: Walk, thing: int, m: Matrix) -> float:
    calls.stroke_width(thing, walk.scratch.at)
    return walk.scratch.floats(1)[0] * math.sqrt(abs(m[0] * m[3] - m[1] * m[2]))


def _dot(walk: Walk, thing: int, bounds: Box, matrix: Matrix, shade: float, clip: Box) -> None:
    """A stroke too small to be a line. PDFium's bounds of it are its path's and the line width all around."""
    width = _width(walk, thing, times(_matrix(walk, thing), matrix))
    (x0, x1), (y0, y1) = (
        (low + width, high - width) if high - low > 2 * width else ((low + high) / 2,) * 2
        for low, high in (bounds[::2], bounds[1::2])
    )
    dot = [Subpath([x0, x1], [y0, y1])]
    walk.canvas.stroke(dot, width, calls.line_cap(thing), shade, clip)


def _parts(walk: Walk, segments: list[int | None], m: Matrix) -> Iterator[Part]:
    """The subpaths that segments (handles) make, mapped to the page."""
    a, b, c, d, e, f = m
    scratch = walk.scratch
    part = Subpath([], [])
    bend = 0
    for segment in segments:
        if not segment:
            continue
        calls.segment_point(segment, *scratch.each[:2])
        x, y = scratch.floats(2)
        kind = calls.segment_kind(segment)
        if kind == MOVE_TO:
            if part.xs:
                yield part
            part = Subpath([], [])
        at = len(part.xs)
        bend = bend + 1 if kind == CURVE_TO else 0
        if bend == 3:
            part.curved.add(at)
            bend = 0
        elif bend:
            part.control.add(at)
        part.xs.append(a * x + c * y + e)
        part.ys.append(b * x + d * y + f)
        if calls.segment_closes(segment):
            part.closed = True
    if part.xs:
        yield part


def _clip(walk: Walk, thing: int, matrix: Matrix, outer: Box) -> tuple[Box, bool]:
    """The clip of an object: the box around each of its clip paths, cut with the others and the outer one;
    and whether they are boxes themselves."""
    clip = calls.clip_path(thing)
    count = calls.count_clips(clip) if clip else 0
    if count <= 0:
        return outer, True
    x0, y0, x1, y1 = outer
    is_boxed = True
    for i in range(count):
        points = []
        for j in range(calls.count_clip_segments(clip, i)):
            calls.segment_point(calls.clip_segment(clip, i, j), *walk.scratch.each[:2])
            points.append(walk.scratch.floats(2))
        if points:
            xs, ys = zip(*points, strict=True)
            left, low, right, high = min(xs), min(ys), max(xs), max(ys)
            is_boxed &= (
                len({*points}) == 4 and len(points) <= 5 and {*xs} <= {left, right} and {*ys} <= {low, high}
            )
            box = corners((left, low, right, high), matrix)
            x0, y0, x1, y1 = max(x0, box[0]), max(y0, box[1]), min(x1, box[2]), min(y1, box[3])
    return (x0, y0, x1, y1), is_boxed


def _run(walk: Walk, thing: int, matrix: Matrix, clip: Box) -> Run:
    scratch = walk.scratch
    calls.text_size(thing, scratch.at)
    (size,) = scratch.floats(1)
    mode = calls.render_mode(thing)
    fill = _shade(walk, calls.fill_colour, thing) if mode % 4 != 1 else None
    stroke = _shade(walk, calls.stroke_colour, thing) if mode % 4 in (1, 2) else None
    shade = fill if stroke is None else stroke if fill is None else min(fill, stroke)
    if mode == CLIP_ONLY:  # what is painted next shows through the letters
        shade = UNKNOWN
    return Run(
        times(_matrix(walk, thing), matrix),
        size,
        calls.text_font(thing) or 0,
        1.0 if shade is None else shade,
        UNPAINTED if shade is None or mode == INVISIBLE else OFF if thing in walk.unpainted else SHOWN,
        walk.canvas.step,
        _clip(walk, thing, matrix, clip)[0],
        walk.canvas.note,
        _bounds(walk, thing, matrix),
    )
