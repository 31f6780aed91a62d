"""Names of columns, differences and reasons in; the Japanese words for them out."""

from functools import lru_cache

from shinchoku.dataset.schema import fiscal_column, table
from shinchoku.diff import Change, Pair
from shinchoku.diff.pairing.pairs import LEVELS
from shinchoku.diff.pairing.score import LEAST
from shinchoku.fiscal import FiscalColumn


@lru_cache(maxsize=1000)
def heading(kind: str, column: str) -> str:
    """The Japanese title of a column of measures or indicators; a fiscal-year column's names its year both
    ways."""
    fiscal = FiscalColumn.parse(column)
    if fiscal is not None:
        return fiscal_column(fiscal).title.ja
    return next((c.title.ja for c in table(f"{kind}s").columns if c.name == column), column)


def number_text(change: Change) -> str:
    """The difference of two numbers with its sign and unit, +16 所, of each number of the cell that changed:
    +16 所、定員 +800 人; "" where there is none to tell."""
    if change.delta is None:
        return ""
    moved = [(name, delta) for name, delta in change.deltas if delta]
    if not moved:
        return "数値は同じ"
    if len(change.deltas) == 1:
        return _signed(change.delta, change.unit)
    return "、".join(_signed(delta, name) for name, delta in moved)


def _signed(delta: float, what: str) -> str:
    """+16 所; what a number counts before it: 定員 +800 人."""
    *before, unit = what.split(" ")
    number = f"{'+' if delta > 0 else '−'}{abs(delta):,.10g} {unit}".rstrip()
    return " ".join((*before, number))


def evidence(pair: Pair) -> str:
    """Why a pair was made in other than the plainest way, or what an unpaired row is nearest to; else ""."""
    why = pair.why
    if why is None:
        return ""
    if why.how == "override":
        return "指定による対応（renames.csv）" + (f"：{why.reason}" if why.reason else "")
    if not (pair.old and pair.new):
        return f"似た行：{pair.near}（判定値 {why.score:.2f}、対応づけは {LEAST:.2f} 以上）"
    if pair.status == "matched" and why.how == "identity":
        return ""
    said = [f"名称の類似度 {why.alike:.0%}"]
    said.append(f"{LEVELS[why.other_levels[0]].ja}が異なる" if why.other_levels else "同じ見出しの下")
    kind = pair.row.kind
    if why.equal:
        said.append("一致：" + "、".join(heading(kind, column) for column in why.equal))
    if why.different:
        said.append("不一致：" + "、".join(heading(kind, column) for column in why.different))
    if why.common:
        said.append("共通の数値：" + "、".join(why.common))
    if why.numbers_clash:
        said.append("名称の番号が異なる")
    return "・".join(said)
