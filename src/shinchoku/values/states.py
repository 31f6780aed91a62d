"""A cell that states no number in; why there is none, or the direction it gives instead, out."""

from functools import cache

from shinchoku.text import halve_digits, squeeze
from shinchoku.values.words import OWN, vocabulary

LONGEST = 15
"""A text with more characters says more than a direction."""


def absence(text: str) -> str:
    """Why a cell has no value, as printed (－, 未公表, （集計中）); "" where it does not say."""
    bare = squeeze(halve_digits(text)).strip("()[]※（）［］〔〕【】")
    return text.strip() if bare.replace("ー", "-").replace("―", "-") in _states(OWN.get())[0] else ""


def direction(text: str) -> str:
    """ge or le for a cell that gives a direction alone (増加, 前年度より減少, 全国平均以上), else ""."""
    bare = squeeze(text)
    if len(bare) > LONGEST or "。" in bare:
        return ""
    return next((bound for bound, words in _states(OWN.get())[1] if bare.endswith(words)), "")


@cache
def _states(own: str) -> tuple[frozenset[str], tuple[tuple[str, tuple[str, ...]], ...]]:
    data = vocabulary("states", own)
    bounds = tuple((bound, tuple(words)) for bound, words in data["bounds"].items())
    return frozenset(data["absent"]), bounds
