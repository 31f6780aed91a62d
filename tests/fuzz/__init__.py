"""Damaged PDFs by the thousand: `python -m tests.fuzz --seconds 600`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
