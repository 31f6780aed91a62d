"""What was read of a PDF in; the files of its report, and its line of the closing summary, out."""

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from shinchoku.cli.summary import Done
from shinchoku.language import say
from shinchoku.problems import internal_error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shinchoku.layouts import Layouts
    from shinchoku.people import People
    from shinchoku.rows import Report
    from shinchoku.workers.run import FileResult


def publish(
    results: "Sequence[FileResult]", out: Path, people: "People", layouts: "Layouts", start: float
) -> Done:
    """Write the files of one report, its tables understood by `layouts`."""
    from shinchoku.dataset.publish import OutputError
    from shinchoku.dataset.reports import publish_report, source_meta
    from shinchoku.rows import Report

    result = results[0]
    report_id = result.source.report_id
    failed = result.failed
    try:
        report = _report(results, people, layouts)
        if not failed:
            publish_report(out, report, source_meta(result.source))
    except OutputError:
        raise
    except Exception as error:
        failed = True
        problem = internal_error(error, say("the making of this report"))
        report = Report(report_id, result.page_count, problems=(*result.problems, problem))
    if failed:
        report = _publish_failed(report, out, source_meta(result.source))
    return _done(report, result.page_count, time.monotonic() - start)


def _publish_failed(report: "Report", out: Path, meta: "Mapping[str, str]") -> "Report":
    """Keep the rows that an earlier run read of a report of which nothing could be read now, and say so in
    its problems; where there are none, publish the problems alone."""
    from shinchoku.dataset.output.keeping import keep_rows
    from shinchoku.dataset.publish import OutputError, report_folders
    from shinchoku.dataset.reports import publish_report

    try:
        if out / report.report_id in report_folders(out):
            return replace(report, problems=keep_rows(out, report.report_id, report.problems))
        publish_report(out, report, meta)
    except OutputError:
        raise
    except Exception as error:
        problem = internal_error(error, say("the writing of this report's problems"))
        return replace(report, problems=(*report.problems, problem))
    return report


def _report(results: "Sequence[FileResult]", people: "People", layouts: "Layouts") -> "Report":
    """The report as the first reader read it; where another read it too, with what they disagree on named."""
    from shinchoku.agreement import disagreements
    from shinchoku.cells import document
    from shinchoku.extraction import extract
    from shinchoku.printed.cells import cell_rows

    result, *others = results
    problems = list(result.problems)
    if others and not result.failed:
        ours, *theirs = (cell_rows(document(r.raw_pages, layouts), layouts) for r in results)
        problems += [p for rows in theirs for p in disagreements(ours, rows)]
    report_id = result.source.report_id
    own = people.of(report_id)
    return extract(report_id, result.raw_pages, problems, ocr=result.ocr, layouts=layouts, people=own)


def _done(report: "Report", pages: int, seconds: float) -> Done:
    return Done(
        report.report_id,
        pages,
        len({(cell.page, cell.table) for cell in report.cells}),
        len(report.measures),
        len(report.indicators),
        len(report.goals),
        report.problems,
        seconds,
    )
