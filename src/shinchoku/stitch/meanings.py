"""Columns whose headings may mean several things and the cells below them in, what each column means out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from shinchoku.fiscal import MONEY, FiscalColumn
from shinchoku.layouts import LEADING, YEARS, Layouts, Option, YearColumn
from shinchoku.layouts.announcements import OUTER
from shinchoku.layouts.wordings import YEAR
from shinchoku.layouts.years import named_years
from shinchoku.stitch.parts import ALONE, EDGE, NUMBER, Column, Part, have_roles
from shinchoku.text import halve_digits, squeeze

MOST = 0.8
"""A column holds what this share of its texts are."""
_WORDS = re.compile("[ぁ-ヿ一-鿿]")
SENTENCE = 20
"""A text with more characters is no mark."""
_PERCENT = re.compile(r"約?[0-9.,]+[%％]")
_AMOUNT = re.compile(r"[約△▲+-]*[0-9][0-9,.]*([0-9%％]|[0-9.%％][^0-9]{1,4}).*")
"""More than one digit: no mark."""
_TICKS = frozenset("○●◎✓✔☑レ■")
"""What stands in one of several columns to choose it."""
_TICKED = (None, "progress", "category", "note", "outlook")
"""What the headings of such columns may seem to mean."""
_ROUND = str.maketrans("〇◯", "○○")
_MARK = re.compile(r"[(（]?([A-ZＡ-Ｚ][+＋-]?|[◎○〇◯●△▲×✕☆★※＊*－ー―-]|[0-9０-９])[)）]?")


def resolved(
    columns: Sequence[Column], parts: Sequence[Part], near: int | None, layouts: Layouts
) -> tuple[Column, ...]:
    """The columns with what each means: of the options of its heading the first whose place and cells fit.
    `near` is a year that numbers without an era are near to."""
    choices = [layouts.options([c.said.text for c in column.cells if c.text], near) for column in columns]
    texts = _texts_of(columns, parts)
    held = [[o for o in c if _holds(o, t, layouts)] for c, t in zip(choices, texts, strict=True)]
    name = _naming(held)
    edge = columns[name].x0 if name is not None else _first_value(columns, choices)
    found = []
    for column, options in zip(columns, held, strict=True):
        fitting = (o for o in options if _fits(o, column.x1 < edge + EDGE))
        option = next(fitting, Option(None, ""))
        found.append(replace(column, means=option.means, rule=option.rule))
    known = _with_years(_with_measures(_with_ticks(found, parts)), parts)
    made = with_actuals(known, parts)
    return tuple(_with_group(c, parts, edge, name is not None) for c in made)


def _naming(choices: Sequence[Sequence[Option]]) -> int | None:
    """The column that names the rows, by heading: the first of indicators, else the last of initiatives."""
    plain = [next((o.means for o in found), None) for found in choices]
    if "indicator" in plain:
        return plain.index("indicator")
    named = [i for i, means in enumerate(plain) if means == "initiative"]
    return named[-1] if named else None


def _first_value(columns: Sequence[Column], choices: Sequence[Sequence[Option]]) -> float:
    """Where the columns of values begin, in a table no heading of which names its rows."""
    for column, options in zip(columns, choices, strict=True):
        first = next((o.means for o in options if not o.cells and o.place != "lead"), None)
        if isinstance(first, FiscalColumn | YearColumn):
            return column.x0
    return 0.0


def _fits(option: Option, lead: bool) -> bool:
    return not option.place or (option.place == "lead") == lead


def _holds(option: Option, texts: Sequence[str], layouts: Layouts) -> bool:
    if option.means == "progress" and _are_amounts(texts):
        return False
    if option.means in ("indicator", "outlook") and _are_numbers(texts):
        return False
    return not option.cells or _hold(texts, option.cells, layouts)


def _hold(texts: Sequence[str], cells: str, layouts: Layouts) -> bool:
    """Whether the texts are of that kind, one of layouts.wordings.CELLS."""
    if cells == "roles":
        labels = set(map(squeeze, texts))
        few = len(labels) * 2 <= len(texts) + 2
        if few and labels and all(map(layouts.two_labels, labels)):
            return True
        if len(labels) < 2 or any(len(label) > SENTENCE for label in labels):
            return False
        if not few:
            return all(isinstance(m := layouts.label(label), FiscalColumn) and m.year for label in labels)
        meant = sum(isinstance(layouts.label(label), FiscalColumn) for label in labels)
        return (meant > 1 or len(texts) > len(labels)) and 2 * meant >= len(labels)
    if cells == "years":
        return bool(texts) and all(isinstance(layouts.label(t), YearColumn) for t in texts)
    if cells == "words":
        words = sum(
            len(_WORDS.findall(t)) > 1 and not NUMBER.fullmatch(squeeze(halve_digits(t))) for t in texts
        )
        return bool(texts) and words >= MOST * len(texts)
    if cells == "sentences":
        long = sum(len(squeeze(t)) > SENTENCE or t.endswith("。") for t in texts)
        return 2 * long > len(texts)
    pattern = _PERCENT if cells == "percent" else _MARK
    hits = sum(pattern.fullmatch(squeeze(halve_digits(t))) is not None for t in texts)
    return bool(texts) and hits >= MOST * len(texts)


def _are_amounts(texts: Sequence[str]) -> bool:
    """Whether most texts are figures that measure something, too many for marks."""
    amounts = sum(_AMOUNT.fullmatch(squeeze(halve_digits(t))) is not None for t in texts)
    return 2 * amounts > len(texts)


def _are_numbers(texts: Sequence[str]) -> bool:
    """Whether most texts are numbers and their units: they name nothing, and foresee nothing in words."""
    flat = [squeeze(halve_digits(t)) for t in texts]
    numbers = [t for t in flat if ALONE.fullmatch(t) and any(ch.isdigit() for ch in t)]
    return 2 * len(numbers) > len(texts)


def _with_ticks(columns: Sequence[Column], parts: Sequence[Part]) -> list[Column]:
    """Columns side by side of which each row chooses one by the same sign (達成 | 未達成) say it by their
    headings: the sign is no mark. Under one heading some may be chosen by none. Columns of different
    years choose nothing."""
    signs = [{squeeze(t).translate(_ROUND) for t in own} for own in _texts_of(columns, parts)]
    rows = [{p.first for p in parts if p.text and c.x0 < p.middle < c.x1} for c in columns]
    out = list(columns)
    for i, j in pairwise(range(len(columns))):
        both = signs[i] | signs[j]
        years = [named_years(c.said.text for c in columns[k].cells) for k in (i, j)]
        free = all(columns[k].means in _TICKED for k in (i, j)) and years[0] == years[1]
        one = signs[i] == signs[j] or not set(columns[i].cells).isdisjoint(columns[j].cells)
        if free and one and not rows[i] & rows[j] and len(both) == 1 and both <= _TICKS:
            for k in (i, j):
                out[k] = replace(columns[k], means="category", rule="one of several columns is ticked")
    return out


def _with_measures(columns: Sequence[Column]) -> list[Column]:
    """Of several columns of initiatives the last names the measures (取組名 | 事業名), but not one that says
    what they are about (事業名 | 事業内容); right of an indicator they name nothing."""
    at = [i for i, c in enumerate(columns) if c.means == "initiative"]
    indicator = next((i for i, c in enumerate(columns) if c.means == "indicator"), None)
    out = list(columns)
    for i in at if indicator is not None else at[1:]:
        about = columns[i].path.endswith(("内容", "等")) and not columns[at[0]].path.endswith("内容")
        if indicator is None or i > indicator:
            out[i] = replace(columns[i], means="content" if about or indicator is not None else "measure")
    return out


def _with_years(columns: Sequence[Column], parts: Sequence[Part]) -> list[Column]:
    """Columns of years that name no role: one in front of all values, or in whose rows a name is merged down,
    that no heading joins with a value, says the year of each row; others are of the column beside them, on
    the side where the first has one."""
    at = [i for i, c in enumerate(columns) if c.means == YEAR]
    values = [i for i, c in enumerate(columns) if isinstance(c.means, FiscalColumn)]
    out = list(columns)
    front = bool(at and values) and at[0] < values[0]
    for i in at:
        beside = columns[i + 1 : i + 2] if front else columns[i - 1 : i]
        of = next(
            (c.means for c in beside if isinstance(c.means, FiscalColumn) and c.means.year is None), None
        )
        means = f"{of.role}_year" if of is not None else ""
        joined = any(set(columns[i].cells) & set(columns[v].cells) for v in values)
        rows = front or (not means and _are_of_one_name(columns, columns[i], parts))
        if rows and len(at) == 1 and not joined and not any(c.means in YEARS for c in columns):
            means = "roles"
        out[i] = replace(columns[i], means=means if means in (*YEARS, "roles") else "category")
    return out


def _are_of_one_name(columns: Sequence[Column], years: Column, parts: Sequence[Part]) -> bool:
    """Whether each cell of the column that names the rows is merged down over several of a column of
    years."""
    name = next((c for c in columns if c.means in ("indicator", "measure", "initiative")), None)
    if name is None:
        return False
    named = [p for p in parts if name.x0 < p.middle < name.x1]
    own = [p for p in parts if years.x0 < p.middle < years.x1 and p.text]
    return bool(named) and all(sum(n.first <= p.first <= n.last for p in own) > 1 for n in named)


def with_actuals(columns: Sequence[Column], parts: Sequence[Part]) -> list[Column]:
    """Columns of years alone are those of actuals where the table has a target or a baseline, nothing that is
    an actual or a plan, and nothing that says what the rows are; only numbers, all before the target."""
    roles = {c.means.role for c in columns if isinstance(c.means, FiscalColumn)}
    targets = [
        c.means.year for c in columns if isinstance(c.means, FiscalColumn) and c.means.role == "target"
    ]
    at = {i: c.means for i, c in enumerate(columns) if isinstance(c.means, YearColumn) and not c.means.roles}
    out = list(columns)
    if not roles or not roles <= {"target", "baseline"} or have_roles(columns):
        return out
    names = [c for c in columns if c.means in ("indicator", "measure")] or columns[:1]
    if any(p.last > p.first and names[0].x0 < p.middle < names[0].x1 for p in parts):
        return out
    texts = _texts_of([columns[i] for i in at], parts)
    for (i, means), own in zip(at.items(), texts, strict=True):
        cells = [squeeze(halve_digits(text)) for text in own]
        last = max((year for year in targets if year is not None), default=means.year)
        before = means.year is not None and (not targets or (last is not None and means.year <= last))
        if before and cells and all(NUMBER.fullmatch(text) for text in cells):
            out[i] = replace(
                columns[i], means=FiscalColumn(means.year, "actual"), rule="a year before the target"
            )
    return out


def _texts_of(columns: Sequence[Column], parts: Sequence[Part]) -> list[list[str]]:
    """The texts below each of the columns."""
    placed = [(p.middle, p.said.unposted) for p in parts if p.said.unposted]
    return [[text for middle, text in placed if c.x0 < middle < c.x1] for c in columns]


def _with_group(column: Column, parts: Sequence[Part], edge: float, named: bool) -> Column:
    """A column left of the naming one whose cells are merged down, or say the same row after row, holds what
    the rows stand under, whatever it is called; so does one of words that no layout knows, where a heading
    says what names the rows (`named`)."""
    if column.means not in (None, "category") or column.x1 > edge + EDGE:
        return column
    own = [p for p in parts if column.x0 < p.middle < column.x1 and p.text]
    texts = [squeeze(p.text) for p in own]
    again = sum(a == b for a, b in pairwise(texts))
    if any(p.last > p.first for p in own) or 2 * again > len(texts):
        return replace(column, means="group", rule=column.rule or "cells merged down")
    words = [t for t in texts if len(_WORDS.findall(t)) > 1]
    if column.means is None and named and words and len(words) >= MOST * len(texts):
        return replace(column, means="group", rule="words in front of the names")
    return column


def _are_sums(column: Column, values: Sequence[Column]) -> bool:
    """Whether values are what goals, pillars or plans cost, all of them: a table of another matter."""
    roles = {c.means.role for c in values if isinstance(c.means, FiscalColumn)}
    return column.means in OUTER and bool(roles) and roles <= set(MONEY)


def named_by_place(columns: Sequence[Column], parts: Sequence[Part]) -> tuple[Column, ...]:
    """The columns of a table with values none of whose headings names the rows: the last column of words in
    front of the values does, where nearly each row has its own there; one whose heading no layout knows only
    in front of several."""
    values = [c for c in columns if isinstance(c.means, FiscalColumn | YearColumn)]
    if not values:
        return tuple(columns)
    edge = values[0].x0
    roles = {c.means.role for c in values if isinstance(c.means, FiscalColumn)}
    compares = "actual" in roles and not roles.isdisjoint(("planned", "target"))
    free = (*LEADING, *([None] if len(values) > 1 else []), *(["category"] if compares else []))
    front = [c for c in columns if c.x1 < edge + EDGE and c.means in free]
    worded = [c for c in values[:1] if len(values) > 1]
    for column in (*reversed(front), *worded):
        own = [p for p in parts if column.x0 < p.middle < column.x1]
        texts = [p.text for p in own if p.text]
        words = [t for t in texts if _WORDS.search(t) and not NUMBER.fullmatch(squeeze(halve_digits(t)))]
        if _are_sums(column, values):
            return tuple(columns)
        if words and len(words) >= MOST * len(own) and len(set(texts)) >= MOST * len(texts):
            named = replace(column, means="indicator", rule="the words in front of the values")
            return tuple(named if c is column else c for c in columns)
    return tuple(columns)
