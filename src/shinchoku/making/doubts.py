"""The raw pages of a report in; what its fonts say otherwise than the pages show, font by font, out."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from shinchoku.language import joined, say
from shinchoku.parts import RawPage
from shinchoku.problems import Problem, Severity, span


def doubtful_fonts(pages: Iterable[RawPage]) -> list[Problem]:
    """An error for each font whose characters look other than they say: which, how often, on which pages."""
    counts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    found: dict[str, list[int]] = defaultdict(list)
    for page in pages:
        for doubt in page.doubts:
            counts[doubt.font][doubt.said, doubt.looks] += doubt.count
            if page.number not in found[doubt.font]:
                found[doubt.font].append(page.number)
    return [_problem(font, counts[font], found[font]) for font in sorted(counts)]


def _problem(font: str, counts: Counter[tuple[str, str]], pages: list[int]) -> Problem:
    said = joined(
        ", ",
        (
            say("{said} for what looks like {looks} ({times} times)", said=said, looks=looks, times=times)
            for (said, looks), times in sorted(counts.items())
        ),
    )
    said = say(
        "{span}: the file's font {font} says {said}; correct each by the page, or print the file "
        "to paper and have it read by OCR",
        span=span(sorted(pages)),
        font=font,
        said=said,
    )
    return Problem(
        Severity.ERROR,
        "looks_other",
        said,
        page=min(pages) if len(pages) == 1 else None,
        printed="".join(sorted({said for said, _ in counts})),
    )
