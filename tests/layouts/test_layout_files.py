"""Layout files of one's own win over the package's; a mistake in one is named with what is allowed there."""

from pathlib import Path

import pytest

from shinchoku.layouts.announcements import announcement
from shinchoku.layouts.files import LayoutError, load, shipped

OWN = r"""
[[field]]
name = "progress"
pattern = '^星取り$'

[[banner]]
kind = "plan"
pattern = 'ミッション(?P<no>\d+) (?P<title>.*)'
"""


def test_own_wordings_join_those_of_the_package(tmp_path: Path) -> None:
    file = tmp_path / "ward.toml"
    file.write_text(OWN, encoding="utf-8")
    layouts = load([file])
    assert (layouts.field("星取り"), layouts.field("備考")) == ("progress", "note")
    said = announcement("ミッション3 緑を守る", layouts)
    assert (said.kind, said.no, said.title) == ("plan", "3", "緑を守る")
    assert shipped().field("星取り") is None


def test_own_wordings_win(tmp_path: Path) -> None:
    file = tmp_path / "ward.toml"
    file.write_text("[[field]]\nname = 'progress'\npattern = '^備考$'\n", encoding="utf-8")
    assert (shipped().field("備考"), load([file]).field("備考")) == ("note", "progress")


def test_no_more_is_remembered_than_is_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("shinchoku.layouts.ASKED", 3)
    file = tmp_path / "ward.toml"
    file.write_text(OWN, encoding="utf-8")
    layouts = load([file])
    for _ in range(2):
        for text, means in {"星取り": "progress", "備考": "note", "甲": None, "乙": None, "丙": None}.items():
            assert layouts.field(text) == means
            assert 0 < len(layouts._asked) <= 3


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[[feild]]\nname = 'note'\npattern = 'x'", ("feild", "field, role, banner, sheet")),
        ("[[field]]\nname = 'notes'\npattern = 'x'", ("[[field]] number 1", "'notes'", "progress, note")),
        ("[[field]]\nname = 'note'", ("[[field]] number 1", "name and pattern")),
        ("[[role]]\nname = 'target'\npattern = '('", ("[[role]] number 1", "regular expression")),
        ("[[banner]]\nkind = 'plan'\npattern = '(?P<nr>1)'", ("[[banner]] number 1", "nr", "no and title")),
        ("[field]\nname = 'note'\npattern = 'x'", ("[[field]]",)),
        ("ends_with = '増'", ("ends_with", "list of words")),
        ("[[field]\nname", ("no layout file",)),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, named: tuple[str, ...]) -> None:
    file = tmp_path / "ward.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LayoutError) as error:
        load([file])
    assert [part for part in (str(file), *named) if part not in str(error.value)] == []


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    file = tmp_path / "ward.toml"
    file.write_bytes("# 計画".encode("cp932"))
    with pytest.raises(LayoutError, match=r"ward\.toml: no layout file"):
        load([file])
