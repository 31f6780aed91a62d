"""Plain facts of plane geometry."""

import math
import statistics

import numpy as np
import pytest

from shinchoku.page.geometry import median


@pytest.mark.parametrize("values", [[3.0], [4.0, 1.0], [9.0, 2.0, 5.0], [0.1, 0.7, 0.2, 0.4]])
def test_the_median_is_the_middle_of_numbers_in_any_order(values: list[float]) -> None:
    assert median(values) == median(np.array(values)) == statistics.median(values)


@pytest.mark.parametrize("values", [[], [1.0, math.nan, 2.0]])
def test_the_median_of_none_or_of_what_is_no_number_is_no_number(values: list[float]) -> None:
    assert math.isnan(median(values))
