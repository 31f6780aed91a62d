"""Forms that other municipalities publish, each typeset in two house styles: every text in its column."""

from pathlib import Path

import pytest

from make.forms import CASES, STYLES, form, pdf
from make.styles.reading import read_file
from shinchoku.problems import Severity
from shinchoku.rows import columns
from shinchoku.text import squeeze

NAMES = sorted(path.stem for path in CASES.glob("*.toml"))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", NAMES)
def test_every_text_of_a_form_is_in_its_column(name: str, style: str, tmp_path: Path) -> None:
    made = form(name)
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf(made, STYLES[style]))
    found = read_file(path)
    rows = [(row.name, columns(row)) for row in found.records]
    assert [squeeze(row) for row, _ in rows] == [squeeze(row) for row, _ in made.rows]
    for (_, known), (_, right) in zip(rows, made.rows, strict=True):
        kept = {squeeze(text) for text in right.pop("kept", "").split(";") if text}
        assert kept <= {squeeze(text) for text in known["unmapped"].values()}
        assert {key: squeeze(str(known.get(key, ""))) for key in right} == {
            k: squeeze(t) for k, t in right.items()
        }
    assert [p for p in found.problems if p.severity is Severity.ERROR] == []
