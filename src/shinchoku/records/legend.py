"""Texts of a report that explain its marks in, each mark and what it means out."""

import re
from collections.abc import Iterable

from shinchoku.text import halve_digits

_MARK = r"[A-ZＡ-Ｚ][+＋]?|[◎○〇◯●△▲×✕☆★※＊*－―-]"
_BETWEEN = r"\s*[」』)）]?\s*(?:[:：=＝]|…+|・{2,}|‥+|\.{2,}|―{2,}|→)\s*"
_PAIR = re.compile(
    rf"(?:^|(?<=[\s「『(（、,，/／;；▶►・|【】\[\]〔〕]))(?P<mark>{_MARK}){_BETWEEN}"
    rf"(?P<meaning>.+?)(?=[、,，/／;；]?\s*(?:[▶►・「『(（]\s*)?(?:{_MARK}){_BETWEEN}|$)"
)
_QUOTED = re.compile(r"[「『](?P<mark>[^「」『』\s]{1,8})[」』]")
_WORD = re.compile(
    r"(?:^|(?<=[\s、,，/／;；▶►・】\]〕]))[「『]?(?P<mark>[^\s、。:：「」『』【】（）()]{1,8})[」』]?\s*(?:[:：=＝]|…+)\s*"
    r"(?P<meaning>[^\s:：]+)"
)
_ABOUT = re.compile(r"凡例|(評価|判定|達成|進捗)(度|状況)?の?(基準|区分|凡例|目安|説明|記号)")


def explains(text: str) -> bool:
    """Whether a text may be a legend: it says so, or gives two marks a meaning."""
    return _ABOUT.search(text) is not None or sum(len(_PAIR.findall(line)) for line in text.split("\n")) > 1


def marks_in(texts: Iterable[str], used: Iterable[str]) -> list[tuple[str, str]]:
    """The marks that texts explain (A：目標を達成, ▶ A+ …… 計画以上に進んだもの) and their meanings, as
    printed, in order; of one in quotes the sentence it stands in. Words and figures are marks where the
    report uses them as such (`used`)."""
    found: dict[str, str] = {}
    known = {halve_digits(mark) for mark in used}
    for text in texts:
        for m in (m for line in text.split("\n") for m in _PAIR.finditer(line)):
            found.setdefault(m["mark"], m["meaning"].strip())
        for sentence in re.findall("[^。\n]+。?", text):
            for m in _QUOTED.finditer(sentence):
                if re.fullmatch(_MARK, m["mark"]) is None and halve_digits(m["mark"]) not in known:
                    continue
                found.setdefault(m["mark"], sentence.strip())
        for m in _WORD.finditer(text):
            if halve_digits(m["mark"]) in known:
                found.setdefault(m["mark"], m["meaning"].strip())
    return list(found.items())
