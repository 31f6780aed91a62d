"""The printed lines of a cell in, its text out: wraps forced by the cell's width undone, the author's breaks
kept."""

from shinchoku.wraps.joiner import Boxed, Joiner
from shinchoku.wraps.learning import learn

__all__ = ["Boxed", "Joiner", "learn"]
