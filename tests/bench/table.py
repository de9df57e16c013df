"""What was measured, as one table."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure with its unit and what it was measured on."""

    what: str
    value: float
    unit: str
    words: str = ""


def as_table(figures: Sequence[Figure]) -> str:
    """The figures in columns."""
    rows = [(one.what, f"{one.value:,.1f}", one.unit, one.words) for one in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"{what:{widths[0]}}  {value:>{widths[1]}}  {unit:{widths[2]}}  {words}".rstrip()
        for what, value, unit, words in rows
    )
