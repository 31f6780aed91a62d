"""Records for the tests of the comparison: gold ones read from files, and small ones made to order."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from shinchoku.dataset.schema import fiscal_names, table
from shinchoku.dataset.tables.files import write_table
from shinchoku.diff import Pair
from shinchoku.diff.pairing.align import align
from shinchoku.diff.pairing.pairs import Decision
from shinchoku.diff.rows import KINDS, Report, Side, side

GOLD = Path(__file__).parents[2] / "gold" / "diff"
Record = dict[str, Any]


@cache
def _lines(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8").splitlines())


def gold(name: str) -> list[Record]:
    """The records of a file of `gold`, with ids, order and page as extraction gives them."""
    records = [json.loads(line) for line in _lines(GOLD / name)]
    return numbered(records, "measure" if "measures" in name else "indicator")


def truth(name: str) -> dict[tuple[int | None, int | None], str]:
    """Known pairs of row orders and their status, where same and changed rows are matched."""
    lines = (json.loads(line) for line in _lines(GOLD / name))
    same = {"same": "matched", "changed": "matched"}
    return {(line["old"], line["new"]): same.get(line["status"], line["status"]) for line in lines}


def numbered(records: Iterable[Mapping[str, Any]], kind: str) -> list[Record]:
    """The records with row_id (readable, unique), row_order and page put in."""
    seen: dict[str, int] = {}
    out: list[Record] = []
    for order, record in enumerate(records):
        places = ("plan_no", "initiative_no", "sub_no", "group")
        parts = [str(record.get(part, "")) for part in places] + ["".join(record[kind].split())]
        row_id = "/".join(part for part in parts if part)
        seen[row_id] = seen.get(row_id, 0) + 1
        if seen[row_id] > 1:
            row_id += f"#{seen[row_id]}"
        out.append({"row_id": row_id, "row_order": order, "page": 1 + order // 10, **record})
    return out


def measure(name: str, /, plan: int = 1, **columns: Any) -> Record:
    """One measure of plan `plan`, first initiative, with `columns` put in or changed."""
    record: Record = {
        "plan_no": plan,
        "plan_title": f"計画その{plan}",
        "section": "",
        "initiative_no": 1,
        "initiative_title": "取組の充実",
        "sub_no": "",
        "sub_title": "",
        "group": "",
        "measure_text": name,
        "measure": name,
        "is_repost": False,
        "repost_of": "",
        "fy2021_target": "",
        "fy2018_baseline": "",
        "progress": "A",
        "note": "",
    }
    return record | columns


def measures(*records: Record, report_id: str = "r") -> Side:
    """A side of these measures, in this order."""
    return side(report_id, "measure", numbered(records, "measure"))


def report(report_id: str, **kinds: Sequence[Record]) -> Report:
    """A report of these records, already numbered: report("a", measure=[...], indicator=[...])."""
    sides = {kind: side(report_id, kind, kinds.get(kind, [])) for kind in KINDS}
    return Report(report_id, "", sides)


def paired(old: Side, new: Side, decisions: Sequence[Decision] = ()) -> list[Pair]:
    return align(old, new, decisions)


def names(pairs: Iterable[Pair]) -> list[tuple[str, str, str]]:
    """Status, old name and new name of each pair, "" for nobody."""
    return [(p.status, p.old.name if p.old else "", p.new.name if p.new else "") for p in pairs]


def quality(pairs: Iterable[Pair], known: Mapping[tuple[int | None, int | None], str]) -> tuple[float, float]:
    """F1 of the pairs, and the share of renamed, moved, added and removed rows with the right status."""
    got = {(p.old.order if p.old else None, p.new.order if p.new else None): p.status for p in pairs}
    hits = got.keys() & known.keys()
    changed = [pair for pair, status in known.items() if status != "matched"]
    right = sum(got.get(pair) == known[pair] for pair in changed)
    return 2 * len(hits) / (len(got) + len(known)), right / max(1, len(changed))


def write_report(data: Path, report_id: str, **kinds: Sequence[Record]) -> None:
    """Write the records as the files of an extracted report."""
    folder = data / report_id
    folder.mkdir(parents=True)
    for kind in KINDS:
        rows = [_filled(kind, report_id, record) for record in kinds.get(kind, [])]
        write_table(folder / f"{kind}s", f"{kind}s", rows, {"source_sha256": "0" * 64})


def _filled(kind: str, report_id: str, record: Record) -> Record:
    """The record with every column its table has, empty where the record says nothing."""
    empty = {"string": "", "boolean": False, "object": "{}"}
    spec = table(f"{kind}s", fiscal_names(record))
    blank = {column.name: None if column.nullable else empty.get(column.type, 1) for column in spec.columns}
    return blank | {"report_id": report_id} | {k: v for k, v in record.items() if k in blank}
