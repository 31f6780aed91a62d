"""What a worker answers with, in the terms that both ends of its socket know."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import signature
from typing import Any, Literal, NamedTuple, get_args

from shinchoku.language import say
from shinchoku.problems import Problem

Layer = Literal["text", "picture", "ocr"]
"""Where a page's text comes from: the file, nowhere (it was scanned), or a program that read a picture of
it."""
LAYERS: tuple[Layer, ...] = get_args(Layer)

NO_MEMORY = say("reading takes more memory than a worker may have; the rest was read; look at it on paper")


@dataclass(frozen=True, slots=True)
class Cover:
    """What opening a file told: how many pages it has, and what is wrong with it as a whole."""

    page_count: int
    problems: tuple[Problem, ...]


class Work(NamedTuple):
    """What is done on each page: the function of that `name`, as `find_work` has it, makes a frozen dataclass
    of type `kind`."""

    name: str
    kind: type


def find_work(name: str) -> "Callable[..., Any]":
    """The function `module:function` that makes a frozen dataclass of a page. One that paints pages takes, as
    `pdf`, PDFium's document too (None where PDFium cannot open the file) and, as `settings`, the bounds."""
    module, _, function = name.partition(":")
    work: Callable[..., Any] = getattr(import_module(module), function)
    return work


@cache
def paints(work: "Callable[..., Any]") -> bool:
    """Whether a function that `find_work` gives paints pages."""
    return "pdf" in signature(work).parameters
