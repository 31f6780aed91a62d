"""A report that stands in the output in; the same rows with other problems out."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from shinchoku.dataset.output.staging import present
from shinchoku.dataset.publish import staged_folder
from shinchoku.dataset.reports import MADE_KEYS, SOURCE_KEYS
from shinchoku.dataset.tables.files import read_meta, read_rows, row_count, write_columns
from shinchoku.language import say
from shinchoku.problems import Problem, Severity
from shinchoku.rows import Report, typed

KEPT = "kept_rows"
KEPT_MESSAGE = say("the PDF could not be read this time; the rows are those that an earlier run read of it")


def read_problems(out: Path, report_id: str) -> list[Problem]:
    """The problems of a report, in order."""
    rows = read_rows(present(out, f"{report_id}/problems.parquet"))
    return [typed(Problem, {**row, "severity": Severity(row["severity"])}) for row in rows]


def write_problems(out: Path, report_id: str, problems: Iterable[Problem]) -> None:
    """Put these problems in place of a report's, inside `out_lock`; its other files stay as they are."""
    columns = Report(report_id, problems=tuple(problems)).columns("problems")
    with staged_folder(out, report_id) as stage:
        write_columns(stage / "problems", "problems", columns, own_meta(out, report_id))


def own_meta(out: Path, report_id: str) -> dict[str, str]:
    """What the files of a report say of its source and of how they were made."""
    told = read_meta(present(out, f"{report_id}/problems.parquet"))
    return {key: told[key] for key in ("report_id", *SOURCE_KEYS, *MADE_KEYS)}


def has_rows(out: Path, report_id: str) -> bool:
    """Whether an earlier run read anything of a report's PDF."""
    paths = [present(out, f"{report_id}/{name}.parquet") for name in ("problems", "cells", "blocks")]
    return paths[0].is_file() and any(map(row_count, paths[1:]))


def keep_rows(out: Path, report_id: str, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Leave a report's rows as an earlier run made them and say so in its problems, before those of that run;
    `problems` tell why. All its problems."""
    before = read_problems(out, report_id)
    marks = [at for at, problem in enumerate(before) if problem.code == KEPT]
    earlier = before[marks[-1] + 1 :] if marks else before
    found = (*problems, Problem(Severity.ERROR, KEPT, KEPT_MESSAGE), *earlier)
    write_problems(out, report_id, found)
    return found
