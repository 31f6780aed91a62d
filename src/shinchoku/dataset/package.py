"""The output folder in, its datapackage.json out: every file and column described, from the same column
data."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from shinchoku.dataset.files import read_meta
from shinchoku.dataset.publish import DIFFS, report_folders
from shinchoku.dataset.schema import DATASET_TABLES, DIFF_TABLES, REPORT_TABLES, ForeignKey, table

PROFILES = "https://datapackage.org/profiles/2.0"
SEE_SOURCES = {"name": "see-sources", "title": "see sources / 各資料の利用条件による"}

_PARQUET = "application/vnd.apache.parquet"


def package_text(out: Path, made: Path, reports: Sequence[Mapping[str, Any]]) -> str:
    """The text of datapackage.json (Data Package v2, https://datapackage.org/standard/data-package/).

    It covers the reports and diffs under `out` and the tables over all reports that `made` holds; `reports`
    are the rows of the table `reports`. Paths are relative to `out`. No time and no machine is in it.
    """
    resources = [
        resource
        for stem, path, table_name in _tables(out, made)
        for resource in _resources(stem, path, table_name)
    ]
    resources += [_page(path, path.relative_to(out)) for path in sorted(out.glob(f"{DIFFS}/*/index.html"))]
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


def _tables(out: Path, made: Path) -> Iterator[tuple[Path, Path, str]]:
    """Each table's stem relative to `out`, its Parquet file, and its name in the column data."""
    for name in DATASET_TABLES:
        yield Path(name), made / f"{name}.parquet", name
    for folder in report_folders(out):
        for name in REPORT_TABLES:
            yield Path(folder.name, name), folder / f"{name}.parquet", name
    for folder in sorted(path.parent for path in out.glob(f"{DIFFS}/*/rows.parquet")):
        for name in DIFF_TABLES:
            stem = name.removeprefix("diff_")
            yield Path(DIFFS, folder.name, stem), folder / f"{stem}.parquet", name


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
        Path(key.table) if key.table in DATASET_TABLES else stem.with_name(key.table.removeprefix("diff_"))
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
