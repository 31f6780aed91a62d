"""The cells and blocks of a report and the signatures under its pages in; which pages are reviewed out."""

import hashlib
import json
from collections.abc import Iterable

from shinchoku.language import say
from shinchoku.people import Review
from shinchoku.problems import Problem, Severity
from shinchoku.rows import BlockRow, CellRow


def page_digests(cells: Iterable[CellRow], blocks: Iterable[BlockRow]) -> dict[int, str]:
    """For each page with anything on it a digest of what was read: the texts of its cells with their places
    and spans, and those of its blocks. Where on the page they stand makes no difference."""
    read: dict[int, list[tuple[int | str, ...]]] = {}
    for cell in cells:
        place = (cell.table, cell.row, cell.col, cell.row_span, cell.col_span)
        read.setdefault(cell.page, []).append((*place, cell.text))
    for block in blocks:
        read.setdefault(block.page, []).append((block.block, block.text))
    return {
        page: hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]
        for page, parts in read.items()
    }


def reviewed(reviews: Iterable[Review], digests: dict[int, str]) -> tuple[tuple[int, ...], list[Problem]]:
    """The pages that somebody signed as they are read now, and a warning for each that was signed as it was
    read before."""
    signed: dict[int, list[Review]] = {}
    for review in reviews:
        signed.setdefault(review.page, []).append(review)
    good = tuple(sorted(p for p, found in signed.items() if digests.get(p) in {r.digest for r in found}))
    return good, [_outdated(found[-1]) for page, found in sorted(signed.items()) if page not in good]


def _outdated(review: Review) -> Problem:
    when = say(" on {date}", date=review.date) if review.date else ""
    message = say(
        "{by} signed this page{when}, but it is read otherwise now: it counts as not reviewed; "
        "look at it again and sign it, or take the line out of reviews.csv",
        by=review.by,
        when=when,
    )
    return Problem(Severity.WARNING, "review_outdated", message, page=review.page)
