"""The cell that names a measure and its target in, the two out."""

import re

from shinchoku.layouts import Layouts
from shinchoku.text import halve_digits

_BRACKETED = re.compile(r"[(（〔].*[)）〕]", re.DOTALL)
_TRAILING = re.compile(r"(?:[(（〔][^()（）〔〕]*[)）〕])+$")
_COUNT_ALONE = re.compile(r"[(（〔](?:計|約)?\d[\d,.]*[^\d\s号丁年月期工-]{1,3}[)）〕]")
_DEGREE = re.compile(r"[(（〔](?:一部|完了)[)）〕]$")
_QUANTITY = re.compile(r"(?:計|全|年間|月間|延べ?|約|新規|[【(〔].{1,6}[】)〕])? *\d[\d,.]*[^\d]")
_COUNTED = re.compile(
    r"(?:^|[ 計年間延約])\d[\d,.]*\s*[^\d\s号丁年月-]|\d[\d,.]*[^\d\s号丁年月期工()（）-]{1,3}$"
)


def split_measure(text: str, layouts: Layouts) -> tuple[str, str]:
    """Name and target of a measure cell, lines kept. The first line names, but where several lines follow one
    that says how far something is to be done: then all is target. Bracketed lines under a name go with it,
    but for a count alone in the last one. The target begins with the first line that states a quantity or
    says what is to be done, else with the second line."""
    lines = text.split("\n")
    if len(lines) > 1 and _DEGREE.search(lines[0]):
        return "", text
    start = _target_start(lines, layouts)
    while (
        start < len(lines)
        and all(_BRACKETED.fullmatch(line) for line in lines[1 : start + 1])
        and not (start == len(lines) - 1 and _COUNT_ALONE.fullmatch(halve_digits(lines[start])))
    ):
        start += 1
    return "\n".join(lines[:start]), "\n".join(lines[start:])


def _target_start(lines: list[str], layouts: Layouts) -> int:
    rest = range(1, len(lines))
    narrow = [halve_digits(line) for line in lines]
    counted = [i for i in rest if _COUNTED.search(narrow[i]) and not _BRACKETED.fullmatch(lines[i])]
    if not counted and lines[0].endswith(layouts.words["whole_names"]) and not _is_deed(lines[-1], layouts):
        return len(lines)
    bare = next((i for i in counted if _QUANTITY.match(narrow[i])), None)
    if bare is not None and not any(i < bare for i in counted):
        return bare
    done = [i for i in rest if _TRAILING.sub("", lines[i]).endswith(layouts.words["ends_with"])]
    return min([*counted, *done], default=min(1, len(lines)))


def _is_deed(line: str, layouts: Layouts) -> bool:
    """Whether a line says what is to be done and nothing else."""
    return all(part in layouts.words["ends_with"] for part in _TRAILING.sub("", line).split("・"))
