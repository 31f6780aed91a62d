"""An old and a new text in; both cut into pieces that are kept, taken out or put in, at the bounds of
words, out."""

import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from shinchoku.diff.keys import folded, words

_SPELT = {spelt: one for spelt, one in words().same_unit.items() if len(spelt) > 1}
_TOKEN = re.compile(
    r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*"  # a number is one word: 1,170,000
    rf"|(?<=[0-9０-９])(?:{'|'.join(map(re.escape, _SPELT))})"  # so is a counter written in several ways
    r"|[A-Za-zＡ-Ｚａ-ｚ]+"
    r"|[ァ-ヺｦ-ﾟ][ァ-ヺー・ｦ-ﾟ]*(?<!・)"  # so is a word in katakana
    r"|\s+|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text and whether it differs from the other text."""

    text: str
    changed: bool


def compare_words(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """The pieces of both texts; joined they are the texts again. Width, spaces and line breaks alone are no
    change,
    nor are a number's commas and how a counter is written (箇所).

    Numbers, Latin words and words in katakana are never cut. Where a single ideograph beside a change
    belongs to a two-character word (拡大 and 拡充), the word is changed as a whole.
    """
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    blocks = _blocks(a, b)
    return (
        _pieces([("".join(a[i:j]), changed) for i, j, _, _, changed in blocks]),
        _pieces([("".join(b[k:n]), changed) for _, _, k, n, changed in blocks]),
    )


Block = tuple[int, int, int, int, bool]


def _blocks(a: list[str], b: list[str]) -> list[Block]:
    """Runs of tokens (start and end in `a`, start and end in `b`, changed), one after another."""
    ours, theirs = [_said(token) for token in a], [_said(token) for token in b]
    blocks: list[Block] = []
    for op in Indel.opcodes(ours, theirs):
        changed = op.tag != "equal"
        i, j, k, n = op.src_start, op.src_end, op.dest_start, op.dest_end
        if blocks and blocks[-1][4] and changed:
            blocks[-1] = (blocks[-1][0], j, blocks[-1][2], n, True)
        else:
            blocks.append((i, j, k, n, changed))
    return _merged(_widened(blocks, a, b), a)


def _said(token: str) -> str:
    """The token as two printings of it agree."""
    narrow = folded(token)
    return _SPELT.get(narrow) or (narrow.replace(",", "") if narrow[:1].isdigit() else narrow)


def _widened(blocks: list[Block], a: list[str], b: list[str]) -> list[Block]:
    """Give a lone ideograph at the edge of an equal run to the change beside it, where the word goes on
    there."""
    out = list(blocks)
    for at, (i, j, k, n, changed) in enumerate(blocks):
        if changed:
            continue
        if at + 1 < len(blocks) and _lone(a, j - 1, i, -1) and _starts_with_ideograph(blocks[at + 1], a, b):
            x = out[at + 1]
            out[at + 1] = (x[0] - 1, x[1], x[2] - 1, x[3], True)
            j, n = j - 1, n - 1
        if at and j > i and _lone(a, i, j - 1, 1) and _ends_with_ideograph(blocks[at - 1], a, b):
            x = out[at - 1]
            out[at - 1] = (x[0], x[1] + 1, x[2], x[3] + 1, True)
            i, k = i + 1, k + 1
        out[at] = (i, j, k, n, False)
    return out


def _merged(blocks: list[Block], a: list[str]) -> list[Block]:
    """Join changes that nothing or only one sign or syllable separates: what is left between would be
    noise."""
    out: list[Block] = []
    for at, (i, j, k, n, changed) in enumerate(blocks):
        if i == j and not changed:
            continue
        slight = 0 < at < len(blocks) - 1 and len("".join(a[i:j])) == 1 and not _weighty(a[i:j])
        if out and out[-1][4] and (changed or slight):
            out[-1] = (out[-1][0], j, out[-1][2], n, True)
        else:
            out.append((i, j, k, n, changed))
    return out


def _weighty(tokens: list[str]) -> bool:
    return any(token.isdigit() or token == "\n" for token in tokens)


def _lone(tokens: list[str], at: int, edge: int, step: int) -> bool:
    """Whether the token at `at` is an ideograph and the next one inwards (up to `edge`) is none."""
    if not _ideograph(tokens[at]):
        return False
    return at == edge or not _ideograph(tokens[at + step])


def _starts_with_ideograph(block: Block, a: list[str], b: list[str]) -> bool:
    i, j, k, n, _ = block
    return any(_ideograph(token) for token in (a[i : min(i + 1, j)] + b[k : min(k + 1, n)]))


def _ends_with_ideograph(block: Block, a: list[str], b: list[str]) -> bool:
    i, j, k, n, _ = block
    return any(_ideograph(token) for token in (a[max(i, j - 1) : j] + b[max(k, n - 1) : n]))


def _ideograph(token: str) -> bool:
    return len(token) == 1 and unicodedata.name(token, "").startswith("CJK UNIFIED")


def _pieces(runs: list[tuple[str, bool]]) -> list[Piece]:
    pieces: list[Piece] = []
    for text, differs in runs:
        changed = differs and not text.isspace()
        if text and pieces and pieces[-1].changed == changed:
            pieces[-1] = Piece(pieces[-1].text + text, changed)
        elif text:
            pieces.append(Piece(text, changed))
    return pieces
