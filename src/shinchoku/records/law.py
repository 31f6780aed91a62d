"""What is printed in tables of records, and what records say, in; what was lost or invented between the two
out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from shinchoku.cells import Block, Cell, Table
from shinchoku.layouts.announcements import without_marks
from shinchoku.problems import Problem
from shinchoku.records import Record, Records, Told
from shinchoku.records.context import says
from shinchoku.records.tables.findings import cell_unused, text_invented
from shinchoku.rows import Place, place_of
from shinchoku.stitch import LogicalTable
from shinchoku.text import squeeze

Claim = tuple[str, tuple[Cell, ...]]
"""A text of a record, and the cells that it was read from."""

CLOSING = "】]）)>＞〉〕］」』"
"""What may stand behind the title of a heading that stands in brackets."""


def broken(
    tables: Iterable[Table], items: Iterable[LogicalTable | Block], records: Records
) -> Iterator[Problem]:
    """The cells for which the law of tables of records does not hold: their texts, a merged cell and one said
    again in the rows of one record counted once, are those of the records' columns, headings and `unmapped`.
    `tables` are those of the pages, `items` what they were joined to."""
    made = [list(_claims(record)) for record in (*records.measures, *records.indicators)]
    groups = [Told(h.cells, h) for r in (*records.measures, *records.indicators) for h in r.group if h.cells]
    told = dict.fromkeys((*records.told, *groups))
    read = {place_of(c): c for claims in made for _, cells in claims for c in cells}
    known = read.keys() | {place_of(c) for c in (*records.labels, *(c for said in told for c in said.cells))}
    logical = [item for item in items if isinstance(item, LogicalTable)]
    lost = (c for c in _body(tables, logical) if c.text and place_of(c) not in known)
    yield from map(cell_unused, lost)
    for said in told:
        yield from _unlike_heading(said)
    for claims in made:
        yield from _unlike(claims)
    times = Counter(place for claims in made for place in {place_of(c) for _, cells in claims for c in cells})
    rows: Counter[Place] = Counter()
    for part in (p for t in logical if t.kind for p in t.parts):
        rows.update({place_of(c): 1 + part.last - part.first for c in part.cells})
    yield from (text_invented(c, c.text) for at, c in read.items() if c.text and times[at] > rows[at])


def _claims(record: Record) -> Iterator[Claim]:
    """The texts of a record, headings aside, each with its cells."""
    yield record.name, record.cells.get("name", ())
    yield from ((text, record.cells.get(column, ())) for column, text in record.values.items())
    for texts in (record.texts, record.unmapped):
        yield from ((text, record.cells.get(key, ())) for key, text in texts.items())


def _body(tables: Iterable[Table], logical: Sequence[LogicalTable]) -> Iterator[Cell]:
    """The body cells of the tables that give records: all but titles, headings of columns, and what another
    table that stands in the same rules holds."""
    giving = [t for t in logical if t.kind in ("measure", "indicator") and not t.sample]
    pages = {(page.page, page.number) for t in giving for page in (*t.pages, *t.faces)}
    aside = {place_of(c) for t in logical for c in t.headings}
    others = (t for t in logical if not any(t is g for g in giving))
    aside |= {place_of(c) for t in others for p in t.parts for c in p.cells}
    for table in tables:
        if (table.page, table.number) in pages:
            yield from (c for c in table.cells if place_of(c) not in aside)


def _unlike_heading(said: Told) -> Iterator[Problem]:
    """The cells of a heading that do not say it, or say more behind it than that it goes on."""
    first, title = said.cells[0], squeeze(said.heading.title).rstrip(CLOSING)
    texts = dict.fromkeys(without_marks(c.text) for c in said.cells if c.text)
    if not says("".join(texts), said.heading):
        yield text_invented(first, said.heading.title)
    elif not any(_ends(t, title) for t in ("".join(texts), *(c.said.text for c in said.cells))):
        yield cell_unused(first)


def _ends(text: str, title: str) -> bool:
    return squeeze(without_marks(text)).rstrip(CLOSING).endswith(title)


def _unlike(claims: Sequence[Claim]) -> Iterator[Problem]:
    """The first cells of a record's texts that are not what their cells print; what is merged over columns
    may be said in each."""
    some = next((c for _, cells in claims for c in cells), None)
    for texts, own in _joined(claims):
        if len(own) == 1 and texts == [own[0].text]:
            continue
        cells = {place_of(c): c for c in own}.values()
        once, said = squeeze("".join(c.text for c in cells)), squeeze("".join(texts))
        first = next((c for c in cells if c.text), some)
        if first is None or said == once:
            continue
        counts = Counter(map(place_of, own))
        often = (c.text * min(counts[place_of(c)], max(c.row_span, c.col_span)) for c in cells)
        if Counter(said) == Counter(squeeze("".join(often))):
            if not (_hold(said, (c.text for c in cells)) or _hold(once, texts)):
                yield text_invented(first, "\n".join(texts))
            continue
        if Counter(said) - Counter(once):
            yield text_invented(first, "\n".join(texts))
        if Counter(once) - Counter(said):
            yield cell_unused(first)


def _hold(whole: str, pieces: Iterable[str]) -> bool:
    """Whether a text holds all the pieces, spaces aside."""
    return all(squeeze(piece) in whole for piece in pieces)


def _joined(claims: Iterable[Claim]) -> list[tuple[list[str], list[Cell]]]:
    """The texts and cells of claims, those together that share cells, a cell once for each claim; of the
    cells of one claim that say the same the first."""
    out: list[tuple[list[str], list[Cell]]] = []
    known: set[Place] = set()
    for text, cells in claims:
        own = list({squeeze(c.said.text): c for c in reversed(cells)}.values())[::-1]
        places = set(map(place_of, own))
        again = not known.isdisjoint(places)
        known |= places
        same = [group for group in out if again and any(place_of(c) in places for c in group[1])]
        out = [group for group in out if group not in same]
        texts = [said for group in same for said in group[0]]
        out.append(([*texts, text], [*(c for group in same for c in group[1]), *own]))
    return out
