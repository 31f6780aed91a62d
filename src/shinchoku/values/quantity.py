"""The typed values a fiscal-year cell states; nothing is read here."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Quantity:
    """One printed quantity. `label` is what is counted, as printed, or ""; `value` the number in `unit`,
    unscaled (50 for 50%); `high` the upper end of a range; `of` a printed denominator; `per` what the
    number is per (月). The flags: 計 (cumulative), 年間 (annual), 約 (approx), 延べ (total), 増
    (increase); `bound` is le, ge or ""."""

    label: str
    value: float
    unit: str
    high: float | None = None
    of: float | None = None
    per: str = ""
    bound: str = ""
    cumulative: bool = False
    annual: bool = False
    approx: bool = False
    total: bool = False
    increase: bool = False


@dataclass(frozen=True, slots=True)
class CellValue:
    """What a cell states: its quantities in printed order, and the day they hold for if it names one.
    `doubtful` are the figures that may be one number or several, or that are none that is known, and so none
    of the quantities."""

    quantities: tuple[Quantity, ...] = ()
    as_of: date | None = None
    doubtful: tuple[str, ...] = ()
