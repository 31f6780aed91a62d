"""Where things stand that tests only look at."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RAW = ROOT / "raw_pdfs"
SHARED = ROOT.parent / "shared"
"""PDFs of others, which are no part of the project: held against our reading where they are there."""

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="no PDFs of others in ../shared")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full, which takes nothing")
