"""PDFs that cannot have a report, and reports whose PDFs are gone, in; what is said of them out."""

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from shinchoku.cli.told.manner import note
from shinchoku.language import say
from shinchoku.problems import Problem, Severity, ShinchokuError
from shinchoku.text import escaped

if TYPE_CHECKING:
    from shinchoku.people import People
    from shinchoku.sources import Source

LeftOut = dict[Path, ShinchokuError]
"""The PDFs that no report can be made of, since their names are none of one, and why."""


def fit(sources: "Iterable[Source]", left_out: LeftOut) -> "list[Source]":
    """The PDFs whose reports stand in the way of no file over all reports; the others are `left_out`. Raises
    OutputError where that leaves none."""
    from shinchoku.dataset.publish import OutputError, check_report_id

    kept = []
    for source in sources:
        try:
            check_report_id(source.report_id)
            kept.append(source)
        except OutputError as taken:
            left_out[source.path] = taken
    if not kept:
        raise next(iter(left_out.values()))
    return kept


def problems_of(left_out: Mapping[Path, ShinchokuError]) -> list[Problem]:
    """That each of these PDFs was left out, in the order of their paths."""
    return [
        Problem(Severity.ERROR, "unfit_name", left_out[path].said, printed=escaped(path.name))
        for path in sorted(left_out)
    ]


def name_left_out(left_out: Mapping[Path, ShinchokuError]) -> None:
    """Name each of these PDFs, and what is wrong with its name."""
    for problem in problems_of(left_out):
        note(problem.said, logging.ERROR)


def name_missing(out: Path, raw: Path, people: "People", paths: Iterable[Path]) -> None:
    """Name the reports whose PDFs are not among the `paths`, which are all in `raw`: those that stand in
    `out`, and those that the lists in `raw` speak of."""
    from shinchoku.sources.naming import report_id_of

    there = {report_id_of(raw, path) for path in paths}
    _name_gone(out, raw, there)
    _name_unlisted(raw, people, there)


def _name_gone(out: Path, raw: Path, there: set[str]) -> None:
    from shinchoku.dataset.reports import reports_of

    for report_id in sorted(reports_of(out, raw.resolve().name, but=there)):
        said = say(
            "{report_id}: its PDF is not in {raw} any more; `shinchoku forget {report_id}` removes the "
            "report",
            report_id=report_id,
            raw=raw,
        )
        note(said, logging.WARNING)


def _name_unlisted(raw: Path, people: "People", there: set[str]) -> None:
    from shinchoku.people.lists import CORRECTIONS, REVIEWS
    from shinchoku.sources.listed import LIST, read_list

    spoken = {
        CORRECTIONS: {correction.report_id for correction in people.corrections},
        REVIEWS: {review.report_id for review in people.reviews},
        LIST: set(read_list(raw / LIST)),
    }
    for name, report_ids in spoken.items():
        if unknown := sorted(report_ids - there):
            said = say(
                "{path}: no PDF there has the id {listed}; what the list says of it counts for nothing",
                path=raw / name,
                listed=", ".join(unknown),
            )
            note(said, logging.WARNING)
