"""What a page of trends is made of: figures, each a finding in a sentence, a chart, a definition and a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from governance.insight import weeks
from governance.insight.suppression import Cell
from governance.insight.tables import Series


class Hidden:
    """The content of a table's cell that may not be shown."""

    def __str__(self) -> str:
        return "hidden"


SMALL_HEIGHT = 260  # pixels
HIDDEN: Final = Hidden()
Value = str | int | float | Hidden | None


@dataclass(frozen=True)
class Table:
    """Rows under a header; the first column names the row. `shades` colours numbers by size, 0 (none) to 5."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]
    total: Sequence[Value] | None = None
    indents: Sequence[int] | None = None
    shades: Sequence[Sequence[int]] | None = None

    @property
    def has_hidden(self) -> bool:
        """Whether some cell is hidden, and the page owes a reason."""
        return any(isinstance(value, Hidden) for row in self.rows for value in row)

    def exported(self) -> list[Sequence[object]]:
        """The rows as a spreadsheet gets them, the total last."""
        rows = [*self.rows, *([self.total] if self.total else [])]
        return [[str(value) if isinstance(value, Hidden) else value for value in row] for row in rows]


@dataclass(frozen=True)
class Figure:
    """One figure. `id` names it in the page and in the address of its CSV; `chart` is Plotly's JSON, None without data.

    `name` is what a screen reader says of the chart, `note` how far it reaches and what was left out;
    `unit` is the length of its periods in weeks.
    """

    id: str
    title: str
    sentence: str
    definition: str
    name: str
    chart: dict[str, Any] | None
    table: Table | None
    note: str = ""
    unit: int = 1

    def small(self) -> Figure:
        """The same for a page of several: no table, and a lower chart where it is one over time."""
        if self.chart is None or self.chart["layout"].get("xaxis", {}).get("type") is None:
            return replace(self, table=None)
        layout = {**self.chart["layout"], "height": SMALL_HEIGHT}
        return replace(self, table=None, chart={**self.chart, "layout": layout})


def percent(share: float | None) -> str:
    """A share as a percentage, with one decimal where it is below ten and not whole."""
    if share is None:
        return "none"
    value = 100 * share
    return f"{value:.0f}%" if value >= 10 else f"{round(value, 1):g}%"


def rounded(share: float | None) -> float | None:
    """A share as a percentage with one decimal, for tables and charts."""
    return None if share is None else round(100 * share, 1)


def number(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: 1 post, 1,204 posts."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence: a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def reach(series_span: tuple[int, int] | None, unit: int) -> str:
    """From when until when a figure counts, and in which blocks."""
    if series_span is None:
        return ""
    first = max(series_span[0], weeks.horizon())
    last = min(series_span[1], weeks.this_week())
    text = f"From {weeks.days(weeks.monday(first), weeks.extent(last, 1)[1])}."
    if unit == 1:
        return text
    if unit == weeks.WHOLE:
        return f"{text} Shown for the whole time: shorter periods would have too few people in them."
    return f"{text} Shown by {weeks.UNIT_WORDS[unit]}: shorter ones would have too few people in them."


def with_hidden(note: str, hidden: int, one: str) -> str:
    """`note`, and how many rows of a figure are hidden and why."""
    if not hidden:
        return note
    rows = number(hidden, f"{one} is", f"{one}s are")
    return f"{note} {rows} hidden: too few people stand behind {'it' if hidden == 1 else 'them'}.".strip()


def left_out(hidden: int, what: str) -> str:
    """The sentence that says what a total leaves out."""
    return (
        f"{number(hidden, f'{what} is', f'{what}s are')} hidden and left out of the total." if hidden else ""
    )


def spans(series: Iterable[Series]) -> tuple[int, int] | None:
    """The first and the last week of several series together."""
    found = [one.span for one in series if one.span is not None]
    return (min(first for first, _ in found), max(last for _, last in found)) if found else None


def count_row(label: str, cell: Cell | None) -> list[Value]:
    """A row of posts, flagged, share and good."""
    if cell is None:
        return [label, HIDDEN, HIDDEN, HIDDEN, HIDDEN]
    return [label, cell.posts, cell.flagged, rounded(cell.share), cell.good]


COUNT_HEADER = ("Posts", "Flagged", "Flagged, %", "Did good")
