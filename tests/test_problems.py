"""Infos that say the same of several whole pages are one."""

from dataclasses import replace

from shinchoku.language import Said, say
from shinchoku.problems import Problem, Severity, gathered

FONTS = say("fonts are not in the file")
GATHERED = Said("pages 1-3, 7: fonts are not in the file", f"1-3, 7ページ：{FONTS.ja}")
INFO = Problem(Severity.INFO, "font_not_embedded", FONTS)


def test_an_info_of_several_pages_is_said_once_and_names_them() -> None:
    pages = [replace(INFO, page=page) for page in (1, 2, 3, 7)]
    assert gathered(pages) == [replace(INFO, said=GATHERED)]
    assert gathered(pages[:1]) == pages[:1]


def test_all_other_problems_stay_apart() -> None:
    kept = [
        problem
        for page in (1, 2)
        for problem in (
            Problem(Severity.WARNING, "glyphs_disagree", say("two readers differ"), page=page),
            replace(INFO, page=page, table=1),
            replace(INFO, page=page, printed="7"),
        )
    ]
    assert gathered(kept) == kept
