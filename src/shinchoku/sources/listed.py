"""A list of sources in; what it says of each PDF out, or an error that names the entry."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from shinchoku.language import Said, say
from shinchoku.sources.naming import SourceError

LIST = "sources.toml"
KEYS = (
    *("title", "publisher", "url", "licence", "area_code", "area_name", "note"),
    *("published", "fiscal_year", "kind"),
)
OTHER = "other"
"""The kind of a PDF that is no report; all others are one."""

Entry = Mapping[str, str]


def read_list(path: Path) -> Mapping[str, Entry]:
    """What a list says, by the PDFs' paths from its folder without .pdf; nothing where there is no such file.
    Raises SourceError for what cannot be understood."""
    import tomllib

    try:
        listed: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SourceError.say("{path}: cannot be read: {error}", path=path, error=error) from error
    for report_id, entry in listed.items():
        fault = _fault(entry)
        if fault is not None:
            raise SourceError.say(
                "{path}: [{report_id}] {fault}", path=path, report_id=report_id, fault=fault
            )
    return {unicodedata.normalize("NFC", report_id): entry for report_id, entry in listed.items()}


def _fault(entry: object) -> Said | None:
    """What is wrong with an entry; None where nothing is."""
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        return say("must be a table of texts; an id with a dot stands in quotes")
    if unknown := sorted(set(entry) - set(KEYS)):
        return say("has {listed}; the keys are {keys}", listed=", ".join(unknown), keys=", ".join(KEYS))
    year, published, kind = (entry.get(key, "") for key in ("fiscal_year", "published", "kind"))
    if year and re.fullmatch("(19|20)[0-9]{2}", year) is None:
        return say('fiscal_year {year!r} is no western year such as "2019"', year=year)
    try:
        date.fromisoformat(published or "2019-04-01")
    except ValueError:
        return say('published {published!r} is no date such as "2020-09-30"', published=published)
    if kind not in ("", "report", OTHER):
        return say('kind {kind!r} is neither "report" nor "other"', kind=kind)
    return None
