"""The pictures of README and docs: `make pictures` makes them of the shipped report, in Chromium and a
notebook."""

import base64
import io
import os
import subprocess
import tempfile
from html import escape
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbclient import NotebookClient
from PIL import Image
from playwright.sync_api import Browser

from make.runs.chromium import chromium
from make.runs.command import SHINCHOKU
from shinchoku.draw import draw_pages, picture
from shinchoku.draw.layers import svg

ROOT = Path(__file__).parents[3]
PICTURES = ROOT / "docs" / "pictures"
REPORT = "fy2019_progress"
PDF = ROOT / "raw_pdfs" / f"{REPORT}.pdf"
PAGE = 17
NAME = "子育てのひろば"
TOP = (0.04, 0.05, 0.76, 0.33)
"""The part of the page that is shown, of its width and height: left, top, right, bottom."""
COLUMNS = {
    "measure": "事業名",
    "fy2021_target": "令和3年度目標",
    "fy2018_baseline": "平成30年度現況",
    "fy2019_planned": "令和元年度計画",
    "fy2019_actual": "令和元年度実績",
    "progress": "進捗",
}
QUANTITIES = {
    "name": "名称",
    "fiscal_year": "年度",
    "role": "項目",
    "value": "値",
    "unit": "単位",
    "cumulative": "累計",
}
STYLE = """
main { padding: 10px; background: #fff; color: #1d252c; display: flex; gap: 18px;
       font: 15px/1.45 "Noto Sans CJK JP", sans-serif; align-items: center; width: 1360px; }
img { width: 620px; border: 1px solid #b3bec8; }
b { font-size: 34px; color: #0b57d0; }
table { border-collapse: collapse; margin: 4px 0 16px; } caption { text-align: left; font-weight: 700; }
th, td { border: 1px solid #d5dce2; padding: 3px 8px; text-align: left; font-size: 13px; }
td { white-space: pre-line; }
th { background: #dce6f1; }
"""


def _save(name: str, image: Image.Image, quality: int = 80) -> None:
    image.convert("RGB").save(PICTURES / f"{name}.webp", quality=quality, method=6)


def _shot(browser: Browser, html: str, size: tuple[int, int], selector: str) -> Image.Image:
    """What the browser shows of some HTML."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, device_scale_factor=1)
    page.set_content(html)
    shot = page.locator(selector).screenshot()
    page.close()
    return Image.open(io.BytesIO(shot))


def _part(image: Image.Image) -> Image.Image:
    left, top, right, bottom = TOP
    return image.crop(
        (
            round(left * image.width),
            round(top * image.height),
            round(right * image.width),
            round(bottom * image.height),
        )
    )


def _layers(browser: Browser) -> None:
    """A page's way, as `shinchoku draw --layers` shows it: the part at its top."""
    (page,) = draw_pages(PDF, [PAGE], 1.5)
    size = (round(page.raw.width * page.scale), round(page.raw.height * page.scale))
    for layer in ("rules", "walls", "lines"):
        body = f"<body style='margin:0'>{svg(page, [layer])}</body>"
        _save(layer, _part(_shot(browser, body, size, "svg")))
    _save("cells", _part(picture(page)))


def _table(title: str, rows: pd.DataFrame, names: dict[str, str]) -> str:
    head = "".join(f"<th>{name}</th>" for name in names.values())
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(row[column]))}</td>" for column in names) + "</tr>"
        for row in rows.to_dict("records")
    )
    return f"<table><caption>{title}</caption><tr>{head}</tr>{body}</table>"


def _rows(browser: Browser) -> None:
    """The page with its cells, and beside it the rows and quantities that were read of it."""
    data = ROOT / "normalized"
    measures = pd.read_parquet(data / REPORT / "measures.parquet").head(3)
    stated = pd.read_parquet(data / "observations.parquet", filters=[("row_id", "==", measures["row_id"][0])])
    stated = stated[stated["value"].notna()].assign(value=stated["value"].map("{:g}".format))
    held = io.BytesIO()
    (page,) = draw_pages(PDF, [PAGE], 1.5)
    _part(picture(page)).save(held, "PNG")
    image = base64.b64encode(held.getvalue()).decode()
    tables = _table(f"{REPORT}/measures", measures, COLUMNS) + _table("observations", stated, QUANTITIES)
    body = f"<main><img src='data:image/png;base64,{image}'><b>➜</b><div>{tables}</div></main>"
    _save("rows", _shot(browser, f"<style>{STYLE}</style>{body}", (1400, 500), "main"))


def _review(browser: Browser, folder: Path) -> None:
    """The review page, on the row of NAME."""
    file = folder / "review.html"
    command = [*SHINCHOKU, "review", REPORT, "--static", str(file)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    page = browser.new_page(viewport={"width": 1360, "height": 700}, locale="ja-JP")
    page.goto(file.as_uri())
    page.locator("#search input").fill(NAME)
    page.keyboard.press("Enter")
    page.get_by_text(f"{PAGE} ページ").click()
    page.get_by_role("tab", name="記録").click()
    page.wait_for_timeout(1500)
    _save("review", Image.open(io.BytesIO(page.screenshot())), 70)
    page.close()


def _plot(folder: Path) -> None:
    """The first rows of the figure that notebooks/history.ipynb draws."""
    os.environ |= {"SHINCHOKU_DATA": str(ROOT / "normalized"), "MPLCONFIGDIR": str(folder)}
    notebook: Any = nbformat.read(  # type: ignore[no-untyped-call]
        ROOT / "notebooks" / "history.ipynb", as_version=4
    )
    NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(folder)}}).execute()
    outputs: list[Any] = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    drawn = next(o.data["image/png"] for o in outputs if "image/png" in o.get("data", {}))
    image = Image.open(io.BytesIO(base64.b64decode(drawn)))
    _save("plot", image.crop((0, 0, image.width, round(image.height * 0.515))))


def main() -> None:
    """Make them all."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        _layers(browser)
        _rows(browser)
        _review(browser, Path(folder))
        _plot(Path(folder))


if __name__ == "__main__":
    main()
