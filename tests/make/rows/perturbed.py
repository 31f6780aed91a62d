"""Made years: a real report with rows reworded, moved, removed and added in known ways; the true pairs."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from make.rows.diff import Record, gold, numbered
from shinchoku.diff.rows import Side, side

REWORDED = (
    *(("実施", "展開"), ("実施", "開催"), ("整備", "建設"), ("拡大", "拡充")),
    *(("充実", "強化"), ("検討", "調査・検討"), ("支援", "応援"), ("設置", "開設")),
    *(("推進", "促進"), ("作成", "策定"), ("配置", "派遣"), ("連携", "協働")),
    *(("事業", "プロジェクト"), ("利用者", "参加者"), ("区民", "市民"), ("高齢者", "シニア")),
    *(("障害者", "障がい者"), ("改築", "建替え"), ("工事", "施工"), ("施設", "拠点")),
)
ENDINGS = ("の推進", "の実施", "等", "(拡充)", "に関する取組", "・検証")
BEGINNINGS = ("新たな", "区立", "地域における", "ねりま")
CELLS = ("検討", "実施", "開始", "", "工事", "12か所", "計34校", "年間5,600人", "7件")
PLACE = (
    *("plan_no", "plan_title", "section", "initiative_no", "initiative_title"),
    *("sub_no", "sub_title", "group"),
)
WIDE = str.maketrans("0123456789()", "０１２３４５６７８９（）")


@dataclass(frozen=True)
class Year:
    """An old and a new side, and the true status of each pair of row orders."""

    old: Side
    new: Side
    known: Mapping[tuple[int | None, int | None], str]


def reword(name: str, dice: random.Random) -> str:
    """Another wording of a name: a word replaced, a beginning or an ending put on, two characters gone."""
    fitting = [(a, b) for a, b in REWORDED if a in name]
    choice = dice.random()
    if fitting and choice < 0.6:
        word, other = dice.choice(fitting)
        return name.replace(word, other, 1)
    if len(name) > 12 and choice < 0.7:
        at = dice.randrange(2, len(name) - 4)
        return name[:at] + name[at + 2 :]
    if len(name) > 8 and choice < 0.85:
        return dice.choice(BEGINNINGS) + name
    return name + dice.choice(ENDINGS)


def next_columns(rows: list[Record], dice: random.Random) -> None:
    """The columns of the year after."""
    for row in rows:
        for before, after in (("fy2019_planned", "fy2020_planned"), ("fy2019_actual", "fy2020_actual")):
            if before in row:
                row[after] = row.pop(before)


def restate(rows: list[Record], dice: random.Random) -> None:
    """Some targets and baselines changed after the fact."""
    for row in rows:
        if dice.random() < 0.1:
            row["fy2021_target"] = row["fy2021_target"].replace("計", "").replace("1", "2")
        if dice.random() < 0.05:
            row["fy2018_baseline"] = row["fy2018_baseline"].replace("1", "3")


def retitle(rows: list[Record], dice: random.Random) -> None:
    """Some plans' titles reworded."""
    for plan in sorted({row["plan_no"] for row in rows}):
        if dice.random() < 0.3:
            for row in rows:
                if row["plan_no"] == plan:
                    row["plan_title"] = f"新{row['plan_title'][3:]}の推進"


def renumber(rows: list[Record], dice: random.Random) -> None:
    """A plan put in before the fourth."""
    for row in rows:
        row["plan_no"] += row["plan_no"] >= 4


def typeset(rows: list[Record], dice: random.Random) -> None:
    """Another house style: wide digits, (仮称), other line breaks."""
    for row in rows:
        name = "measure" if "measure" in row else "indicator"
        if dice.random() < 0.3:
            row[name] = row[name].translate(WIDE)
        if dice.random() < 0.1:
            row[name] = "(仮称)" + row[name]
        if dice.random() < 0.2:
            row[name] = row[name].replace("\n", "")


def shuffle(rows: list[Record], dice: random.Random) -> None:
    """Rows printed in another order."""
    dice.shuffle(rows)


Change = Callable[[list[Record], random.Random], None]


def next_year(kind: str, seed: int, changes: tuple[Change, ...], moves: float = 0.0) -> Year:
    """FY2019's rows with 6 in 100 removed, 6 reworded, 5 added, `moves` of them moved, then changed."""
    dice = random.Random(seed)
    old = gold(f"fy2019.{kind}s.jsonl")
    rows: list[Record] = []
    known: list[tuple[int | None, Record | None, str]] = []
    for order, before in enumerate(old):
        row = {key: value for key, value in before.items() if key not in ("row_id", "row_order", "page")}
        status, fate = "matched", dice.random()
        if fate < 0.06:
            known.append((order, None, "removed"))
            continue
        if fate < 0.12:
            row[kind] = reword("".join(row[kind].split()), dice)
            row["measure_text"] = row[kind]
            status = "renamed"
        elif fate < 0.12 + moves:
            status = _move(row, dice.choice(old))
        rows.append(row)
        known.append((order, row, status))
        if dice.random() < 0.05:
            rows.append(made_up(row, kind, dice))
            known.append((None, rows[-1], "added"))
    for change in changes:
        change(rows, dice)
    places = {id(row): order for order, row in enumerate(rows)}
    pairs = {(order, places[id(row)] if row else None): status for order, row, status in known}
    return Year(side("old", kind, old), side("new", kind, numbered(rows, kind)), pairs)


def _move(row: Record, target: Record) -> str:
    """Put the row under the headings of `target`."""
    columns = [column for column in PLACE if column in row]
    elsewhere = any(row[c] != target[c] for c in columns if c not in ("group", "plan_title"))
    row.update({column: target[column] for column in columns})
    return "moved" if elsewhere else "matched"


def made_up(row: Record, kind: str, dice: random.Random) -> Record:
    """A new row beside this one, named after halves of indicators of another report."""
    halves = [
        record["indicator"].replace("\n", "") for record in dice.sample(gold("fy2022.indicators.jsonl"), 2)
    ]
    name = halves[0][: len(halves[0]) // 2] + halves[1][len(halves[1]) // 2 :]
    cells = {column: dice.choice(CELLS) for column in ("fy2021_target", "fy2018_baseline")}
    return {**row, kind: name, "measure_text": name, "is_repost": False, "repost_of": "", **cells}
