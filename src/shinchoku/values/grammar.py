"""The text of a fiscal-year cell in; the quantities it states and the day they hold for out."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from math import inf

from shinchoku.fiscal import as_of, find_years
from shinchoku.text import halve_digits, without_format
from shinchoku.values.labels import DATE, Label, labels
from shinchoku.values.numbers import Number, numbers
from shinchoku.values.numerals import doubtful, in_digits, unread
from shinchoku.values.quantity import CellValue, Quantity
from shinchoku.values.words import OWN, words

_NUMERIC = re.compile(r"[0-9０-９元]")
_NOTE_MARK = re.compile(
    r"(?<=[0-9０-９])(?:[※*＊†]?[⁽₍]?[⁰¹²³⁴-⁹₀-₉]+[⁾₎]?|[※*＊†](?![0-9０-９]))"
    r"|(?<![^\s(（])[⁽]?[⁰¹²³⁴-⁹]+[⁾]?(?=[0-9０-９])"
    r"|(?<![^\s(（])[※*＊][0-9０-９]{1,2}(?=\s)"
)
_SPREAD = re.compile(
    r"(?<![0-9０-９])[0-9０-９](?:\u3000[0-9０-９.．,，])*(?:\u3000[^\s0-9０-９](?!\S))*(?![0-9０-９])"
)
_POWER = re.compile(r"[0-9０-９][0-9０-９.,]* ?[×xX] ?10[⁻⁰¹²³⁴-⁹]+")
_WIDE_SPACES = re.compile("[\u2001\u2003]")
_FOREIGN = re.compile(r"[^\D0-9０-９]")
_VARIANT = re.compile("(?<=[0-9０-９])[\ufe00-\ufe0f]")
_BRACKETS = " ()[]〔〕【】<>《》〈〉"
_HIDDEN = "\ue000"
_HALF_KANA = re.compile("([\uff66-\uff9d][\uff9e\uff9f]?)")
_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』|“[^“”]*”")
_DATES = re.compile(
    r"[0-9]{1,2}月(?![額間分])(?:[0-9]{1,2}日|上旬|中旬|下旬)?|[0-9]{4}年(?!間)|(?:[0-9]{1,2}|元)年度"
    r"|[0-9]{1,2}時(?![間限])(?:[0-9]{1,2}分|半)?|[0-9]{1,2}:[0-9]{2}"
)


def parse(text: str) -> CellValue:
    """The quantities a printed cell states, in printed order, and its as-of day. Never raises; a cell
    that states none gives an empty value. Figures that may be one number or several are no quantity but told
    apart. Characters without a width, raised marks of notes and spaces an em wide between single figures
    part no number. Source of the rules: the annotation of the reports' quantities; vocabulary/*.toml holds
    the words they turn on."""
    return _parsed(text, OWN.get())


@lru_cache(maxsize=8192)
def _parsed(text: str, own: str) -> CellValue:
    """The same, by the words of one's own that count."""
    text = _VARIANT.sub("", _FOREIGN.sub(lambda digit: str(unicodedata.decimal(digit[0])), text))
    text = in_digits(text)
    if not _NUMERIC.search(text):
        return CellValue(doubtful=tuple(unread(text)))
    powers = [power[0] for power in _POWER.finditer(text)]
    text = _NOTE_MARK.sub("", without_format(_POWER.sub(_HIDDEN, text)))
    text = _WIDE_SPACES.sub("\u3000", text)
    text = _SPREAD.sub(lambda number: number[0].replace("\u3000", ""), text)
    full, places = _full(text)
    narrow = _blank(full)
    doubts = list(doubtful(narrow))
    for start, end in doubts:
        narrow = narrow[:start] + re.sub("[0-9]", _HIDDEN, narrow[start:end]) + narrow[end:]
    found = list(numbers(narrow))
    quantities: list[Quantity] = []
    per, added_from = "", _added_from(narrow)
    for number, label in zip(found, labels(narrow, found), strict=True):
        if number.per_end:
            per = full[label.start if label.end else number.start : number.end].strip()
            continue
        name = text[places[label.start] : places[label.end]].strip()
        quantities.append(_quantity(name, number, label, per, number.start > added_from))
        per = ""
    doubted = [*powers, *(full[start:end] for start, end in doubts)]
    if not doubted and not quantities:
        doubted += unread(narrow)
    return CellValue(tuple(quantities), as_of(text), tuple(doubted))


def _full(text: str) -> tuple[str, Sequence[int]]:
    """The text with half-width kana in full width; where in `text` each character of it, and its end,
    stands."""
    if not _HALF_KANA.search(text):
        return text, range(len(text) + 1)
    full, at = "", 0
    places: list[int] = []
    for piece in _HALF_KANA.split(text):
        kana = _HALF_KANA.fullmatch(piece)
        full += unicodedata.normalize("NFKC", piece) if kana else piece
        places += [at] * (len(full) - len(places)) if kana else range(at, at + len(piece))
        at += len(piece)
    return full, [*places, at]


def _quantity(name: str, number: Number, label: Label, per: str, added: bool) -> Quantity:
    marks = number.marks
    said = next((mark.removeprefix("per ") for mark in marks if mark.startswith("per ")), "")
    return Quantity(
        label=name,
        value=number.value,
        unit=number.unit,
        high=number.high,
        of=number.of,
        per=per or said,
        bound="le" if "le" in marks else "ge" if "ge" in marks else "",
        cumulative="cumulative" in marks,
        annual=label.annual or "annual" in marks or "annual all" in marks,
        approx="approx" in marks,
        total=label.total or "total" in marks,
        increase=added or "increase" in marks or name.endswith(words().increase_over),
    )


def _added_from(narrow: str) -> float:
    """Where the first line ends that says that the numbers under it are added (増員)."""
    end = 0
    for line in narrow.split("\n"):
        end += len(line) + 1
        if line.strip(_BRACKETS) in words().increase_over:
            return end - 1
    return inf


def _blank(text: str) -> str:
    """The narrowed text with its dates blanked and the digits of quoted names hidden, every offset kept."""
    narrow = halve_digits(text)
    for mention in reversed(find_years(text)):
        narrow = _overlaid(narrow, mention.start, mention.end)
    for date in list(_DATES.finditer(narrow)):
        narrow = _overlaid(narrow, date.start(), date.end())
    for names in (_QUOTED, words().phrases):
        narrow = names.sub(lambda name: re.sub("[0-9]", _HIDDEN, name[0]), narrow)
    return narrow


def _overlaid(narrow: str, start: int, end: int) -> str:
    blank = "".join("\n" if ch == "\n" else DATE for ch in narrow[start:end])
    return narrow[:start] + blank + narrow[end:]
