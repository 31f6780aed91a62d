"""The house styles a report may be typeset in: every choice its makers have, as one frozen value."""

from dataclasses import dataclass, field, replace

FULL = str.maketrans({chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F)} | {" ": "　"})


@dataclass(frozen=True)
class Col:
    """A column: `means` is the gold column it prints or plan, lead, name, measure, mark, note; `head` its
    heading, parts of a heading over two rows joined by "/"; `width` its share of the table's width; `source`
    the gold column its text is taken from, where it is a made-up one."""

    means: str
    head: str
    width: float
    align: str = "left"
    source: str = ""


PROGRESS = (
    Col("lead", "取組名", 12),
    Col("name", "令和3年度目標", 19),
    Col("fy2018_baseline", "平成30年度末の\n現況", 14),
    Col("fy2019_planned", "令和元年度/当初計画", 14),
    Col("fy2019_actual", "令和元年度/実績", 14),
    Col("mark", "進捗\n状況", 7, "center"),
    Col("note", "備考", 20),
)
KPI = (
    Col("indicator", "指標", 34),
    Col("fy2021_target", "目標値\n(原則：令和3年度末)", 22),
    Col("fy2018_baseline", "現状値\n(原則：平成30年度末)", 22),
    Col("fy2019_actual", "令和元年度末の実績", 22),
)
REVISION = (
    Col("plan", "戦略計画", 22),
    Col("indicator", "重要業績評価指標（ＫＰＩ）/指標", 34),
    Col("fy2021_baseline", "重要業績評価指標（ＫＰＩ）/現状値\n原則：令和3年度末", 22),
    Col("fy2023_target", "重要業績評価指標（ＫＰＩ）/目標値\n(原則：令和5年度末)", 22),
)


@dataclass(frozen=True)
class Style:
    """One house style; lengths in points.

    Headings are templates with {no}, {NO} (full width), {ring} and {title}; "" prints none. `pillar_at` and
    `plan_at` are above (a line over the table), bar (the same on shading), row (a row of the table over its
    heading), inside (a row under the heading), box (a ruled box of one cell above the table) or cells (number
    and title in two cells of a row over the heading). `initiative_at` is row or text (a line over a table of
    its own). `abut` sets the plans of a pillar in one table, headings again and again. `inset` is how far
    remarks are set in, `align` how the values of years are aligned. `pillar_header` stands at the top of each
    page. `again` is the template of a plan's heading on further pages, "" for none. `head_again` repeats the
    column headings on each page. `lead_again` says how a cell merged down over a page break goes on: flow
    (its text begins in the upper part), repeat (stands in both), centre (in the middle of the whole, wherever
    that falls). `cut` lets a page break cut rows: "" never, closed (ruled off on both sides), open (no rule
    there). `sample_room`: the examples are longer and begin where so much of the page is left, so that they
    go on over the next. `group_at` is narrow (a row behind the first column, its rows behind a narrow cell),
    behind (no such cell) or edge (from the table's left edge). `merge` are the columns whose equal neighbours
    are one cell. `rules` are line, hair, rect, dotted, dashed or double; `sides` draws the outer left and
    right ones."""

    page: tuple[float, float] = (595.0, 842.0)
    margin: float = 34.0
    font: str = "HeiseiKakuGo-W5"
    size: float = 8.0
    leading: float = 9.6
    pad: tuple[float, float] = (2.0, 2.5)
    inset: float = 0.0
    align: str = "left"
    valign: str = "middle"
    center: bool = False
    justify: bool = False
    hang: bool = False
    kinsoku: str = "basic"
    rules: str = "line"
    sides: bool = True
    zebra: bool = False
    shade_heads: bool = True
    full: bool = False
    header: str = ""
    pillar_header: str = ""
    abut: bool = False
    number: str = "{n}"
    footnotes: bool = False

    measures: tuple[Col, ...] = PROGRESS
    indicators: tuple[Col, ...] = KPI

    goal: str = "基本目標：{title}"
    pillar: str = "{title}"
    pillar_at: str = "bar"
    plan: str = "戦略計画{no} {title}"
    kpi_plan: str = "計画{no} {title}"
    plan_at: str = "above"
    again: str = ""
    new_page: str = "plan"
    section: str = "関連する事業"
    section_at: str = "inside"
    initiative: str = "{no} {title}"
    initiative_at: str = "row"
    sub: str = "({no}) {title}"
    item: str = "{title}"
    repost: str = "【戦略計画{of}の再掲】"
    repost_mark: str = "(再掲)"
    legend: str = "{mark}：{meaning}"
    marks: dict[str, str] = field(default_factory=dict)

    head_again: bool = True
    lead_again: str = "flow"
    sample_room: float = 0.0
    cut: str = ""
    group_at: str = "narrow"
    merge: tuple[str, ...] = ()
    row_room: float = 0.0

    def but(self, **changes: object) -> "Style":
        """The same style with these changes."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def printed(self, text: str) -> str:
        """The text as this style prints it."""
        return text.translate(FULL) if self.full else text
