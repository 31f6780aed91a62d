"""Words of quantities in layout files of one's own count before those of the package; a mistake in one is
named."""

from pathlib import Path

import pytest

from shinchoku.layouts.files import LayoutError, own_layouts
from shinchoku.values.grammar import parse
from shinchoku.values.own import own_words, speaking
from shinchoku.values.states import absence, direction

OWN = """
[vocabulary.units]
signs = ["kcal"]

[vocabulary.qualifiers.before]
"通算" = "cumulative"

[vocabulary.states]
absent = ["次回公表"]

[vocabulary.states.bounds]
ge = ["底上げ"]
"""


def written(folder: Path, text: str) -> tuple[Path, ...]:
    """The layout files of a folder of PDFs with one such file."""
    (folder / "layouts").mkdir(exist_ok=True)
    (folder / "layouts" / "own.toml").write_text(text, encoding="utf-8")
    return own_layouts(folder).files


def test_own_words_count_while_they_are_spoken(tmp_path: Path) -> None:
    files = written(tmp_path, OWN)
    with speaking(files):
        (quantity,) = parse("通算500kcal").quantities
        assert (quantity.value, quantity.unit, quantity.cumulative) == (500, "kcal", True)
        assert absence("次回公表") == "次回公表"
        assert direction("全体の底上げ") == "ge"
        assert absence("未公表") == "未公表"
    assert [q.unit for q in parse("通算500kcal").quantities] != ["kcal"]
    assert absence("次回公表") == ""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("vocabulary = ['人']", ("vocabulary must be a table",)),
        ("[vocabulary.unit]\nsigns = ['kcal']", ("vocabulary.unit is unknown", "units, names, labels")),
        ("[vocabulary.units]\nsign = ['kcal']", ("vocabulary.units.sign is unknown", "signs, kana, closed")),
        ("[vocabulary.units]\nsigns = 'kcal'", ("vocabulary.units.signs must be a list of words",)),
        ("[vocabulary.states.bounds]\ngt = ['増']", ("vocabulary.states.bounds.gt is unknown", "ge, le")),
        (
            "[vocabulary.qualifiers.before]\n'通算' = 'sum'",
            ("vocabulary.qualifiers.before.通算 = 'sum' is unknown", "'cumulative', 'total'"),
        ),
    ],
)
def test_a_mistake_in_own_words_is_named(tmp_path: Path, text: str, named: tuple[str, ...]) -> None:
    with pytest.raises(LayoutError) as error:
        own_words(written(tmp_path, text))
    assert [part for part in ("own.toml", *named) if part not in str(error.value)] == []
