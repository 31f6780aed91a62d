"""The cell that names a measure and its target in, the two out."""


def split_measure(text: str) -> tuple[str, str]:
    """Name and target of a measure cell: the first line and bracketed lines under it name, the rest is the target."""
    lines = text.split("\n")
    end = 1
    while end < len(lines) and lines[end][0] in "(（" and lines[end][-1] in ")）":
        end += 1
    return "\n".join(lines[:end]), "\n".join(lines[end:])
