"""What may be read amiss is said: tables without rules, texts that are cut off."""

from make.pages import Said, lattice, page_of
from shinchoku.page import Page
from shinchoku.raw import raw_page

ROWS = (("成果指標", "実績", "目標"), ("保育所の数", "181所", "190所"), ("受診率", "64.5%", "70%"))


def codes(page: Page) -> list[str]:
    return [problem.code for problem in raw_page(page).problems]


def placed(top: float = 100.0) -> list[Said]:
    return [
        Said(text, x, top + 20 * k)
        for k, row in enumerate(ROWS)
        for text, x in zip(row, (50, 200, 300), strict=True)
    ]


def test_text_in_rows_and_columns_without_rules_is_a_warning() -> None:
    assert codes(page_of(*placed())) == ["unruled_table"]


def test_it_is_one_on_a_page_with_a_table_too() -> None:
    page = page_of(*placed(), *placed(300), marks=lattice((40, 190, 290, 400), (95, 115, 135, 155)))
    assert codes(page) == ["unruled_table"]
    (problem,) = raw_page(page).problems
    assert (problem.severity, problem.page, problem.printed) == ("warning", 1, "成果指標 実績 目標")
    assert problem.box == (50, 300, 325, 350)


def test_text_in_cells_and_running_text_is_none() -> None:
    in_cells = page_of(*placed(), marks=lattice((40, 190, 290, 400), (95, 115, 135, 155)))
    running = [
        Said("続きの長い文がここに書いてあります", x, 100 + 14 * k) for k in range(6) for x in (40, 230, 420)
    ]
    assert codes(in_cells) == []
    assert codes(page_of(*running)) == []


def test_text_that_goes_on_unseen_is_a_warning() -> None:
    page = page_of(Said("認可保育所の総", 60, 110), Said("数", 130, 110, visible=False))
    problem, _ = raw_page(page).problems
    assert (problem.code, problem.severity, problem.printed) == ("cut_text", "warning", "認可保育所の総")
    apart = page_of(Said("見える", 60, 110), Said("隠れた字", 200, 110, visible=False))
    assert codes(apart) == ["hidden_text"]


def test_text_whose_beginning_is_hidden_is_a_warning() -> None:
    page = page_of(Said("1,", 60, 110, visible=False), Said("250", 70, 110))
    problem = next(p for p in raw_page(page).problems if p.code == "cut_text")
    assert (problem.severity, problem.printed) == ("warning", "250")


def test_a_text_hidden_at_both_ends_is_told_once() -> None:
    page = page_of(
        Said("約", 50, 110, visible=False), Said("250", 60, 110), Said("所", 90, 110, visible=False)
    )
    (problem,) = [p for p in raw_page(page).problems if p.code == "cut_text"]
    assert problem.printed == "250"
    assert str(problem.message).startswith("1 ")
