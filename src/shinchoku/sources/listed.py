"""A list of sources in; what it says of each PDF out, or an error that names the entry."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

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
        if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
            raise SourceError.say(
                "{path}: [{report_id}] must be a table of texts; an id with a dot stands in quotes",
                path=path,
                report_id=report_id,
            )
        _check_values(path, report_id, entry)
        unknown = sorted(set(entry) - set(KEYS))
        if unknown:
            keys = ", ".join(KEYS)
            raise SourceError.say(
                "{path}: [{report_id}] has {listed}; the keys are {keys}",
                path=path,
                report_id=report_id,
                listed=", ".join(unknown),
                keys=keys,
            )
    return {unicodedata.normalize("NFC", report_id): entry for report_id, entry in listed.items()}


def _check_values(path: Path, report_id: str, entry: Entry) -> None:
    year, published, kind = (entry.get(key, "") for key in ("fiscal_year", "published", "kind"))
    if year and re.fullmatch("(19|20)[0-9]{2}", year) is None:
        raise SourceError.say(
            '{path}: [{report_id}] fiscal_year {year!r} is no western year such as "2019"',
            path=path,
            report_id=report_id,
            year=year,
        )
    try:
        date.fromisoformat(published or "2019-04-01")
    except ValueError:
        raise SourceError.say(
            '{path}: [{report_id}] published {published!r} is no date such as "2020-09-30"',
            path=path,
            report_id=report_id,
            published=published,
        ) from None
    if kind not in ("", "report", OTHER):
        raise SourceError.say(
            '{path}: [{report_id}] kind {kind!r} is neither "report" nor "other"',
            path=path,
            report_id=report_id,
            kind=kind,
        )
