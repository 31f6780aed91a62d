"""Printed titles in, titles and their marks out: 【戦略計画12-1の再掲】, (再掲), a number in front."""

import re

from shinchoku import layouts
from shinchoku.records import Heading
from shinchoku.text import halve_digits

REPOST = re.compile(
    r"[【\[(（〔［]([^】\])）〕］【\[(（〔［]*?)の?再掲[】\])）〕］]|(?:^|(?<=\n))\s*再掲\s*(?:\n|$)"
)
_SOURCE = re.compile(r"(\d+)\s*-\s*(\d+)|(\d+)")
_NUMBERED = re.compile(r"\s*(?:[(（]\s*([0-9０-９]+)\s*[)）]|([①-⑳]))\s*")


def repost_of(text: str) -> str | None:
    """What a repost mark in `text` points to ("12-1", "" where it names nothing); None where there is no
    mark."""
    found = REPOST.search(text)
    if found is None:
        return None
    source = _SOURCE.search(halve_digits(found.group(1) or ""))
    return "-".join(n for n in source.groups() if n) if source else ""


def without_marks(text: str) -> str:
    """`text` without its repost marks, and without the lines they leave empty."""
    bare = REPOST.sub("", text)
    return "\n".join(line.strip() for line in bare.split("\n") if line.strip())


def heading(text: str, no: str = "") -> Heading:
    """A heading from its printed text, marks taken out and read, line breaks kept."""
    source = repost_of(text)
    return Heading(no, without_marks(text), source is not None, source or "")


def numbered_heading(text: str) -> Heading:
    """A heading such as 取組 or 戦略計画 as number and title, marks taken out and read."""
    found = layouts.banner(without_marks(text))
    marks = heading(text)
    return Heading(found.no, found.title, marks.repost, marks.repost_of) if found else marks


def sub_heading(text: str) -> Heading:
    """`(1) 保育所の拡充` or `① 保育所の拡充` as number and title; a text without such a number is all
    title."""
    found = _NUMBERED.match(text)
    if found is None:
        return heading(text)
    no = f"({halve_digits(found.group(1))})" if found.group(1) else found.group(2)
    return heading(text[found.end() :], no)
