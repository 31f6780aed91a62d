"""The output folder in, its datapackage.json out: every file and column described, from the same column
data."""

import hashlib
import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from shinchoku.dataset import (
    DATASET_TABLES,
    DIFF_TABLES,
    FOLDER_TABLES,
    HISTORY_TABLES,
    PART_TABLES,
    REPORT_TABLES,
)
from shinchoku.dataset.output.history import STATE, state
from shinchoku.dataset.output.staging import present, removed
from shinchoku.dataset.output.whole import fingerprint
from shinchoku.dataset.publish import DIFFS
from shinchoku.dataset.schema import ForeignKey, TableSpec, table
from shinchoku.dataset.tables.files import read_meta
from shinchoku.language import say, tell

LOG = logging.getLogger(__name__)
PROFILES = "https://datapackage.org/profiles/2.0"
SEE_SOURCES = {"name": "see-sources", "title": "see sources / 各資料の利用条件による"}
DIALECT = {
    "$schema": f"{PROFILES}/tabledialect.json",
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
}


def package_text(out: Path, reports: Sequence[Mapping[str, Any]], digests: Mapping[str, str]) -> str:
    """The text of datapackage.json (Data Package v2, https://datapackage.org/standard/data-package/).

    It covers the reports, the diffs and the tables over all reports under `out` as they will be at the end of
    `out_lock`; `reports` are the rows of the table `reports`, `digests` the hashes of each report's files.
    Paths are relative to `out`. No time and no machine is in it.
    """
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
        "sources": [{**_source(row), "files": digests[row["report_id"]]} for row in reports],
        "licenses": [SEE_SOURCES],
        "resources": [*_whole_tables(out), *_report_tables(out, reports), *_diff_files(out)],
    }
    return msgspec.json.format(json.dumps(package, ensure_ascii=False), indent=2) + "\n"


def _whole_tables(out: Path) -> Iterator[dict[str, Any]]:
    """The tables over all reports."""
    for name in (*DATASET_TABLES, *_history(out)):
        yield from _one(out, Path(name), name)


def _report_tables(out: Path, reports: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The tables of the reports, each described once for all reports in which it has the same columns."""
    ids = [row["report_id"] for row in reports]
    alike = {name: _alike(out, ids, name) for name in FOLDER_TABLES}
    for name in FOLDER_TABLES if ids else ():
        spec = table(name)
        for number, group in enumerate(alike[name]):
            keys = [
                _foreign_key(key, _group_name(key.table, 0) if key.table in REPORT_TABLES else key.table)
                for key in spec.foreign_keys
                if len(alike.get(key.table, ())) < 2 or key.table in PART_TABLES
            ]
            paths = [f"{report_id}/{name}.csv" for report_id in group]
            schema = _schema(present(out, f"{group[0]}/{name}.parquet"), keys)
            yield _tabular(_group_name(name, number), spec, paths, schema)
        yield _parquet(f"{_group_name(name, 0)}.parquet", spec, [f"{one}/{name}.parquet" for one in ids])


def _alike(out: Path, report_ids: Iterable[str], name: str) -> list[list[str]]:
    """The reports in groups of those whose table of that name has the same columns."""
    groups: dict[bytes, list[str]] = {}
    for report_id in report_ids:
        with present(out, f"{report_id}/{name}.csv").open("rb") as lines:
            groups.setdefault(lines.readline(), []).append(report_id)
    return list(groups.values())


def _group_name(name: str, number: int) -> str:
    """The name of the resource of a table in the reports' folders."""
    return f"reports.{name}" + (f".{number + 1}" if number else "")


def _diff_files(out: Path) -> Iterator[dict[str, Any]]:
    """The tables of each diff, then the pages of them all."""
    places = [Path(DIFFS, name) for name in _diffs(out)]
    for place in places:
        for name in DIFF_TABLES:
            yield from _one(out, place / name.removeprefix("diff_"), name)
    yield from (_page(present(out, f"{place}/index.html"), place / "index.html") for place in places)


def resource_name(stem: Path) -> str:
    """A name that other resources can point to: lower-case ASCII, marked by a hash where that changes the
    stem."""
    plain = ".".join(stem.parts)
    name = re.sub(r"[^a-z0-9._-]+", "-", plain.lower())
    return name if name == plain else f"{name}-{hashlib.sha256(plain.encode()).hexdigest()[:8]}"


def _history(out: Path) -> list[str]:
    """HISTORY_TABLES where they are of the reports as they are; what was joined before a report changed is
    left out."""
    paths = [present(out, f"{name}.parquet") for name in HISTORY_TABLES]
    there = all(path.is_file() for path in paths)
    current = there and all(read_meta(path).get(STATE) == state(out) for path in paths)
    if there and not current:
        message = say(
            "the reports of {out} changed since they were joined; run `shinchoku history` again", out=out
        )
        LOG.warning(tell(message))
    return list(HISTORY_TABLES) if current else []


def _diffs(out: Path) -> list[str]:
    """The names of the diffs there are, or will be."""
    places = (out / DIFFS, present(out, DIFFS))
    found = (path.parent.relative_to(place) for place in places for path in place.rglob("rows.parquet"))
    names = {place.as_posix() for place in found}
    return sorted(name for name in names if f"{DIFFS}/{name}/rows.parquet" not in removed(out))


def _one(out: Path, stem: Path, table_name: str) -> Iterator[dict[str, Any]]:
    """A table's CSV as a tabular resource with its schema, and its Parquet file, which carries the same
    schema, each with its hash."""
    spec = table(table_name)
    path = present(out, f"{stem}.parquet")
    keys = [
        _foreign_key(key, resource_name(stem.with_name(key.table.removeprefix("diff_"))))
        for key in spec.foreign_keys
    ]
    name, place = resource_name(stem), stem.as_posix()
    yield _tabular(name, spec, f"{place}.csv", _schema(path, keys)) | _hashed(path.with_suffix(".csv"))
    yield _parquet(f"{name}.parquet", spec, f"{place}.parquet") | _hashed(path)


def _schema(path: Path, keys: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The Table Schema that a Parquet file carries, with foreign keys."""
    schema = json.loads(read_meta(path)["table_schema"])
    return {"$schema": f"{PROFILES}/tableschema.json", **schema, **({"foreignKeys": keys} if keys else {})}


def _tabular(name: str, spec: TableSpec, path: str | list[str], schema: Mapping[str, Any]) -> dict[str, Any]:
    held = {"encoding": "utf-8", "dialect": DIALECT, "schema": schema}
    return _of_table(name, "table", spec, path, "csv", "text/csv") | held


def _parquet(name: str, spec: TableSpec, path: str | list[str]) -> dict[str, Any]:
    return _of_table(name, "file", spec, path, "parquet", "application/vnd.apache.parquet")


def _of_table(
    name: str, kind: str, spec: TableSpec, path: str | list[str], form: str, media: str
) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": name,
        "type": kind,
        "title": spec.title.both,
        "description": spec.description.both,
        "path": path,
        "format": form,
        "mediatype": media,
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
        **_hashed(path),
    }


def _hashed(path: Path) -> dict[str, Any]:
    size, said = fingerprint(path)
    return {"bytes": size, "hash": said}


def _foreign_key(key: ForeignKey, resource: str) -> dict[str, Any]:
    reference = {"resource": resource, "fields": list(key.reference)}
    return {"fields": list(key.fields), "reference": reference}


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
