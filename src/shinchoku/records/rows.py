"""Records in, rows of the published tables out: contract columns, row ids, the measure cell split in name
and target."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

from shinchoku.fiscal import FiscalColumn
from shinchoku.layouts import TEXTS, Layouts
from shinchoku.layouts.announcements import repost_of, without_marks
from shinchoku.records import Heading, Record, Records
from shinchoku.records.legend import marks_in
from shinchoku.records.split import split_measure
from shinchoku.rows import GoalRow, IndicatorRow, MarkRow, MeasureRow
from shinchoku.text import halve_digits, squeeze

_NONE = Heading()


def measure_rows(records: Records, layouts: Layouts) -> tuple[MeasureRow, ...]:
    """The rows of `measures`, in order."""
    columns = records.columns["measure"]
    rows = []
    for order, (row_id, record) in enumerate(_with_ids(records.measures)):
        plan, initiative, sub = (record.headings.get(k, _NONE) for k in ("plan", "initiative", "sub"))
        pillar = record.headings.get("pillar") or record.headings.get("goal", _NONE)
        marks = [h for h in (initiative, sub, *record.group) if h.repost]
        own = repost_of(record.name)
        source = own or next((h.repost_of for h in reversed(marks) if h.repost_of), "")
        values = {c: record.values.get(c, "") for c in columns}
        measure_text, measure = _measure(record, values, layouts)
        texts = _texts(record)
        rows.append(
            MeasureRow(
                row_id=row_id,
                row_order=order,
                page=record.page,
                page_last=record.page_last,
                table=record.table,
                pillar=pillar.title,
                plan_no=_number(plan.no),
                plan_title=plan.title,
                section=record.section,
                initiative_no=_number(initiative.no),
                initiative_title=initiative.title,
                sub_no=sub.no,
                sub_title=sub.title,
                group=" > ".join(h.title for h in record.group),
                measure_text=measure_text,
                measure=measure,
                is_repost=own is not None or bool(marks) or repost_of(texts["progress"]) is not None,
                repost_of=source,
                fiscal=values,
                **{**texts, "progress": without_marks(texts["progress"])},
                units={},
                unmapped=record.unmapped,
            )
        )
    return tuple(rows)


def _texts(record: Record) -> dict[str, str]:
    """The text columns of a record."""
    return {name: record.texts.get(name, "") for name in TEXTS}


def _measure(record: Record, values: dict[FiscalColumn, str], layouts: Layouts) -> tuple[str, str]:
    """The text that names a measure and its target, and the name alone; a target that is part of the text is
    put into `values`. Where name and target have a column each, the text is the two below each other."""
    name = without_marks(record.name)
    if record.target is not None:
        name, values[record.target] = split_measure(name, layouts)
        return record.name, name
    target = next((t for c, t in record.values.items() if c.role == "target" and t), "")
    return "\n".join(t for t in (record.name, target) if t), name


def indicator_rows(records: Records) -> tuple[IndicatorRow, ...]:
    """The rows of `indicators`, in order."""
    columns = records.columns["indicator"]
    rows = []
    for order, (row_id, record) in enumerate(_with_ids(records.indicators)):
        plan, goal = (record.headings.get(k, _NONE) for k in ("plan", "goal"))
        rows.append(
            IndicatorRow(
                row_id=row_id,
                row_order=order,
                page=record.page,
                page_last=record.page_last,
                table=record.table,
                goal_no=goal.no,
                goal_title=goal.title,
                plan_no=_number(plan.no),
                plan_title=plan.title,
                group=" > ".join(h.title for h in record.group),
                indicator=record.name,
                fiscal={c: record.values.get(c, "") for c in columns},
                **_texts(record),
                units={},
                unmapped=record.unmapped,
            )
        )
    return tuple(rows)


def mark_rows(records: Records) -> tuple[MarkRow, ...]:
    """The rows of `marks`, in the order of the legend."""
    used = [r.texts.get("progress", "") for r in (*records.measures, *records.indicators)]
    found = enumerate(marks_in(records.legend, used))
    return tuple(MarkRow(mark, order, meaning) for order, (mark, meaning) in found)


def goal_rows(records: Records) -> tuple[GoalRow, ...]:
    """The rows of `goals`, in order."""
    seen: Counter[str] = Counter()
    rows = []
    for order, goal in enumerate(records.goals):
        stem = f"{goal.goal.no or goal.goal.title}/{goal.kind}"
        seen[stem] += 1
        rows.append(
            GoalRow(
                row_id=f"{stem}/{seen[stem]}",
                row_order=order,
                page=goal.page,
                goal_no=goal.goal.no,
                goal_title=goal.goal.title,
                kind=goal.kind,
                text=goal.text,
            )
        )
    return tuple(rows)


def _number(printed: str) -> int | None:
    digits = halve_digits(printed)
    if digits.isdecimal():
        return int(digits)
    return int(unicodedata.numeric(digits)) if len(digits) == 1 and digits.isdigit() else None


def _with_ids(records: Sequence[Record]) -> list[tuple[str, Record]]:
    """Each record with an id made of what is printed, the same however the report is typeset: plan, section,
    initiative, sub-item, group and name joined by "/", a repeated one numbered #2, #3."""
    seen: Counter[str] = Counter()
    out = []
    for record in records:
        parts = [record.headings.get(k, _NONE) for k in ("plan", "initiative", "sub")]
        names = [h.no or h.title for h in parts]
        names.insert(1, record.section)
        names += [h.title for h in record.group] + [without_marks(record.name)]
        stem = "/".join(squeeze(halve_digits(n)) for n in names if n)
        seen[stem] += 1
        out.append((stem if seen[stem] == 1 else f"{stem}#{seen[stem]}", record))
    return out
