"""The cell that names a measure and its target in, the two out."""

import re
import tomllib
from functools import cache
from pathlib import Path

from shinchoku import layouts
from shinchoku.text import halve_digits

_BRACKETED = re.compile(r"[(（〔].*[)）〕]", re.DOTALL)
_TRAILING = re.compile(r"[(（〔][^()（）〔〕]*[)）〕]$")
_QUANTITY = re.compile(r"(?:計|全|年間|月間|延べ?|約|新規|[【(〔].{1,6}[】)〕])? *\d[\d,.]*[^\d]")
_COUNTED = re.compile(r"(?:^|[ 計年間延約])\d[\d,.]*\s*[^\d\s号丁年月-]")


@cache
def _words(key: str) -> tuple[str, ...]:
    path = Path(layouts.__file__).with_name("targets.toml")
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))[key])


def split_measure(text: str) -> tuple[str, str]:
    """Name and target of a measure cell, lines kept. The first line names; bracketed lines under it go with
    it. The target begins with the first line that states a quantity or says what is to be done, else with
    the second line."""
    lines = text.split("\n")
    start = _target_start(lines)
    while (
        start < len(lines)
        and _BRACKETED.fullmatch(lines[start])
        and all(_BRACKETED.fullmatch(line) for line in lines[1:start])
    ):
        start += 1
    return "\n".join(lines[:start]), "\n".join(lines[start:])


def _target_start(lines: list[str]) -> int:
    rest = range(1, len(lines))
    narrow = [halve_digits(line) for line in lines]
    counted = [i for i in rest if _COUNTED.search(narrow[i]) and not _BRACKETED.fullmatch(lines[i])]
    if not counted and lines[0].endswith(_words("whole_names")):
        return len(lines)
    bare = next((i for i in counted if _QUANTITY.match(narrow[i])), None)
    if bare is not None and not any(i < bare for i in counted):
        return bare
    done = [i for i in rest if _TRAILING.sub("", lines[i]).endswith(_words("ends_with"))]
    return min([*counted, *done], default=min(1, len(lines)))
