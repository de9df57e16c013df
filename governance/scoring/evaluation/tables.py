"""Tables in Markdown, for the pages that people read: the scoring card and the corpus's datasheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from governance.scoring.evaluation.intervals import Interval


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; the first column is words, the others are figures and stand to the right."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def two(value: float | None) -> str:
    """Two decimals, or a dash where there is no figure."""
    return "-" if value is None else f"{value:.2f}"


def sure(value: float | None, interval: Interval | None) -> str:
    """A figure with its interval, such as '0.75 (0.66 to 0.83)'."""
    return f"{two(value)} ({two(interval[0])} to {two(interval[1])})" if interval else two(value)


def share(part: int, whole: int) -> str:
    """A part of a whole in per cent, without decimals."""
    return f"{100 * part / whole:.0f} %" if whole else "-"


def plain(name: str) -> str:
    """An id as words: `medical_advice` is 'medical advice'."""
    return name.replace("_", " ")
