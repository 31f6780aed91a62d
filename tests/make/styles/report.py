"""Records of a report in, the report typeset in a house style out, and the records that it prints."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from make.styles.pages import Down, Item, NewPage, Table, Text, typeset
from make.styles.plans import (
    Row,
    builder,
    cell_text,
    enclosing_mark,
    measure_table,
    numbered,
    plan_heading,
    with_mark,
)
from make.styles.sheets import Cell, Sheet
from make.styles.style import FULL, Style

LEGEND = {"A+": "計画を上回ったもの", "A": "計画どおりのもの", "B": "計画より遅れたもの"}
ALONE = {"*": "別に示すもの", "-": "計画のないもの"}
ROMAN = {"I": 1, "Ⅱ": 2, "Ⅲ": 3, "IV": 4, "V": 5, "VI": 6}


def report(
    style: Style, measures: Sequence[Row] = (), indicators: Sequence[Row] = (), goals: Sequence[Row] = ()
) -> bytes:
    """The PDF of a report of these records."""
    return typeset(items(style, measures, indicators, goals), style)


def items(
    style: Style, measures: Sequence[Row], indicators: Sequence[Row], goals: Sequence[Row]
) -> Iterator[Item]:
    """All that the report prints, in order."""
    yield Text("アクションプラン〔年度別取組計画〕", 2.2)
    yield Text("令和元年度末の進捗状況", 2.2)
    yield Text("令和2年（2020年）9月", 1.5)
    yield NewPage()
    yield Text("目　次", 1.5)
    yield from _contents(style, measures, indicators)
    if indicators:
        yield NewPage()
        yield Text("重要業績評価指標（KPI）の令和元年度末実績", 1.6)
        yield from _down(style)
        yield Text("【表の見方】", 1.2, stay=True)
        yield from _kpi(style, indicators[: _shown(style)], goals[:2], sample=True)
        yield Text("「目標値」欄", stay=True)
        yield Text("：原則として、令和3年度末の目標値を表示しています。")
        yield NewPage()
        yield from _kpi(style, indicators, goals)
    if measures:
        yield NewPage()
        yield Text("アクションプラン〔年度別取組計画〕令和元年度末の進捗状況", 1.6)
        yield from _down(style)
        yield Text("【表の見方】", 1.2, stay=True)
        yield from _plan(style, list(measures[: _shown(style)]), None)
        yield Text("「進捗状況」欄：令和元年度末の進捗状況を表示しています。", space=1.0)
        for mark, meaning in LEGEND.items():
            yield Text(style.legend.format(mark=style.marks.get(mark, mark), meaning=meaning), space=1.0)
        parts = [style.legend.format(mark=style.marks.get(m, m), meaning=t) for m, t in ALONE.items()]
        yield Text("　　".join(parts))
        yield NewPage()
        yield from _action_plan(style, measures)


def _shown(style: Style) -> int:
    """How many rows the examples show."""
    return 5 if style.sample_room else 3


def _down(style: Style) -> Iterator[Item]:
    if style.sample_room:
        yield Down(style.sample_room)


def _contents(style: Style, measures: Sequence[Row], indicators: Sequence[Row]) -> Iterator[Item]:
    seen = dict.fromkeys(numbered(style.goal, r.get("goal_no", ""), r["goal_title"]) for r in indicators)
    seen |= dict.fromkeys(plan_heading(style, r) for r in measures)
    for page, title in enumerate(seen, start=3):
        yield Text(f"{title} ・・・ {page}")


def _action_plan(style: Style, measures: Sequence[Row]) -> Iterator[Item]:
    if any(c.means == "plan" for c in style.measures):
        for pillar, same in groupby(measures, lambda r: r["pillar"]):
            yield _heading(style, numbered(style.pillar, "", pillar), style.pillar_at, 1.4)
            yield Table(measure_table(style, list(same)))
        return
    if style.abut:
        for pillar, same in groupby(measures, lambda r: r["pillar"]):
            yield _heading(style, numbered(style.pillar, "", pillar), style.pillar_at, 1.4)
            plans = [list(p) for _, p in groupby(same, lambda r: r["plan_no"])]
            yield Table(stacked([measure_table(style, p, [plan_heading(style, p[0])]) for p in plans]))
        return
    pillar = None
    for number, (_, same) in enumerate(groupby(measures, lambda r: r["plan_no"])):
        rows = list(same)
        begins = rows[0]["pillar"] != pillar
        pillar = rows[0]["pillar"]
        no = 1 + list(dict.fromkeys(r["pillar"] for r in measures)).index(pillar)
        if begins and style.pillar_header:
            yield NewPage(numbered(style.pillar_header, no, pillar))
        elif number and (style.new_page == "plan" or (style.new_page == "pillar" and begins)):
            yield NewPage()
        yield from _plan(style, rows, (no, pillar) if begins else None)


def _heading(style: Style, text: str, at: str, size: float) -> Text:
    return Text(text, size, bar=at == "bar", box=at == "box", stay=True)


def _plan(style: Style, rows: list[Row], pillar: tuple[int, str] | None) -> Iterator[Item]:
    over = []
    if pillar and style.pillar:
        text = numbered(style.pillar, *pillar)
        if style.pillar_at == "row":
            over.append(text)
        else:
            yield _heading(style, text, style.pillar_at, 1.4)
    if style.plan_at == "row":
        over.append(plan_heading(style, rows[0]))
    elif style.plan_at == "cells":
        over.append("戦略計画{}\t{}".format(rows[0]["plan_no"], rows[0]["plan_title"]))
    elif style.plan_at != "inside" and not any(c.means == "plan" for c in style.measures):
        yield _heading(style, plan_heading(style, rows[0]), style.plan_at, 1.2)
    again = style.again and Text(numbered(style.again, rows[0]["plan_no"], rows[0]["plan_title"]), 1.2)
    above = (again,) if isinstance(again, Text) else ()
    if style.initiative_at == "text":
        yield from _by_initiative(style, rows)
        return
    if style.section_at == "inside":
        yield Table(measure_table(style, rows, over), above)
        return
    for section, same in groupby(rows, lambda r: r["section"]):
        if section:
            yield Text(style.section.format(title=section), 1.1, stay=True)
        yield Table(measure_table(style, list(same), () if section else over), above)


def _by_initiative(style: Style, rows: Sequence[Row]) -> Iterator[Item]:
    section = ""
    for (now, no, title), same in groupby(
        rows, lambda r: (r["section"], r["initiative_no"], r["initiative_title"])
    ):
        members = list(same)
        if now and now != section:
            yield Text(style.section.format(title=now), 1.1, stay=True)
        section = now
        mark = enclosing_mark(style, members, "initiative")
        yield Text(numbered(style.initiative, no, title) + mark, 1.1, stay=True)
        yield Table(measure_table(style.but(section_at="above"), members))


def stacked(sheets: Sequence[Sheet]) -> Sheet:
    """The sheets as one, each below the one before; those after the first have no headings of their own."""
    cells: list[Cell] = []
    at = 0
    for sheet in sheets:
        cells += [replace(c, r0=c.r0 + at, r1=c.r1 + at) for c in sheet.cells]
        at = max(c.r1 for c in cells)
    return Sheet(sheets[0].edges, 0, tuple(cells))


def _kpi(style: Style, rows: Sequence[Row], goals: Sequence[Row], sample: bool = False) -> Iterator[Item]:
    merged = any(c.means == "plan" for c in style.indicators)
    if any(c.means == "goal" for c in style.indicators):
        yield Table(kpi_table(style, rows))
        return
    for number, ((no, title), same) in enumerate(groupby(rows, lambda r: (r["goal_no"], r["goal_title"]))):
        members = list(same)
        if number and style.new_page:
            yield NewPage()
        own = [g for g in goals if g["goal_no"] == no]
        if own:
            yield Table(goal_sheet(style, own))
        elif style.goal and not (sample and merged):
            yield Text(numbered(style.goal, no, title), 1.4, stay=True)
        if merged:
            yield Table(kpi_table(style, members))
            continue
        for _, plan in groupby(members, lambda r: r["plan_no"]):
            part = list(plan)
            heading = numbered(style.kpi_plan, part[0]["plan_no"], part[0]["plan_title"])
            inside = style.plan_at == "row"
            if not inside:
                yield _heading(style, heading, style.plan_at, 1.2)
            yield Table(kpi_table(style, part, (heading,) if inside else ()))


def kpi_table(style: Style, rows: Sequence[Row], over: Sequence[str] = ()) -> Sheet:
    """The table of these indicators."""
    b = builder(style, style.indicators, "indicator")
    for text in over:
        b.titled(text)
    b.headings()
    if b.has("goal"):
        at = b.row
        for (no, title), same in groupby(rows, lambda r: (r["goal_no"], r["goal_title"])):
            end = at + len(list(same)) + 0
            c0, c1 = b.place("goal")
            b.cells.append(Cell(at, c0, end, c1, f"{no} {title}".strip()))
            at = end
    for _, same in groupby(rows, lambda r: r["plan_no"]):
        members = list(same)
        start = b.row
        for group, part in groupby(members, lambda r: r["group"]):
            _indicators(b, list(part), group)
        if b.has("plan"):
            title = numbered(style.kpi_plan, members[0]["plan_no"], members[0]["plan_title"])
            b.cells.append(Cell(start, *_between(b.place("plan"), b.row), title))
    return b.sheet()


def _between(place: tuple[int, int], r1: int) -> tuple[int, int, int]:
    return place[0], r1, place[1]


def _indicators(b: Any, rows: Sequence[Row], group: str) -> None:
    start = b.row
    c0, _ = b.place("indicator")
    as_row = group and b.style.group_at != "narrow"
    if as_row:
        b.spanning(group, c0)
    elif group:
        b.cells.append(Cell(start, c0, start + len(rows), c0 + 2, group))
    for r in rows:
        for col, (p0, p1) in zip(b.cols, b.places, strict=True):
            if col.means in ("plan", "goal"):
                continue
            left = p0 + (2 if group and not as_row else 1 if group else 0) if p0 == c0 else p0
            b.add(left, p1, cell_text(r, col, b.style))
        b.row += 1
    if as_row:
        b.cells.append(Cell(start + 1, c0, b.row, c0 + 1, ""))


def goal_sheet(style: Style, goals: Sequence[Row]) -> Sheet:
    """The sheet of a goal: what it is, its numeric targets, its directions."""
    whole = style.page[0] - 2 * style.margin
    edges = (0.0, whole * 0.2, whole)
    texts = [("基本目標", f"{goals[0]['goal_no']} {goals[0]['goal_title']}")]
    numeric = [g["text"] for g in goals if g["kind"] == "numeric_target"]
    if numeric:
        texts.append(("数値目標\n(令和5年度末)", "\n".join("● " + t for t in numeric)))
    texts.append(("基本的な\n方向性", "\n".join(g["text"] for g in goals if g["kind"] == "direction")))
    cells = []
    for i, (head, text) in enumerate(texts):
        cells += [Cell(i, 0, i + 1, 1, head, "center"), Cell(i, 1, i + 1, 2, text)]
    return Sheet(edges, 0, tuple(cells))


def expected_measures(style: Style, measures: Sequence[Row]) -> list[Row]:
    """The rows that a report in this style prints."""
    kept = {c.means: c for c in style.measures if c.means.startswith("fy")}
    target = next(c for c in measures[0] if c.endswith("_target"))
    out = []
    for r in measures:
        row = {k: v for k, v in r.items() if not k.startswith("fy") and k not in ("progress", "note")}
        row["measure_text"] = with_mark(style, r)
        row[_target(style) or target] = r[target]
        row |= {k: r[c.source or k] for k, c in kept.items()}
        means = {c.means for c in style.measures}
        row["progress"] = style.marks.get(r["progress"], r["progress"]) if "mark" in means else ""
        row["note"] = r["note"] if "note" in means else ""
        if not style.pillar and not style.pillar_header:
            row["pillar"] = ""
        if "{ring}" in style.sub and row["sub_no"]:
            row["sub_no"] = numbered("{ring}", row["sub_no"], "")
        out.append(_printed(style, row))
    return out


def _target(style: Style) -> str:
    """The target column that the style names in its naming column."""
    return next((c.source for c in style.measures if c.means == "name"), "")


def expected_indicators(style: Style, indicators: Sequence[Row]) -> list[Row]:
    """The rows that a report in this style prints."""
    kept = {c.means: c for c in style.indicators if c.means.startswith("fy")}
    out = []
    for r in indicators:
        row = {k: v for k, v in r.items() if not k.startswith("fy")}
        row |= {k: r[c.source or k] for k, c in kept.items()}
        out.append(_printed(style, row))
    return out


def _printed(style: Style, row: Row) -> Row:
    if not style.full:
        return row
    plain = ("repost_of", "sub_no")
    full = {k: v.translate(FULL) if isinstance(v, str) and k not in plain else v for k, v in row.items()}
    return full | {"group": " > ".join(g.translate(FULL) for g in row["group"].split(" > "))}
