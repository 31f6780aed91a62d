"""However a table is drawn, its cells come back: every one, with its spans, and no other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.grids import (
    PIECEWISE,
    WAYS,
    MadeTable,
    as_drawn,
    as_strokes,
    made_tables,
    marks_of,
    spans,
    without_sides,
)
from shinchoku.grid import find_grids

pytestmark = pytest.mark.slow


def assert_found(
    table: MadeTable, marks: list[tuple[float, float, float, float, float, bool, float]]
) -> None:
    (grid,) = find_grids(marks_of(marks))
    assert spans(grid) == sorted(table.cells)
    assert np.abs(np.array(grid.xs) - table.xs).max() < 1.3
    assert np.abs(np.array(grid.ys) - table.ys).max() < 1.3
    assert [s.box for s in grid.slots] == [
        (grid.xs[c], grid.ys[r], grid.xs[c + cs], grid.ys[r + rs]) for r, c, rs, cs in spans(grid)
    ]


@pytest.mark.parametrize("way", WAYS)
@given(table=made_tables())
def test_a_table_comes_back_however_it_is_drawn(way: str, table: MadeTable) -> None:
    assert_found(table, list(WAYS[way](table)))


@given(
    table=made_tables(),
    ways=st.lists(st.sampled_from(list(PIECEWISE)), min_size=1, max_size=9),
    off=st.lists(st.floats(-0.4, 0.4), min_size=1, max_size=9),
)
def test_each_rule_may_be_drawn_in_another_way(table: MadeTable, ways: list[str], off: list[float]) -> None:
    assert_found(table, list(as_drawn(table, ways, off)))


@given(table=made_tables(plain_rows=True))
def test_outer_sides_need_not_be_drawn(table: MadeTable) -> None:
    assert_found(table, list(without_sides(table)))


@given(table=made_tables(), data=st.data())
def test_the_order_of_marks_does_not_matter(table: MadeTable, data: st.DataObject) -> None:
    way = data.draw(st.sampled_from([n for n in WAYS if "white" not in n]))
    assert_found(table, data.draw(st.permutations(list(WAYS[way](table)))))


@given(table=made_tables(), dx=st.floats(-30, 5000), dy=st.floats(-50, 5000))
def test_a_table_may_lie_anywhere(table: MadeTable, dx: float, dy: float) -> None:
    assert_found(table.moved(dx, dy), list(as_strokes(table.moved(dx, dy))))


@given(table=made_tables(), data=st.data())
def test_marks_painted_twice_change_nothing(table: MadeTable, data: st.DataObject) -> None:
    once = list(WAYS[data.draw(st.sampled_from(list(WAYS)))](table))
    assert_found(table, once + once)


@given(table=made_tables(), data=st.data())
def test_a_table_turned_over_has_its_cells_turned_over(table: MadeTable, data: st.DataObject) -> None:
    once = list(WAYS[data.draw(st.sampled_from(list(WAYS)))](table))
    turned = MadeTable(table.ys, table.xs, tuple((c, r, cs, rs) for r, c, rs, cs in table.cells))
    assert_found(turned, [(y0, x0, y1, x1, w, f, s) for x0, y0, x1, y1, w, f, s in once])


@given(first=made_tables(), second=made_tables(), data=st.data())
def test_tables_side_by_side_stay_apart(first: MadeTable, second: MadeTable, data: st.DataObject) -> None:
    way = WAYS[data.draw(st.sampled_from(list(WAYS)))]
    beside = second.moved(first.xs[-1] + 8 - second.xs[0], 0)
    left, right = find_grids(marks_of([*way(first), *way(beside)]))
    assert (spans(left), spans(right)) == (sorted(first.cells), sorted(beside.cells))


@given(outer=made_tables(), inner=made_tables())
def test_a_table_within_a_cell_is_a_table_of_its_own(outer: MadeTable, inner: MadeTable) -> None:
    wide, tall = inner.xs[-1] - inner.xs[0] + 20, inner.ys[-1] - inner.ys[0] + 20
    xs = (*outer.xs, outer.xs[-1] + wide)
    ys = (*outer.ys, outer.ys[-1] + tall)
    rows, cols = len(outer.ys) - 1, len(outer.xs) - 1
    whole = MadeTable(xs, ys, (*outer.cells, (0, cols, rows, 1), (rows, 0, 1, cols), (rows, cols, 1, 1)))
    within = inner.moved(outer.xs[-1] + 10 - inner.xs[0], outer.ys[-1] + 10 - inner.ys[0])
    found = find_grids(marks_of([*as_strokes(whole), *as_strokes(within)]))
    assert [spans(g) for g in found] == [sorted(whole.cells), sorted(within.cells)]
