"""A page, a table and a cell in; where that is, in words, out."""

from shinchoku.language import Said, joined, say


def where_said(page: int | None, table: int | None, row: int | None, col: int | None) -> Said:
    """The place as far as it is known, from the page on; "" where it is not."""
    places = (
        (say("page {n}", n=page), page),
        (say("table {n}", n=table), table),
        (say("row {n}", n=row), row),
        (say("column {n}", n=col), col),
    )
    return joined(", ", (said for said, value in places if value is not None))
