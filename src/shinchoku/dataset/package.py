"""The output folder in, its datapackage.json out: every file and column described, from the same column
data."""

import hashlib
import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from shinchoku.dataset.output.history import STATE, state
from shinchoku.dataset.output.staging import present, removed
from shinchoku.dataset.publish import DIFFS
from shinchoku.dataset.schema import (
    DATASET_TABLES,
    DIFF_TABLES,
    HISTORY_TABLES,
    REPORT_TABLES,
    ForeignKey,
    table,
)
from shinchoku.dataset.tables.files import read_meta

LOG = logging.getLogger(__name__)
PROFILES = "https://datapackage.org/profiles/2.0"
SEE_SOURCES = {"name": "see-sources", "title": "see sources / 各資料の利用条件による"}

_PARQUET = "application/vnd.apache.parquet"


def package_text(out: Path, reports: Sequence[Mapping[str, Any]]) -> str:
    """The text of datapackage.json (Data Package v2, https://datapackage.org/standard/data-package/).

    It covers the reports, the diffs and the tables over all reports under `out` as they will be at the end of
    `out_lock`; `reports` are the rows of the table `reports`. Paths are relative to `out`. No time and no
    machine is in it.
    """
    resources = [
        resource
        for stem, path, table_name in _tables(out, reports)
        for resource in _resources(stem, path, table_name)
    ]
    pages = [Path(DIFFS, name, "index.html") for name in _diffs(out)]
    resources += [_page(present(out, str(place)), place) for place in pages]
    package = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "shinchoku",
        "title": "Progress reports as data / 進捗状況報告書のデータ",
        "description": (
            "Tables, records and quantities read from progress reports municipalities publish as PDFs. / "
            "自治体がPDFで公表する進捗状況報告書から読み取った表、行、数量。"
        ),
        "keywords": ["進捗状況", "成果指標", "KPI", "アクションプラン", "自治体", "open data"],
        "spatial": _areas(reports),
        "sources": [_source(row) for row in reports],
        "licenses": [SEE_SOURCES],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def resource_name(stem: Path) -> str:
    """A name that other resources can point to: lower-case ASCII, marked by a hash where that changes the
    stem."""
    plain = ".".join(stem.parts)
    name = re.sub(r"[^a-z0-9._-]+", "-", plain.lower())
    return name if name == plain else f"{name}-{hashlib.sha256(plain.encode()).hexdigest()[:8]}"


def _tables(out: Path, reports: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Path, Path, str]]:
    """Each table's stem relative to `out`, its Parquet file, and its name in the column data."""
    stems = [(Path(name), name) for name in (*DATASET_TABLES, *_history(out))]
    stems += [(Path(row["report_id"], name), name) for row in reports for name in REPORT_TABLES]
    stems += [
        (Path(DIFFS, diff, name.removeprefix("diff_")), name) for diff in _diffs(out) for name in DIFF_TABLES
    ]
    for stem, name in stems:
        yield stem, present(out, f"{stem}.parquet"), name


def _history(out: Path) -> list[str]:
    """HISTORY_TABLES where they are of the reports as they are; what was joined before a report changed is
    left out."""
    paths = [present(out, f"{name}.parquet") for name in HISTORY_TABLES]
    there = all(path.is_file() for path in paths)
    current = there and all(read_meta(path).get(STATE) == state(out) for path in paths)
    if there and not current:
        LOG.warning("the reports of %s changed since they were joined; run `shinchoku history` again", out)
    return list(HISTORY_TABLES) if current else []


def _diffs(out: Path) -> list[str]:
    """The names of the diffs there are, or will be."""
    places = (out / DIFFS, present(out, DIFFS))
    found = (path.parent.relative_to(place) for place in places for path in place.rglob("rows.parquet"))
    names = {place.as_posix() for place in found}
    return sorted(name for name in names if f"{DIFFS}/{name}/rows.parquet" not in removed(out))


def _resources(stem: Path, path: Path, table_name: str) -> Iterator[dict[str, Any]]:
    """The table's CSV as a tabular resource with its schema, and its Parquet file, which carries the same
    schema."""
    spec = table(table_name)
    schema = json.loads(read_meta(path)["table_schema"])
    if spec.foreign_keys:
        schema["foreignKeys"] = [_foreign_key(key, stem) for key in spec.foreign_keys]
    words = {"title": spec.title.both, "description": spec.description.both}
    yield {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": resource_name(stem),
        "type": "table",
        **words,
        "path": f"{stem.as_posix()}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_fingerprint(path.with_suffix(".csv")),
        "dialect": {
            "$schema": f"{PROFILES}/tabledialect.json",
            "header": True,
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
        },
        "schema": {"$schema": f"{PROFILES}/tableschema.json", **schema},
    }
    yield {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": f"{resource_name(stem)}.parquet",
        "type": "file",
        **words,
        "path": f"{stem.as_posix()}.parquet",
        "format": "parquet",
        "mediatype": _PARQUET,
        **_fingerprint(path),
    }


def _page(path: Path, place: Path) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": f"{resource_name(place.parent)}.page",
        "type": "file",
        "title": "Changes, to read / 変更点（閲覧用）",
        "path": place.as_posix(),
        "format": "html",
        "mediatype": "text/html",
        "encoding": "utf-8",
        **_fingerprint(path),
    }


def _fingerprint(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _foreign_key(key: ForeignKey, stem: Path) -> dict[str, Any]:
    other = (
        Path(key.table)
        if key.table in (*DATASET_TABLES, *HISTORY_TABLES)
        else stem.with_name(key.table.removeprefix("diff_"))
    )
    return {
        "fields": list(key.fields),
        "reference": {"resource": resource_name(other), "fields": list(key.reference)},
    }


def _source(row: Mapping[str, Any]) -> dict[str, Any]:
    source = {
        "title": row["source_title"] or row["source_file"],
        "path": row["source_url"],
        "publisher": row["source_publisher"],
        "license": row["source_licence"],
        "description": row["source_note"],
        "report_id": row["report_id"],
        "file": row["source_file"],
        "hash": f"sha256:{row['source_sha256']}",
        "area_code": row["area_code"],
    }
    return {key: value for key, value in source.items() if value}


def _areas(reports: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    names = {row["area_code"]: row["area_name"] for row in reports if row["area_code"]}
    return [{"area_code": code, "name": name} for code, name in sorted(names.items())]
