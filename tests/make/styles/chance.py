"""A seed in, a house style drawn by chance out: the choices that a report's makers have, in any mixture."""

from dataclasses import replace
from random import Random

from make.styles.style import PROGRESS, Col, Style

WORDED = (
    "事業名",
    "令和３年度末の目標",
    "H30年度末の現況",
    "平成31(令和元)年度/当初\n計画",
    "平成31(令和元)年度/実績",
    "進捗",
    "備　考",
)
MORE = (
    *PROGRESS[:3],
    Col("fy2020_planned", "令和2年度(2020年度)/当初計画", 12, source="fy2019_planned"),
    Col("fy2020_actual", "令和2年度(2020年度)/実績", 12, source="fy2019_actual"),
    Col("fy2022_target", "令和4年度目標", 10, source="fy2018_baseline"),
    *PROGRESS[3:],
)
FEWER = (*PROGRESS[:3], Col("fy2019_actual", "令和元年度実績", 14), PROGRESS[5])
LANDSCAPE = (842.0, 595.0)


def worded(columns: tuple[Col, ...], heads: tuple[str, ...]) -> tuple[Col, ...]:
    """The columns under other headings."""
    return tuple(replace(column, head=head) for column, head in zip(columns, heads, strict=True))


def style(seed: int, cuts: bool) -> Style:
    """The house style of that seed; with `cuts` page breaks cut rows and leave them open there."""
    random = Random(seed)
    pick = random.choice
    columns = pick([PROGRESS, PROGRESS, worded(PROGRESS, WORDED), MORE, FEWER])
    size = pick([6.5, 7.0] if columns is MORE else [7.0, 7.5, 8.0, 8.5])
    return Style(
        page=LANDSCAPE if columns is MORE else pick([(595.0, 842.0), LANDSCAPE]),
        font=pick(["HeiseiKakuGo-W5", "HeiseiMin-W3"]),
        size=size,
        leading=size * pick([1.15, 1.2, 1.35]),
        pad=pick([(2.0, 2.5), (3.0, 3.0), (4.5, 2.5)]),
        align=pick(["left", "center"]),
        valign=pick(["middle", "top"]),
        kinsoku=pick(["basic", "basic", "strict", "none"]),
        rules=pick(["line", "hair", "rect", "dotted", "dashed", "double"]),
        sides=random.random() < 0.75,
        zebra=random.random() < 0.2,
        shade_heads=random.random() < 0.7,
        header=pick(["", "令和元年度末の進捗状況"]),
        footnotes=random.random() < 0.3,
        measures=tuple(replace(c, width=c.width * random.uniform(0.85, 1.2)) for c in columns),
        pillar_at=pick(["bar", "above"]),
        plan_at=pick(["above", "bar", "row", "inside", "box", "cells"]),
        again=pick(["", "", "戦略計画{no} {title}（続き）"]),
        new_page=pick(["plan", "pillar", ""]),
        section_at=pick(["inside", "above"]),
        repost=pick(["【戦略計画{of}の再掲】", "（{of}再掲）"]),
        repost_mark=pick(["(再掲)", "【再掲】"]),
        head_again=random.random() < 0.8,
        lead_again=pick(["flow", "repeat"]),
        cut="open" if cuts else "",
        group_at=pick(["narrow", "behind", "edge"]),
        merge=pick([(), (), ("mark",), ("mark", "note")]),
    )
