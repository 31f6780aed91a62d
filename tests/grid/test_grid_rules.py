"""What counts as a rule, and what a table is where rules are missing or too many."""

from itertools import product

import numpy as np
import pytest

from make.grids import MadeTable, Mark, as_strokes, as_thin_boxes, fill, marks_of, spans, stroke
from shinchoku.grid import DrawingError, Grid, Painted, Slot, find_grids, find_ruled
from shinchoku.grid.adjoining import made_one
from shinchoku.grid.spacing.columns import ruled_across
from shinchoku.page import Marks

PLAIN = MadeTable(
    (50.0, 150.0, 250.0), (100.0, 130.0, 160.0), tuple((r, c, 1, 1) for r, c in product((0, 1), (0, 1)))
)


def found(*marks: Mark) -> tuple[Grid, ...]:
    return find_grids(marks_of(marks))


def columns_only(table: MadeTable) -> list[Mark]:
    """The outline and the upright rules between columns."""
    x0, x1, top, bottom = table.xs[0], table.xs[-1], table.ys[0], table.ys[-1]
    return [
        *(stroke(x, top, x, bottom) for x in table.xs),
        stroke(x0, top, x1, top),
        stroke(x0, bottom, x1, bottom),
    ]


def test_nothing_has_no_table() -> None:
    assert found() == ()


def test_white_rules_on_paper_part_no_cell() -> None:
    (grid,) = found(*as_strokes(PLAIN), stroke(100, 100, 100, 160, shade=1.0))
    assert spans(grid) == sorted(PLAIN.cells)


def test_white_rules_painted_before_shading_part_no_cell() -> None:
    under = stroke(100, 100, 100, 160, shade=1.0)
    (grid,) = found(under, fill(50, 100, 250, 160, shade=0.8), *as_strokes(PLAIN))
    assert spans(grid) == sorted(PLAIN.cells)


def test_a_white_box_hides_the_rules_painted_before_it() -> None:
    cover = fill(155, 120, 245, 140, shade=1.0)
    (grid,) = found(*as_strokes(PLAIN), cover)
    assert spans(grid) == [(0, 0, 1, 1), (0, 1, 2, 1), (1, 0, 1, 1)]
    (grid,) = found(cover, *as_strokes(PLAIN))
    assert spans(grid) == sorted(PLAIN.cells)


def test_white_fills_of_cells_hide_none_of_their_rules() -> None:
    fills = [fill(*PLAIN.box(cell), shade=1.0) for cell in PLAIN.cells]
    (grid,) = found(*as_strokes(PLAIN), *fills)
    assert spans(grid) == sorted(PLAIN.cells)


@pytest.mark.parametrize("pitch", [1.5, 3.0])
def test_a_pattern_of_dots_is_no_table(pitch: float) -> None:
    dots = [
        fill(50 + pitch * i, 100 + pitch * j, 50.5 + pitch * i, 100.5 + pitch * j)
        for i in range(40)
        for j in range(40)
    ]
    assert found(*dots) == ()
    (grid,) = found(*dots, *as_strokes(PLAIN.moved(300, 0)))
    assert spans(grid) == sorted(PLAIN.cells)


def test_stripes_part_rows_where_no_rule_does() -> None:
    ys = (100.0, 115.0, 130.0, 145.0, 160.0)
    striped = [fill(50, a, 250, a + 15, shade=0.9) for a in ys[0:4:2]]
    table = MadeTable(PLAIN.xs, ys, tuple((r, c, 1, 1) for r in range(4) for c in (0, 1)))
    (grid,) = found(*striped, *columns_only(table))
    assert spans(grid) == sorted(table.cells)


def test_shading_behind_part_of_a_cell_parts_nothing() -> None:
    """Behind a heading in its cell, inset; behind letters; in strips that make a gradient."""
    shading = [fill(55, 105, 145, 115, shade=0.9), fill(160, 140, 200, 150, shade=0.8)]
    shading += [fill(50, 100 + k, 250, 101 + k, shade=0.7 + 0.01 * k) for k in range(20)]
    (grid,) = found(*shading, *as_strokes(PLAIN))
    assert spans(grid) == sorted(PLAIN.cells)


def test_unshaded_rows_between_shaded_ones_have_their_columns() -> None:
    rows = [fill(x, y, x + 100, y + 20, shade=0.85) for y in (100.0, 140.0, 180.0) for x in (50.0, 150.0)]
    (grid,) = found(*rows)
    assert spans(grid) == [(r, c, 1, 1) for r in range(5) for c in (0, 1)]


def test_a_row_that_spans_a_table_without_sides_belongs_to_it() -> None:
    """Nothing upright crosses it: its rules are as long as the others and as far apart."""
    across = [stroke(50, y, 250, y) for y in (100, 120, 140, 160, 180)]
    upright = [stroke(150, 100, 150, 120), stroke(150, 140, 150, 180)]
    whole = [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2), (2, 0, 1, 1), (2, 1, 1, 1), (3, 0, 1, 1), (3, 1, 1, 1)]
    (grid,) = found(*across, *upright)
    assert spans(grid) == whole
    marks = marks_of([*across, *upright])
    (grid,) = find_ruled(marks, Painted(np.array([[60.0, 130.0, 60.0, 130.0]]))).grids
    assert spans(grid) == whole
    above, below = find_ruled(marks, Painted(np.array([[60.0, y, 60.0, y] for y in (110.0, 150.0)]))).grids
    assert (len(above.slots), len(below.slots)) == (2, 4)


def test_tables_far_apart_are_two() -> None:
    upper, lower = found(
        *(stroke(50, y, 250, y) for y in (100, 120, 140, 190, 210)),
        stroke(150, 100, 150, 140),
        stroke(150, 190, 150, 210),
    )
    assert (len(upper.slots), len(lower.slots)) == (4, 2)


@pytest.mark.parametrize(
    ("cut", "opened"), [("bottom", (False, True)), ("top", (True, False)), ("", (False, False))]
)
def test_a_table_cut_by_the_page_break_is_open_there(cut: str, opened: tuple[bool, bool]) -> None:
    missing = {"top": 100.0, "bottom": 160.0}.get(cut)
    marks = [m for m in as_strokes(PLAIN) if not (m[1] == m[3] == missing)]
    (grid,) = found(*marks)
    assert spans(grid) == sorted(PLAIN.cells)
    assert (grid.open_top, grid.open_bottom) == opened


def test_the_space_beside_a_stepped_outline_is_no_cell() -> None:
    """No rule above the first heading cell, none left of it: the corner of a table is left bare."""
    marks = [m for m in as_strokes(PLAIN) if m[:4] not in ((50, 100, 250, 100), (50, 100, 50, 160))]
    marks += [stroke(150, 100, 250, 100), stroke(50, 130, 50, 160)]
    (grid,) = found(*marks)
    assert spans(grid) == [(0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_a_region_that_is_no_rectangle_is_cut_into_rectangles() -> None:
    marks = [m for m in as_strokes(PLAIN) if m[:4] not in ((50, 130, 250, 130), (150, 100, 150, 160))]
    marks += [stroke(50, 130, 150, 130), stroke(150, 100, 150, 130)]
    (grid,) = found(*marks, *columns_only(PLAIN)[:1])
    fields = sorted((r + i, c + j) for r, c, rs, cs in spans(grid) for i in range(rs) for j in range(cs))
    assert fields == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_a_pointer_to_a_table_is_no_rule_of_it() -> None:
    (grid,) = found(*as_strokes(PLAIN), stroke(250, 115, 330, 115), stroke(100, 160, 100, 220))
    assert spans(grid) == sorted(PLAIN.cells)


def test_a_line_within_a_cell_that_meets_one_side_parts_nothing() -> None:
    (grid,) = found(*as_strokes(PLAIN), stroke(51, 118, 140, 118))
    assert spans(grid) == sorted(PLAIN.cells)


def test_a_wall_that_falls_a_little_short_is_one() -> None:
    marks = [m for m in as_strokes(PLAIN) if m[:4] != (150, 100, 150, 160)]
    (grid,) = found(*marks, stroke(150, 102.5, 150, 157.5))
    assert spans(grid) == sorted(PLAIN.cells)


def test_a_single_box_is_a_frame() -> None:
    ruled = find_ruled(marks_of(as_strokes(MadeTable((50.0, 150.0), (100.0, 130.0), ((0, 0, 1, 1),)))))
    assert ruled.grids == ()
    assert ruled.frames == ((50.0, 100.0, 150.0, 130.0),)


def test_a_box_close_under_a_table_makes_no_cell_between() -> None:
    box = [stroke(50, y, 250, y) for y in (163.5, 190)] + [stroke(x, 163.5, x, 190) for x in (50, 250)]
    grids = found(*as_strokes(PLAIN), *box)
    heights = [s.box[3] - s.box[1] for g in grids for s in g.slots]
    assert min(heights) > 20


def drawing(count: int) -> Marks:
    """Rules from edge to edge of a large sheet, both ways."""
    at = np.linspace(0, 5000, count)
    return marks_of([*(fill(0, y, 5000, y + 0.1) for y in at), *(fill(x, 0, x + 0.1, 5000) for x in at)])


@pytest.mark.parametrize("count", [600, 3000])
def test_rules_too_many_for_a_table_are_refused(count: int) -> None:
    with pytest.raises(DrawingError):
        find_grids(drawing(count))


def test_thin_boxes_and_their_corner_squares_make_one_table() -> None:
    corners = [fill(x - 0.24, y - 0.24, x + 0.24, y + 0.24) for x in PLAIN.xs for y in PLAIN.ys]
    (grid,) = found(*corners, *as_thin_boxes(PLAIN), *corners)
    assert spans(grid) == sorted(PLAIN.cells)


@pytest.mark.parametrize("unsure", [(True, False), (False, True)])
def test_a_table_of_two_that_stand_side_by_side_is_unsure_if_one_is(unsure: tuple[bool, bool]) -> None:
    places = ((0.0, 50.0), (52.0, 100.0, 150.0))
    ys = (0.0, 20.0, 40.0)
    grids = [
        Grid(
            xs,
            ys,
            tuple(
                Slot(r, c, 1, 1, (xs[c], ys[r], xs[c + 1], ys[r + 1]))
                for r, c in product((0, 1), range(len(xs) - 1))
            ),
            rows_unsure=is_unsure,
        )
        for xs, is_unsure in zip(places, unsure, strict=True)
    ]
    (grid,) = made_one(grids)
    assert grid.xs == (0.0, 51.0, 100.0, 150.0)
    assert grid.rows_unsure


def test_a_letter_that_is_higher_than_its_row_makes_no_rows_without_end() -> None:
    rules = np.array([(y, 0.0, 102.5) for y in (0.0, 5.5, 35.5, 47.5)])
    small = [(0.0, 8.0, 0.0, 8.0), (0.0, 5.0, 5.5, 8.0), (4.0, 4.0, 31.5, 31.5), (89.0, 92.0, 6.5, 12.5)]
    small += [(88.0, 93.0, 30.5, 35.5), (93.0, 101.0, -3.5, 4.5), (101.0, 103.5, 5.5, 10.5)]
    letters = np.array([*small, (88.0, 128.0, 1.5, 41.5)])[:, [0, 2, 1, 3]]
    (grid,) = ruled_across(rules, letters)
    assert grid.ys == (0.0, 5.5, 35.5)
