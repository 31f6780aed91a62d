"""Text outside tables becomes blocks: paragraphs, headings, notes, page numbers, in reading order."""

import pytest

from make.pages import Said, page_of, rule, together
from shinchoku.parts import RawBlock
from shinchoku.raw import raw_page


def blocks(*runs: Said, frame: tuple[float, float, float, float] | None = None) -> tuple[RawBlock, ...]:
    marks = None
    if frame is not None:
        x0, top, x1, bottom = frame
        sides = ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom))
        marks = together(*(rule(*side) for side in sides))
    return raw_page(page_of(*runs, marks=marks)).blocks


def texts(found: tuple[RawBlock, ...]) -> list[str]:
    return ["/".join(line.text for line in b.lines) for b in found]


def set_lines(x: float, y: float, lines: list[str], leading: float = 16.0) -> list[Said]:
    """Lines of 10 point text; a full-width space at a line's start indents it."""
    return [Said(line, x, y + leading * k) for k, line in enumerate(lines)]


FULL = "この行は段落の幅いっぱいに組まれた本文です"


@pytest.mark.parametrize("leading", [12.0, 15.0, 18.0, 22.0])
def test_paragraphs_begin_where_lines_are_indented(leading: float) -> None:
    lines = ["　一" + FULL[2:], FULL, "短い行。", "　二" + FULL[2:], FULL]
    assert texts(blocks(*set_lines(60, 100, lines, leading))) == [
        f"一{FULL[2:]}/{FULL}/短い行。",
        f"二{FULL[2:]}/{FULL}",
    ]


def test_a_heading_stands_apart_from_what_follows_it() -> None:
    heading = Said("１　はじめに", 60, 84, font="Gothic-Bold")
    assert texts(blocks(heading, *set_lines(60, 100, ["　" + FULL[1:], FULL]))) == [
        "１　はじめに",
        f"{FULL[1:]}/{FULL}",
    ]


def test_a_heading_over_two_lines_is_one_block() -> None:
    assert texts(blocks(*set_lines(60, 100, [FULL, "の続き"]), *set_lines(60, 300, [FULL]))) == [
        f"{FULL}/の続き",
        FULL,
    ]


def test_items_and_notes_stand_each_for_itself() -> None:
    lines = [
        "・" + FULL[1:],
        "　続きは字下げされる",
        "・二つ目",
        "※１　注" + FULL[4:],
        "　　の続き",
        "※２　終わり",
    ]
    assert texts(blocks(*set_lines(60, 100, lines))) == [
        f"・{FULL[1:]}/続きは字下げされる",
        "・二つ目",
        f"※１　注{FULL[4:]}/の続き",
        "※２　終わり",
    ]


def test_lines_of_a_table_of_contents_stand_each_for_itself() -> None:
    lines = ["第１章　総則" + "・" * 12 + "1", "第２章　細則" + "・" * 12 + "3"]
    assert texts(blocks(*set_lines(60, 100, lines))) == lines


def test_lines_that_would_have_fitted_on_the_one_before_are_blocks() -> None:
    lines = ["基本目標：子ども", "施策の柱：学校", FULL]
    assert texts(blocks(*set_lines(60, 100, lines))) == lines


def test_columns_are_read_one_after_the_other() -> None:
    """The right one stands 5 points lower, and lines of both columns overlap."""
    left = [f"左{k}" + FULL[2:] for k in range(6)]
    right = [f"右{k}" + FULL[2:] for k in range(6)]
    found = blocks(
        Said("二つの段の上に渡る見出しは段の幅よりも広いのでここにこう置かれる", 60, 60, size=12),
        *set_lines(60, 100, left),
        *set_lines(300, 105, right),
        Said("下に渡る注は二つの段の幅いっぱいに組まれているのでどちらの段にも属さない", 60, 240),
    )
    assert texts(found) == [
        "二つの段の上に渡る見出しは段の幅よりも広いのでここにこう置かれる",
        "/".join(left),
        "/".join(right),
        "下に渡る注は二つの段の幅いっぱいに組まれているのでどちらの段にも属さない",
    ]


def test_names_and_values_in_line_are_no_columns() -> None:
    rows = [
        ("名称", "練馬区立の施設"),
        ("所在地", "豊玉北六丁目"),
        ("電話", "三九九三"),
        ("定員", "三十人"),
        ("備考", "なし"),
    ]
    runs = [
        run
        for k, (a, b) in enumerate(rows)
        for run in (Said(a, 60, 100 + 16 * k), Said(b, 160, 100 + 16 * k))
    ]
    assert texts(blocks(*runs)) == [text for row in rows for text in row]


def test_text_in_a_frame_is_read_where_the_frame_begins() -> None:
    inside = set_lines(80, 120, ["枠の中の文は", "外の文に混ざらない"])
    outside = [Said("枠の左", 20, 120), Said("枠の上", 60, 80), Said("枠の下", 60, 200)]
    assert texts(blocks(*outside, *inside, frame=(70, 110, 300, 160))) == [
        "枠の上",
        "枠の中の文は",
        "外の文に混ざらない",
        "枠の左",
        "枠の下",
    ]


def test_text_set_downwards_is_read_from_the_right() -> None:
    lines = ["縦に組まれた文は上から下へ", "右から左へと読み進める"]
    runs = [Said(line, 500 - 18 * k, 100, down=True) for k, line in enumerate(lines)]
    assert texts(blocks(*runs, Said("12", 290, 810))) == ["/".join(lines), "12"]


def test_tiers_of_text_set_downwards_are_read_from_the_top() -> None:
    upper = [f"上段{k}" + FULL[3:] for k in range(5)]
    lower = [f"下段{k}" + FULL[3:] for k in range(5)]
    runs = [Said(line, 500 - 18 * k, 100, down=True) for k, line in enumerate(upper)]
    runs += [Said(line, 500 - 18 * k, 400, down=True) for k, line in enumerate(lower)]
    assert texts(blocks(*runs)) == ["/".join(upper), "/".join(lower)]


@pytest.mark.parametrize(
    "text",
    [
        "12",
        "- 12 -",
        "－12－",
        "１２",
        "12/56",
        "12 / 56",
        "P.12",
        "p12",
        "12頁",
        "12ページ",
        "(12)",
        "ⅳ",
        "iv",
        "〔12〕",
    ],
)
def test_page_numbers_stand_in_the_margin(text: str) -> None:
    (number, other) = blocks(Said(text, 290, 810), Said(text, 290, 400))[::-1]
    assert (number.kind, other.kind) == ("page_number", "text")


@pytest.mark.parametrize("text", ["令和12年", "12人", "A-12", "1,200", "1/2/3", "第12回"])
def test_other_numbers_in_the_margin_are_text(text: str) -> None:
    (found,) = blocks(Said(text, 290, 810))
    assert found.kind == "text"


def test_numbers_of_a_table_at_the_head_of_a_page_are_no_page_numbers() -> None:
    rows = (("指標", "基準", "目標"), ("保育所", "12", "24"), ("公園", "3", "5"))
    said = [
        Said(text, x, 30 + 18 * k)
        for k, row in enumerate(rows)
        for text, x in zip(row, (60, 200, 300), strict=True)
    ]
    assert {b.kind for b in blocks(*said)} == {"text"}
    with_title = blocks(Said("第2章 進捗", 60, 30), Said("7", 500, 30), Said("本文", 60, 400))
    assert sorted(b.kind for b in with_title) == ["page_number", "text", "text"]


def test_a_number_at_the_top_comes_first() -> None:
    assert [b.kind for b in blocks(Said("本文", 60, 400), Said("7", 290, 20))] == ["page_number", "text"]


def test_hidden_text_is_kept_apart_with_a_problem() -> None:
    page = raw_page(page_of(Said("見える", 60, 100), Said("隠れた字", 60, 120, visible=False)))
    assert [(b.kind, [n.text for n in b.lines]) for b in page.blocks] == [
        ("text", ["見える"]),
        ("hidden", ["隠れた字"]),
    ]
    (problem,) = page.problems
    assert (problem.code, problem.severity, problem.printed) == ("hidden_text", "info", "隠れた字")
    assert problem.page == 1
    assert problem.box == (60.0, 120.0, 100.0, 130.0)
