"""The text of a fiscal-year cell in; typed quantities, observations and consistency checks out."""

from shinchoku.values.grammar import parse
from shinchoku.values.quantity import CellValue, Quantity

__all__ = ["CellValue", "Quantity", "parse"]
