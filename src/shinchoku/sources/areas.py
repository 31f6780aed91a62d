"""The name of a folder in; the municipality it stands for out.

`areas.csv` holds the 全国地方公共団体コード of every prefecture and municipality and its name, as 総務省 has
them.
"""

import re
from functools import cache
from importlib.resources import files

WEIGHTS = (6, 5, 4, 3, 2)
_CODE = re.compile("[0-9]{6}")


def is_code(text: str) -> bool:
    """Whether `text` has the form of a municipality's code, whatever its check digit is."""
    return _CODE.fullmatch(text) is not None


def check_digit(code: str) -> str:
    """The sixth digit that belongs to the first five of a code."""
    total = sum(int(digit) * weight for digit, weight in zip(code, WEIGHTS, strict=False))
    return str((11 - total % 11) % 10)


def area_name(code: str) -> str:
    """The name of a municipality with its prefecture's before it, "" where no such code is known."""
    return _names().get(code, "")


@cache
def _names() -> dict[str, str]:
    text = (files("shinchoku.sources") / "areas.csv").read_text(encoding="utf-8")
    return dict(line.split(",") for line in text.splitlines()[1:])
