"""What a page needs is loaded before workers are forked, each library once."""

import subprocess
import sys
from pathlib import Path

import pytest

from make.pdfs.odd import report
from shinchoku.page import READERS, Reader
from shinchoku.workers.pool.launch import LOADED

READ = """
import sys
from importlib import import_module
from pathlib import Path
path, reader, *modules = sys.argv[1:]
for module in modules:
    import_module(module)
before = {*sys.modules}
from shinchoku.raw import raw_page
from shinchoku.settings import Settings
from shinchoku.workers.opening import open_file
from shinchoku.workers.opening.reading import read_sheet
opened = open_file(Path(path), reader, "", Settings())
assert read_sheet(opened, 1, Settings(), raw_page).layer == "text"
print(*sorted(name for name in {*sys.modules} - before if name.startswith("shinchoku")))
"""


@pytest.mark.parametrize("reader", READERS)
def test_reading_a_page_loads_no_more_of_our_modules(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "one.pdf"
    path.write_bytes(report(1))
    command = [sys.executable, "-c", READ, str(path), reader, *LOADED[reader]]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() == []
