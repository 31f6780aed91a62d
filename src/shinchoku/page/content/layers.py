"""A PDF's optional content in, which layers are switched off in its default configuration out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral

from shinchoku.settings import LAYERS_DEEP


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers (optional content groups) that are off, by the number of their object. Source: ISO 32000-1,
    8.11."""

    off: frozenset[int] = frozenset()

    @classmethod
    def of(cls, catalog: Mapping[str, Any]) -> Self:
        """The layers as a document's default configuration has them."""
        if "OCProperties" not in catalog:
            return cls()
        properties = dict_value(catalog["OCProperties"])
        default = dict_value(properties.get("D", {}))
        groups = list_value(properties.get("OCGs", []))
        off = set(_numbers(groups)) if name_of(default.get("BaseState")) == "OFF" else set()
        off -= set(_numbers(list_value(default.get("ON", []))))
        off |= set(_numbers(list_value(default.get("OFF", []))))
        for usage in list_value(default.get("AS", [])):
            given = dict_value(usage)
            if name_of(given.get("Event")) != "View":
                continue
            for group in list_value(given.get("OCGs", [])):
                state = _view_state(group)
                (number,) = _numbers([group]) or (0,)
                off = off | {number} if state == "OFF" else off - {number} if state == "ON" else off
        return cls(frozenset(off))

    def is_off(self, given: object) -> bool:
        """Whether what belongs to this layer, or to this expression of layers, does not show."""
        return bool(self.off) and not self._is_on(given, 0)

    def _is_on(self, given: object, depth: int) -> bool:
        entry = dict_value(given)
        if name_of(entry.get("Type")) != "OCMD" or depth > LAYERS_DEEP:
            return not (isinstance(given, PDFObjRef) and given.objid in self.off)
        expression = resolve1(entry.get("VE"))
        if isinstance(expression, list):
            return self._holds(expression, depth)
        groups = resolve1(entry.get("OCGs"))
        members = groups if isinstance(groups, list) else [entry.get("OCGs")]
        on = [self._is_on(member, depth + 1) for member in members if isinstance(resolve1(member), dict)]
        if not on:
            return True
        policy = name_of(entry.get("P"))
        if policy == "AllOn":
            return all(on)
        return not all(on) if policy == "AnyOff" else not any(on) if policy == "AllOff" else any(on)

    def _holds(self, expression: list[Any], depth: int) -> bool:
        """A visibility expression: And, Or, Not over groups and further expressions."""
        if depth > LAYERS_DEEP or len(expression) < 2:
            return True
        parts = [
            self._holds(part, depth + 1) if isinstance(part, list) else self._is_on(operand, depth + 1)
            for operand in expression[1:]
            for part in [resolve1(operand)]
        ]
        match name_of(expression[0]):
            case "Not":
                return not parts[0]
            case "And":
                return all(parts)
        return any(parts)


def _view_state(group: object) -> str:
    usage = dict_value(dict_value(group).get("Usage", {}))
    return name_of(dict_value(usage.get("View", {})).get("ViewState"))


def _numbers(groups: Iterable[object]) -> list[int]:
    return [group.objid for group in groups if isinstance(group, PDFObjRef)]


def name_of(value: object) -> str:
    """What a PDF object says that is a name, "" where it is none."""
    found = resolve1(value)
    return str(found.name) if isinstance(found, PSLiteral) else ""
