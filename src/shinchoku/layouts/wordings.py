"""What entries of layout files may say: the meanings they may give to a heading, and an entry itself."""

import re
from dataclasses import dataclass

from shinchoku.fiscal import ROLES

LEADING = ("goal", "pillar", "plan", "initiative", "group")
"""What columns left of the naming one hold, merged down over the rows they hold for."""
TEXTS = ("unit", "owner", "achievement", "outlook", "definition", "progress", "note")
"""The fields of a record that are text of a column of their own."""
YEARS = ("baseline_year", "target_year", "actual_year")
"""The fields whose cells say the year of the column of that role: 基準年度 beside 基準値."""
YEAR = "year"
"""The field whose cells say the year of their row, or of the column beside them: 年度 | 目標 | 実績."""
ASIDE = ("number", "category", "cost", "content")
"""Understood, and kept in `unmapped`: no column is meant for them."""
ERRATUM = "erratum"
"""The field of what a list of misprints says: 誤, 正. Such a table gives no records."""
CHANGE = "change"
"""The field of what a list of changes says: 変更前, 変更後. One without values of years gives no records."""
FIELDS = (*LEADING, "indicator", *TEXTS, *YEARS, YEAR, *ASIDE, ERRATUM, CHANGE, "roles")
"""All that the name of a [[field]] may be; roles are labels of rows (目標値, 実績値)."""
ROLE_NAMES = ROLES
PLACES = ("lead", "data")
CELLS = ("percent", "marks", "roles", "years", "sentences", "words")


@dataclass(frozen=True, slots=True)
class Wording:
    """An entry of a layout file: a text in which `pattern` is found means `means`. Of a field, `over` is what
    the headings over it must say, `place` where its column must stand (lead: left of the one that names the
    rows, data: right of it), `cells` what it must hold (one of CELLS), `undated` that it counts only where no
    year is named; of a role, `dated` says that it counts only where one is. `file` is the file's name."""

    means: str
    pattern: re.Pattern[str]
    over: re.Pattern[str] | None = None
    place: str = ""
    cells: str = ""
    dated: bool = False
    undated: bool = False
    file: str = ""

    @property
    def rule(self) -> str:
        """The entry as it is shown to people."""
        return f"{self.file}: {self.pattern.pattern}"
