"""The shapes of Japanese characters that `page/paper/known.csv` holds: font files in, the file out.

    python tests/make/committed/known_shapes.py NotoSansCJK-Regular.ttc NotoSerifCJK-Regular.ttc

It was made of Noto Sans CJK JP 2.004 and Noto Serif CJK JP 2.003 (SIL Open Font License), a sans and a serif
face; the first font of a collection is the Japanese one. Of each character it keeps how dark each of a few
fields is, nothing of its outline."""

import csv
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from shinchoku.page.paper.known import FILE, FINEST, shapes_of_characters

# り, エ and ニ are left out: they look like リ, 上 and 二
NUMERALS = "〇一二三四五六七八九十百千万億兆"
MARKS = "○◎●△▲▽▼×□■◇◆☆★％"
COUNTED = (
    "人件所校園回円年度月日台箇棟戸世帯名者組区市町村地施設団体会社店室床席枚冊本頭匹食泊時間分秒週期部門課"
    "係数量額比割点位級種類型号合小大前後内外末累率当定員"
)
SAID = (
    "計新開始廃止完了未済実中減増以上下有無可否達成予算決見込検討継続拡充縮停休移終途順調遅良不要再除加入出法"
)
KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらるれろわをん"
KATAKANA = "".join(chr(ord(letter) + 0x60) for letter in KANA if letter not in "えに") + "リ"
CHARACTERS = "".join(dict.fromkeys(NUMERALS + MARKS + COUNTED + SAID + KANA + KATAKANA))
TILE, SIZE, TIMES = 40, 24, 4


def main(fonts: list[str]) -> None:
    """Write the file anew."""
    rows = []
    for path in fonts:
        font = ImageFont.truetype(path, SIZE * TIMES)
        tiles = []
        for character in CHARACTERS:
            tile = Image.new("L", (TILE * TIMES, TILE * TIMES), 0)
            ImageDraw.Draw(tile).text((8 * TIMES, 4 * TIMES), character, font=font, fill=255)
            tiles.append(np.asarray(tile.resize((TILE, TILE), Image.Resampling.BOX)))
        shapes = shapes_of_characters(np.array(tiles, dtype=np.uint8))
        for character, dark, wide in zip(CHARACTERS, shapes.dark, shapes.proportions, strict=True):
            steps = np.round(dark.reshape(-1) * FINEST).astype(int)
            rows.append((character, f"{wide:.3f}", "".join(f"{step:x}" for step in steps)))
    with Path(FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("character", "proportion", "fields"))
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    main(sys.argv[1:])
