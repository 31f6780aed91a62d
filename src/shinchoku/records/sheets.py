"""Goal sheets in (基本目標, 数値目標, 基本的な方向性 beside their text), goals and their statements out; what
other tables of headings and the text beside them say of the tables below them."""

from itertools import pairwise

from shinchoku.layouts import Layouts, one_line
from shinchoku.layouts.announcements import named
from shinchoku.records import Goal, Heading
from shinchoku.records.context import OUTER, Context
from shinchoku.records.marks import numbered_heading
from shinchoku.stitch import LogicalTable

BULLETS = "●○◆◇■□◎▶►"
HEADS = {
    *OUTER,
    "indicator",
    "initiative",
    "progress",
    "achievement",
    "outlook",
    "unit",
    "definition",
    "cost",
}
"""Headings that tables of records have, and hardly others."""
DANGLING = "：:（(〔[※"
"""A line that begins so goes on with the statement above it."""


def goal_sheet(table: LogicalTable, goal: Heading, layouts: Layouts) -> tuple[list[Goal], Heading]:
    """The statements of a goal sheet and the goal it is about; `goal` is the one announced before it."""
    found: list[Goal] = []
    for i in range(table.row_count):
        new = [p for p in table.row(i) if p.first == i]
        if len(new) < 2:
            continue
        kind = new[0].said.beside
        text = "\n".join(p.text for p in new[1:] if p.text)
        if kind == "goal":
            goal = numbered_heading(named("goal", text, layouts))
        elif kind:
            cells = tuple(c for p in new[1:] if p.text for c in p.cells)
            found += [Goal(goal, kind, s, new[1].cells[0].page, cells) for s in statements(text)]
    return found, goal


def announced(context: Context, table: LogicalTable, layouts: Layouts) -> Context:
    """The context after a table that gives no records: goal, pillar and plan that stand beside those words
    (施策名 | 道路の整備) hold for the tables after it."""
    cells = sorted((c for page in table.pages for c in page.cells), key=lambda c: (c.page, c.row, c.col))
    for head, value in pairwise(cells):
        kind = layouts.field(head.text) if head.text and value.row == head.row else None
        if kind in OUTER and value.text and layouts.field(value.text) is None:
            said = value.said if value.said.kind == kind else named(str(kind), value.text, layouts)
            found = numbered_heading(said) if said.kind == kind else Heading("", one_line(value.text))
            context = context.announce(str(kind), found).read_from(context, (value,))
    return context


def headed(table: LogicalTable, layouts: Layouts, least: int) -> bool:
    """Whether so many headings at least of a table that gives no records are those of records."""
    said = {layouts.field(c.text) for page in table.pages for c in page.cells if c.text}
    return len(said & HEADS) >= least


def statements(text: str) -> list[str]:
    """The statements of a cell: one a bullet sign where there are any, else one a line."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    bulleted = any(line[0] in BULLETS for line in lines)
    out: list[str] = []
    for line in lines:
        starts = line[0] in BULLETS if bulleted else line[0] not in DANGLING
        if starts or not out:
            out.append(line.lstrip(BULLETS).strip())
        else:
            out[-1] += "\n" + line
    return out
