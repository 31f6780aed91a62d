"""A PDF's colour spaces and colour components in, how light the paint is out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral

from shinchoku.page.canvas import UNKNOWN

Components = Sequence[float]


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: `lightness` takes its components and gives 0 (black) to 1 (white), or UNKNOWN;
    `initial` is the lightness of the colour that choosing the space sets. Source: ISO 32000-1, 8.6."""

    lightness: Callable[[Components], float]
    initial: float = 0.0


def grey(parts: Components) -> float:
    """Lightness of one component, 0 black to 1 white."""
    return parts[0]


def rgb(parts: Components) -> float:
    """Lightness of red, green and blue from 0 to 1: their mean, so that no pale tint counts as white."""
    return sum(parts[:3]) / 3


def cmyk(parts: Components) -> float:
    """Lightness of four inks from 0 to 1."""
    return (1 - parts[3]) * (3 - sum(parts[:3])) / 3


def _ink(parts: Components) -> float:
    """Separation and DeviceN: the more of any ink, the darker; which inks they are is not asked."""
    return 1 - max(parts)


def _pattern(parts: Components) -> float:
    return UNKNOWN


GREY = Space(grey)
RGB = Space(rgb)
CMYK = Space(cmyk)
_PLAIN = {
    "DeviceGray": GREY,
    "G": GREY,
    "CalGray": GREY,
    "DeviceRGB": RGB,
    "RGB": RGB,
    "CalRGB": RGB,
    "DeviceCMYK": CMYK,
    "CMYK": CMYK,
    "Pattern": Space(_pattern, UNKNOWN),
    "Lab": Space(lambda parts: parts[0] / 100),
}
_BY_COUNT = {1: GREY, 3: RGB, 4: CMYK}


def space(spec: object, named: Mapping[str, object], depth: int = 0) -> Space:
    """The colour space that a name or an array of a PDF says; `named` are the page's own, by name.

    A space that is not understood counts as one of so many inks, which is never white by mistake of black."""
    spec = resolve1(spec)
    if isinstance(spec, PSLiteral):
        spec = str(spec.name)
    if isinstance(spec, str):
        if spec in named and depth < 4:
            return space(named[spec], named, depth + 1)
        return _PLAIN.get(spec, Space(_ink))
    if not isinstance(spec, list) or not spec or depth > 4:
        return Space(_ink)
    family = resolve1(spec[0])
    kind = str(family.name) if isinstance(family, PSLiteral) else ""
    if kind == "ICCBased" and len(spec) > 1:
        return _icc(resolve1(spec[1]))
    if kind == "Indexed" and len(spec) > 3:
        return _indexed(space(spec[1], named, depth + 1), spec[3])
    return _PLAIN.get(kind, Space(_ink))


def _icc(profile: object) -> Space:
    count = resolve1(profile.get("N")) if isinstance(profile, PDFStream) else None
    return _BY_COUNT.get(count, Space(_ink)) if isinstance(count, int) else Space(_ink)


def _indexed(base: Space, table: Any) -> Space:
    table = resolve1(table)
    palette: bytes = table.get_data() if isinstance(table, PDFStream) else table
    count = {GREY: 1, RGB: 3, CMYK: 4}.get(base, 0)
    if not isinstance(palette, bytes) or not count:
        return Space(_pattern, UNKNOWN)

    def lightness(parts: Components) -> float:
        at = int(parts[0]) * count
        entry = palette[at : at + count] if at >= 0 else b""
        return base.lightness([value / 255 for value in entry]) if len(entry) == count else UNKNOWN

    return Space(lightness, lightness([0]))
