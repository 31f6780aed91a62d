"""Progress reports of Japanese municipalities: from PDF to tables.

`shinchoku.read(path)` reads one PDF into pandas frames, `shinchoku.load(normalized)` loads what
`shinchoku extract` wrote; the command is `shinchoku`.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Dataset", "Report", "__version__", "load", "read"]

if TYPE_CHECKING:
    from shinchoku.api import Dataset, Report, load, read


def __getattr__(name: str) -> Any:
    """The names of `shinchoku.api`, loaded with pandas when they are first asked for."""
    if name in __all__:
        from shinchoku import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
