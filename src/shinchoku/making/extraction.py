"""The raw pages of one report in, the report as typed rows out: the rooms from cells to values wired
together."""

from collections.abc import Iterable, Sequence

from shinchoku.cells import Document, document
from shinchoku.dataset import TABLES, schema
from shinchoku.dataset.risks import spreadsheet_risks
from shinchoku.layouts import Layouts
from shinchoku.layouts.files import shipped
from shinchoku.making.doubts import doubtful_fonts
from shinchoku.parts import RawPage
from shinchoku.people import NOBODY, People
from shinchoku.people.corrected import corrected
from shinchoku.people.reviewed import page_digests, reviewed
from shinchoku.printed import block_rows, cell_rows, too_narrow
from shinchoku.problems import Problem, gathered
from shinchoku.records.checks import check_records, no_known_layout
from shinchoku.records.law import broken
from shinchoku.records.origins import origin_rows, placed
from shinchoku.records.reading import read
from shinchoku.records.rows import goal_rows, indicator_rows, mark_rows, measure_rows
from shinchoku.rows import Report, Row
from shinchoku.stitch import stitch
from shinchoku.values.checks import check
from shinchoku.values.grammar import parse
from shinchoku.values.units import with_units


def ready() -> None:
    """Load the words, layouts and columns that are read from files when first needed, and kept: for a caller
    that has nothing else to do yet."""
    parse("1人")
    shipped().field("令和元年度実績")
    for name in TABLES:
        schema.table(name)


def extract(
    report_id: str,
    pages: Sequence[RawPage],
    problems: Iterable[Problem] = (),
    ocr: Iterable[int] = (),
    layouts: Layouts | None = None,
    people: People = NOBODY,
) -> Report:
    """The report that these raw pages are; `problems` are those met on the way to them, `ocr` the pages (from
    1) whose text a program read from a picture, `layouts` those that apply: the package's where none are
    given, `people` what people know of this report."""
    layouts = layouts or shipped()
    doc, unused, applied = corrected(document(pages, layouts), people.corrections, layouts)
    items = stitch(doc, layouts)
    records = read(items, layouts)
    measures = with_units(measure_rows(records, layouts), records.measures)
    indicators = with_units(indicator_rows(records), records.indicators)
    goals, marks = goal_rows(records), mark_rows(records)
    blocks = block_rows(doc)
    found = [*problems, *(p for page in pages for p in page.problems), *records.problems, *unused]
    found += broken(doc.tables, items, records)
    found += doubtful_fonts(pages)
    found += check_records(measures, indicators, marks)
    found += check([*measures, *indicators], ((b.page, b.text) for b in blocks if b.kind == "note"))
    printed: dict[str, Sequence[Row]] = {
        "blocks": blocks,
        "measures": measures,
        "indicators": indicators,
        "goals": goals,
        "marks": marks,
    }
    found += [p for name, rows in printed.items() for p in spreadsheet_risks(name, rows)]
    if pages and not (measures or indicators or goals or _is_scan(doc, found)):
        found.append(no_known_layout(len(doc.tables), len(doc.blocks)))
    cells = cell_rows(doc, layouts, frozenset(ocr))
    signed, outdated = reviewed(people.reviews, page_digests(cells, blocks))
    found += outdated
    found += too_narrow(cells)
    origins = origin_rows(records, measures, indicators, goals)
    found = gathered(placed(found, origins, cells))
    found.sort(key=lambda p: (p.page or 0, p.table or 0, p.row or 0, p.col or 0))
    return Report(
        report_id,
        len(pages),
        cells,
        blocks,
        measures,
        indicators,
        goals,
        marks,
        origins,
        tuple(found),
        {f"{kind}s": columns for kind, columns in records.columns.items()},
        applied,
        signed,
    )


def _is_scan(doc: Document, found: Iterable[Problem]) -> bool:
    """Whether no text was read because the pages are pictures, which a problem of its own says."""
    return not (doc.tables or doc.blocks) and any(problem.code == "scanned" for problem in found)
