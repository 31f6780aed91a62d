"""What was read of a PDF in; its report and the files of it out. A mistake in any room on the way is a
problem of this report alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from shinchoku.cells import document
from shinchoku.dataset.output.keeping import has_rows, keep_rows
from shinchoku.dataset.publish import OutputError
from shinchoku.dataset.reports import publish_report, source_meta
from shinchoku.language import say
from shinchoku.layouts import Layouts
from shinchoku.making import agreement
from shinchoku.making.extraction import extract
from shinchoku.people import People
from shinchoku.printed import cell_rows
from shinchoku.problems import Problem, Severity, internal_error
from shinchoku.rows import Report
from shinchoku.sources.listed import OTHER
from shinchoku.values.own import speaking
from shinchoku.workers.run import FileResult


def make_report(results: Sequence[FileResult], people: People, layouts: Layouts) -> tuple[Report, bool]:
    """The report as the first reader read it, its tables understood by `layouts`; where another read it too,
    with what they disagree on named. And whether nothing could be made of it, which its problems explain.
    Raises LayoutError for a mistake in words of one's own."""
    result = results[0]
    failed = result.failed
    with speaking(layouts.files):
        try:
            report = _report(results, people, layouts)
        except Exception as error:
            failed = True
            problem = internal_error(error, say("the making of this report"))
            report = Report(result.source.report_id, result.page_count, problems=(*result.problems, problem))
    if result.source.kind == OTHER:
        report = replace(report, problems=tuple(map(_of_other, report.problems)))
    return report, failed


def publish(results: Sequence[FileResult], out: Path, people: People, layouts: Layouts) -> Report:
    """Write the files of one report inside `out_lock(out)`; the report with the problems that came up."""
    report, failed = make_report(results, people, layouts)
    meta = source_meta(results[0].source)
    with speaking(layouts.files):
        if not failed:
            try:
                return publish_report(out, report, meta)
            except OutputError:
                raise
            except Exception as error:
                problem = internal_error(error, say("the writing of this report"))
                report = Report(report.report_id, report.pages, problems=(*results[0].problems, problem))
        return _publish_failed(report, out, meta)


def _publish_failed(report: Report, out: Path, meta: Mapping[str, str]) -> Report:
    """Keep the rows that an earlier run read of a report of which nothing could be read now, and say so in
    its problems; where there are none, publish the problems alone."""
    try:
        if has_rows(out, report.report_id):
            return replace(report, problems=keep_rows(out, report.report_id, report.problems))
        return publish_report(out, report, meta)
    except OutputError:
        raise
    except Exception as error:
        problem = internal_error(error, say("the writing of this report's problems"))
        return replace(report, problems=(*report.problems, problem))


def _report(results: Sequence[FileResult], people: People, layouts: Layouts) -> Report:
    result, *others = results
    problems = list(result.problems)
    if others and not result.failed:
        ours, *theirs = (cell_rows(document(r.raw_pages, layouts), layouts) for r in results)
        problems += [p for rows in theirs for p in agreement.disagreements(ours, rows)]
    report_id = result.source.report_id
    return extract(
        report_id, result.raw_pages, problems, ocr=result.ocr, layouts=layouts, people=people.of(report_id)
    )


def _of_other(problem: Problem) -> Problem:
    """A problem of a PDF that is listed as no report: none of them is an error of the run."""
    if problem.code == "no_known_layout":
        message = say("listed as no report; its cells and blocks are kept")
        return Problem(Severity.INFO, "no_report", message)
    return replace(problem, severity=Severity.WARNING) if problem.severity is Severity.ERROR else problem
