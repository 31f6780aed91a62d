"""Old and new texts are cut where words are, and joined they are the texts again."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shinchoku.report.words import Piece, compare_words


def _marked(pieces: list[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new", "old_marked", "new_marked"),
    [
        ("対策の実施", "対策の推進", "対策の[実施]", "対策の[推進]"),
        ("未来塾の拡大", "未来塾の拡充", "未来塾の[拡大]", "未来塾の[拡充]"),
        ("居場所支援事業", "居場所サポート事業", "居場所[支援]事業", "居場所[サポート]事業"),
        ("検討・公表", "検討・調整・公表", "検討・公表", "検討・[調整・]公表"),
        ("1,170,000人", "1,270,000人", "[1,170,000]人", "[1,270,000]人"),
        ("計27か所", "計２７か所", "計27か所", "計２７か所"),
        ("(定員800人)", "〔定員900人〕", "(定員[800]人)", "〔定員[900]人〕"),
        ("常設型\n開設", "常設型 開設", "常設型\n開設", "常設型 開設"),
        ("", "新規", "", "[新規]"),
        ("A", "A+", "A", "A[+]"),
        ("検討", "検討", "検討", "検討"),
    ],
)
def test_marks_stand_at_the_bounds_of_words(old: str, new: str, old_marked: str, new_marked: str) -> None:
    one, other = compare_words(old, new)
    assert (_marked(one), _marked(other)) == (old_marked, new_marked)


TEXTS = st.text(alphabet="保育所支援サポート拡大充の1２,()\n ・A", max_size=20)


@given(TEXTS, TEXTS)
def test_pieces_joined_are_the_text(old: str, new: str) -> None:
    one, other = compare_words(old, new)
    assert "".join(piece.text for piece in one) == old
    assert "".join(piece.text for piece in other) == new
    for pieces in (one, other):
        assert all(piece.text for piece in pieces)
        assert all(a.changed != b.changed for a, b in pairwise(pieces))


@given(TEXTS, TEXTS)
def test_what_is_kept_is_the_same_on_both_sides(old: str, new: str) -> None:
    one, other = compare_words(old, new)
    kept = ["".join(p.text for p in pieces if not p.changed) for pieces in (one, other)]
    fold = str.maketrans("２", "2", " \n")
    assert kept[0].translate(fold) == kept[1].translate(fold)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert not any(piece.changed for side in compare_words(text, text) for piece in side)


def test_commas_and_spellings_of_a_counter_have_no_colour() -> None:
    assert not any(piece.changed for side in compare_words("1,200箇所", "１２００か所") for piece in side)
    old, new = compare_words("計1,180箇所", "計1180か所 開設")
    assert [piece.text for piece in (*old, *new) if piece.changed] == [" 開設"]
    assert any(piece.changed for piece in compare_words("1,200か所", "1,300箇所")[0])
