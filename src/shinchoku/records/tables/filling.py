"""The columns of a table and the rows of one record in, what each cell says out: a value of a year and role,
a text, or text that no column is meant for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from shinchoku.fiscal import FiscalColumn
from shinchoku.layouts import TEXTS, YEARS, Layouts, Means, YearColumn
from shinchoku.records.tables.years import own_year, stated_year
from shinchoku.stitch import Column, Part
from shinchoku.text import squeeze

_LABELLED = re.compile(r"\s*[(（【［〔\[]?([^:：】\])）］〕\s]{1,8})[:：】\])）］〕]")
UNKNOWN = "label"
"""What a label of a row says that no layout knows."""
Key = str | FiscalColumn
"""A field of layouts.TEXTS or a fiscal column."""


@dataclass(frozen=True, slots=True)
class Said:
    """What cells of one record say: `key` is the column meant, None where none is; `path` the heading."""

    key: Key | None
    path: str
    text: str
    parts: tuple[Part, ...]
    column: Column


@dataclass
class Filled:
    """What one record says: `values` and `texts` by key, `unmapped` by heading, `parts` the cells each was
    read from, by column or heading, `paths` the headings of values, `doubled` the columns of which it has two
    texts."""

    values: dict[FiscalColumn, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    unmapped: dict[str, str] = field(default_factory=dict)
    parts: dict[Key, tuple[Part, ...]] = field(default_factory=dict)
    paths: dict[FiscalColumn, str] = field(default_factory=dict)
    doubled: list[Column] = field(default_factory=list)

    def put(self, said: Said) -> None:
        """Place one text; where its column has one already it is kept in `unmapped`."""
        key = said.key
        known = self.values.get(key) if isinstance(key, FiscalColumn) else self.texts.get(key or "")
        if key is not None and not (said.text and known):
            if said.text or known is None:
                self.parts[key] = said.parts
                if isinstance(key, FiscalColumn):
                    self.values[key] = said.text
                    self.paths[key] = said.path
                else:
                    self.texts[key] = said.text
            return
        if key is not None and said.path == said.column.path:
            self.doubled.append(said.column)
        if said.text:
            path = self._free(said.path)
            self.unmapped[path] = said.text
            self.parts[path] = said.parts

    def _free(self, path: str) -> str:
        """The heading, numbered where the record has text under it already."""
        name, count = path, 1
        while name in self.unmapped:
            count += 1
            name = f"{path}#{count}"
        return name


def fill(
    columns: Sequence[Column], rows: Sequence[Sequence[Part]], labels: Sequence[str], layouts: Layouts
) -> Filled:
    """What a record says by its rows of cells, under `columns`; `labels` are what the rows say they hold
    (目標値, 実績値), "" for none. Of columns of the same meaning the first wins."""
    found = [said for column in columns for said in _said(column, rows, labels, layouts)]
    found.sort(key=lambda said: -_newness(said))
    years = _years(columns, found)
    filled = Filled()
    for said in found:
        filled.put(_dated(said, years))
    return filled


def _newness(said: Said) -> int:
    """The year of a text beside a label of its row (達成率), so that the newest comes first; 0 for others."""
    means = said.column.means
    return means.year or 0 if isinstance(said.key, str) and isinstance(means, YearColumn) else 0


def _said(
    column: Column, rows: Sequence[Sequence[Part]], labels: Sequence[str], layouts: Layouts
) -> Iterator[Said]:
    """What the cells of one column say."""
    means = column.means
    cells = [_under(column, row) for row in rows]
    first = list(dict.fromkeys(found[0] for found in cells if found))
    if isinstance(means, YearColumn) and not means.roles:
        means = YearColumn(means.year, roles_of_lines(first, labels, layouts))
    if isinstance(means, YearColumn) and means.roles:
        yield from _stacked(column, means, first)
    elif isinstance(means, YearColumn | FiscalColumn) and any(labels):
        meant = [layouts.label(label) or UNKNOWN if label else None for label in labels]
        yield from _labelled(column, first, rows, labels, meant)
    elif means == "content" and any(labels) and _say_all(labels, layouts):
        meant = [layouts.label(label) for label in labels]
        yield from _labelled(replace(column, means=YearColumn(None)), first, rows, labels, meant)
    elif isinstance(means, str) and means in TEXTS and len(first) > 1 and _of_years(labels, layouts):
        yield from _yearly(column, means, first, rows, labels, layouts)
    elif isinstance(means, str) and means in TEXTS:
        texts = {squeeze(p.text): p.text for p in reversed(first) if p.text}
        yield Said(means, column.path, "\n".join(reversed(texts.values())), tuple(first), column)
    else:
        key = means if isinstance(means, FiscalColumn) else None
        for part in first:
            own = [label for label, row in zip(labels, rows, strict=True) if part in row and label]
            path = f"{own[0]}/{column.path}" if len(own) == 1 < len(rows) else column.path
            yield Said(key, path, part.text, (part,), column)
    for part in dict.fromkeys(p for found in cells for p in found[1:] if p not in first):
        yield Said(None, column.path, part.text, (part,), column)


def _under(column: Column, row: Sequence[Part]) -> list[Part]:
    """The cells of a row under a column, the one in its middle first."""
    middle = (column.x0 + column.x1) / 2
    cells = [p for p in row if p.x0 < middle < p.x1 or column.x0 < p.middle < column.x1]
    return sorted(cells, key=lambda p: not p.x0 < middle < p.x1)


def _stacked(column: Column, means: YearColumn, parts: Sequence[Part]) -> Iterator[Said]:
    """The upper and the lower line of a cell, or the upper and the lower cell."""
    if len(parts) == 1:
        texts, cells = _two_lines(parts[0]), [parts[0], parts[0]]
    else:
        texts, cells = [p.text for p in parts], list(parts)
    if len(texts) != len(means.roles):
        yield from (Said(None, column.path, p.text, (p,), column) for p in parts)
        return
    for role, text, part in zip(means.roles, texts, cells, strict=True):
        yield Said(FiscalColumn(means.year, role), column.path, text.strip(), (part,), column)


def roles_of_lines(parts: Sequence[Part], labels: Sequence[str], layouts: Layouts) -> tuple[str, ...]:
    """The roles of the lines of one cell, as the label of its row says line by line (計画 over 実績), or as
    each of them says itself (目標：90); none where not each has one of its own."""
    if len(parts) != 1:
        return ()
    if any(labels):
        return layouts.two_labels(labels[0])
    said = [m[1] if (m := _LABELLED.match(line)) else "" for line in parts[0].text.split("\n")]
    meant = [layouts.label(label) for label in said]
    roles = [m.role for m in meant if isinstance(m, FiscalColumn) and m.year is None]
    return tuple(roles) if 1 < len(set(roles)) == len(meant) else ()


def _two_lines(part: Part) -> list[str]:
    """The upper and the lower line of a cell: as its author broke it, else as it is set in two lines."""
    broken = part.text.split("\n")
    set_ = [line.text for cell in part.cells for line in cell.lines]
    return set_ if len(broken) == 1 and len(set_) == 2 else broken


def _labelled(
    column: Column,
    parts: Sequence[Part],
    rows: Sequence[Sequence[Part]],
    labels: Sequence[str],
    meant: Sequence[Means],
) -> Iterator[Said]:
    """The cells of a column of a year, or of a role, each as the label of its row says."""
    for part in parts:
        own = [i for i, row in enumerate(rows) if part in row]
        key = _meant(column.means, meant[own[0]] if len(own) == 1 else None)
        path = column.path if len(own) > 1 or key == column.means else f"{labels[own[0]]}/{column.path}"
        yield Said(key, path, part.text, (part,), column)


def _say_all(labels: Sequence[str], layouts: Layouts) -> bool:
    """Whether each label says year and role: R4計画."""
    roles = (isinstance(layouts.label(label), FiscalColumn) for label in labels)
    return _of_years(labels, layouts) and all(roles)


def _of_years(labels: Sequence[str], layouts: Layouts) -> bool:
    return any(labels) and all(_year_of(label, layouts) for label in labels)


def _year_of(label: str, layouts: Layouts) -> int:
    """The year that a label says, 0 for none."""
    means = layouts.label(label)
    return means.year or 0 if isinstance(means, YearColumn | FiscalColumn) else 0


def _yearly(
    column: Column,
    means: str,
    parts: Sequence[Part],
    rows: Sequence[Sequence[Part]],
    labels: Sequence[str],
    layouts: Layouts,
) -> Iterator[Said]:
    """The texts of a column in rows of a year each, the newest first."""
    found = []
    for part in parts:
        label = next(label for label, row in zip(labels, rows, strict=True) if part in row)
        found.append((_year_of(label, layouts), label, part))
    for _, label, part in sorted(found, key=lambda f: -f[0]):
        yield Said(means, f"{label}/{column.path}", part.text, (part,), column)


def _meant(means: Means, said: Means) -> Key | None:
    """The column of a cell under a heading and beside a label of its row; a baseline was an actual."""
    if said == UNKNOWN:
        return None
    if isinstance(means, FiscalColumn):
        if isinstance(said, YearColumn):
            return means if means.year is not None else FiscalColumn(said.year, means.role)
        roles = (means.role, "actual") if means.role == "baseline" else (means.role,)
        return means if said is None or (isinstance(said, FiscalColumn) and said.role in roles) else None
    if not isinstance(means, YearColumn) or said is None or isinstance(said, YearColumn):
        return None
    if isinstance(said, FiscalColumn):
        return FiscalColumn(said.year or means.year, said.role)
    return said


def _years(columns: Sequence[Column], found: Sequence[Said]) -> Mapping[Column, int]:
    """The year that a column of years (基準年度) states for the column of that role beside it."""
    years: dict[Column, int] = {}
    for i, column in enumerate(columns):
        if not isinstance(column.means, str) or column.means not in YEARS:
            continue
        undated = FiscalColumn(None, column.means.removesuffix("_year"))
        beside = [*columns[i + 1 :], *reversed(columns[:i])]
        partner = next((c for c in beside if c.means == undated and c not in years), None)
        stated = [year for s in found if s.column is column and (year := stated_year(s.text))]
        if partner is not None and len(stated) == 1:
            years[partner] = stated[0]
    return years


def _dated(said: Said, years: Mapping[Column, int]) -> Said:
    """The same in the column of the year that a neighbouring cell or the text itself states."""
    key = said.key
    if not isinstance(key, FiscalColumn) or key.year is not None or not said.text:
        return said
    year = years.get(said.column) or own_year(said.text)
    if year is None:
        return said
    return Said(FiscalColumn(year, key.role), said.path, said.text, said.parts, said.column)
