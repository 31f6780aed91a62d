"""What a text says as a heading in, headings of records out."""

import re
from dataclasses import replace

from shinchoku.layouts.announcements import Announcement
from shinchoku.records import Heading
from shinchoku.text import halve_digits

_NUMBERED = re.compile(r"\s*(?:[(（]\s*([0-9０-９]+)\s*[)）]|([①-⑳]))\s*")


def heading(said: Announcement, text: str) -> Heading:
    """An unnumbered heading whose title is `text`, its line breaks kept."""
    return Heading("", text, said.repost_of is not None, said.repost_of or "")


def numbered_heading(said: Announcement) -> Heading:
    """A heading such as 取組 or 戦略計画 as number and title; all title where it announces nothing."""
    return replace(heading(said, said.title), no=said.no)


def sub_heading(said: Announcement, text: str) -> Heading:
    """`(1) 保育所の拡充` or `① 保育所の拡充` as number and title; a `text` without such a number is all
    title."""
    found = _NUMBERED.match(text)
    if found is None:
        return heading(said, text)
    no = f"({halve_digits(found.group(1))})" if found.group(1) else found.group(2)
    return replace(heading(said, text[found.end() :]), no=no)
