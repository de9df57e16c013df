"""Posts, flagged share and drafts over time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from governance.insight import figures, weeks
from governance.insight.choice import Choice, Counted
from governance.insight.measures import DEFINITIONS, Usual, usual
from governance.insight.report import (
    COUNT_HEADER,
    HIDDEN,
    Figure,
    Table,
    Value,
    count_row,
    left_out,
    number,
    percent,
    reach,
    rounded,
)
from governance.insight.suppression import Cell
from governance.insight.tables import Series

MONTH = 4  # weeks
FEWEST_DRAWN = 2  # periods: one point is no line


def posts_figures(counted: Counted, drafts: Counted, choice: Choice) -> list[Figure]:
    """Posts over time, their flagged share, and drafts, for what `choice` asks."""
    series = counted.chosen(choice)
    asked = drafts.chosen(choice)
    return [amounts_figure(series), share_figure(series), drafts_figure(asked)]


def amounts_figure(series: Series) -> Figure:
    """How many posts there were in each period, and how many did some good."""
    latest = last_whole(series)
    if latest is None:
        sentence = nothing(series, "post")
    else:
        block, cell = latest
        sentence = (
            f"{number(cell.posts, 'post was', 'posts were')} recorded {when(block, series.unit)}, "
            f"and {cell.good:,} of them did some good."
        )
    return Figure(
        id="posts",
        title="Posts, and the good they do",
        sentence=sentence,
        definition=f"{DEFINITIONS['posts']} {DEFINITIONS['good']}",
        name=f"Bar chart of posts by {weeks.UNIT_WORDS[series.unit]}, with those that did some good. {sentence}",
        chart=_drawn(series, lambda x, cells: figures.amounts(
            x, [cell.posts if cell else None for cell in cells], [cell.good if cell else None for cell in cells]
        )),
        table=_table(series, "Posts"),
        note=_note(series),
        unit=series.unit,
    )  # fmt: skip


def share_figure(series: Series) -> Figure:
    """Which share of posts was flagged in each period, with the limits of usual variation."""
    limits = usual_share(series)
    sentence = share_sentence(series)
    rows: list[list[Value]] = []
    for block, cell in series.rows():
        share = cell.share if cell else None
        verdict = "" if share is None or limits is None else _verdict(share, limits)
        row: list[Value] = [period(block, series.unit), *count_row("", cell)[1:4], verdict]
        rows.append(row)
    return Figure(
        id="share",
        title="Share of posts that were flagged",
        sentence=sentence,
        definition=(
            f"{DEFINITIONS['posts']} Dashed lines are the limits of usual variation (XmR chart): "
            "a share between them differs by chance alone."
        ),
        name=f"Line chart of the flagged share by {weeks.UNIT_WORDS[series.unit]}. {sentence}",
        chart=_drawn(series, lambda x, cells: figures.shares(
            x, [rounded(cell.share) if cell else None for cell in cells], _in_percent(limits)
        )),
        table=Table("Flagged share by period", ("Period", *COUNT_HEADER[:3], "Usual variation"), rows) if rows else None,
        note=_note(series),
        unit=series.unit,
    )  # fmt: skip


def share_sentence(series: Series) -> str:
    """What the flagged share was lately, and whether that is usual."""
    latest = last_whole(series)
    if latest is None:
        return nothing(series, "post")
    block, cell = latest
    limits = usual_share(series)
    found = (
        f"Flagged share was {percent(cell.share)} {when(block, series.unit)} "
        f"({cell.flagged:,} of {number(cell.posts, 'post')})"
    )
    if limits is None:
        return f"{found}; there are too few periods yet to say what is usual."
    between = f"its usual variation of {100 * limits.low:.0f}% to {100 * limits.high:.0f}%"
    return f"{found}, {_verdict(cell.share or 0.0, limits)} {between}."


def month_sentence(everybody: Series) -> str:
    """The last four weeks (or the shortest period that can be shown) in one sentence."""
    series = everybody if everybody.unit >= MONTH else everybody.coarser(MONTH)
    latest = last_whole(series)
    if latest is None:
        return nothing(series, "post")
    block, cell = latest
    limits = usual_share(series)
    usually = "" if limits is None else f", {_verdict(cell.share or 0.0, limits)} its usual variation"
    first, last = weeks.extent(block, series.unit)
    return (
        f"From {weeks.days(first, last)} there were {number(cell.posts, 'post')}: "
        f"{percent(cell.good / cell.posts)} did some good and {percent(cell.share)} were flagged{usually}."
    )


def drafts_figure(series: Series) -> Figure:
    """Drafts handed in for approval."""
    latest = last_whole(series)
    sentence = nothing(series, "draft")
    if latest is not None:
        block, cell = latest
        sentence = (
            f"{number(cell.posts, 'draft was', 'drafts were')} handed in for approval {when(block, series.unit)}; "
            f"{cell.flagged or 'none'} had something to change before posting."
        )
    return Figure(
        id="drafts",
        title="Drafts, counted apart",
        sentence=sentence,
        definition=DEFINITIONS["drafts"],
        name=f"Bar chart of drafts by {weeks.UNIT_WORDS[series.unit]}. {sentence}",
        chart=_drawn(series, lambda x, cells: figures.amounts(
            x, [cell.posts if cell else None for cell in cells], [cell.good if cell else None for cell in cells], what="drafts"
        )),
        table=_table(series, "Drafts"),
        note=_note(series),
        unit=series.unit,
    )  # fmt: skip


def last_whole(series: Series) -> tuple[int, Cell] | None:
    """The last period that has ended and has posts to show; else one that still runs; else None."""
    shown = [(block, cell) for block, cell in series.rows() if cell is not None and cell.posts]
    ended = [pair for pair in shown if weeks.over(pair[0], series.unit)]
    return ended[-1] if ended else shown[-1] if shown else None


def usual_share(series: Series) -> Usual | None:
    """The limits of usual variation, from all periods that have ended but the last."""
    shares = [
        cell.share
        for block, cell in series.rows()
        if cell is not None and cell.share is not None and weeks.over(block, series.unit)
    ]
    return usual(shares[:-1], highest=1.0)


def when(block: int, unit: int) -> str:
    """When a period was, for a sentence."""
    if unit == 1 and block == weeks.this_week() - 1:
        return "last week"
    first, last = weeks.extent(block, unit)
    so_far = "" if weeks.over(block, unit) else " so far"
    return f"from {weeks.days(first, last)}{so_far}"


def period(block: int, unit: int) -> str:
    """A period as the first column of a table."""
    words = f"{weeks.label(block)}, " if unit == 1 else ""
    return f"{words}{weeks.block_words(block, unit)}{'' if weeks.over(block, unit) else ' (so far)'}"


def nothing(series: Series, one: str) -> str:
    """Why there is no figure."""
    if series.hidden:
        return f"No {one} can be shown here: fewer than five people stand behind each period."
    return f"There is no {one} in this period."


def _verdict(share: float, limits: Usual) -> str:
    return "within" if limits.holds(share) else "above" if share > limits.high else "below"


def _in_percent(limits: Usual | None) -> Usual | None:
    return limits and Usual(100 * limits.mean, 100 * limits.low, 100 * limits.high)


def _drawn(
    series: Series, draw: Callable[[list[str], list[Cell | None]], dict[str, Any]]
) -> dict[str, Any] | None:
    rows = series.rows()
    if len(rows) < FEWEST_DRAWN or last_whole(series) is None:
        return None
    return draw(
        [weeks.extent(block, series.unit)[0].isoformat() for block, _ in rows], [cell for _, cell in rows]
    )


def _note(series: Series) -> str:
    hidden = left_out(len(series.hidden), "period")
    return f"{reach(series.span, series.unit)} {hidden}".strip()


def _table(series: Series, what: str) -> Table | None:
    rows = [count_row(period(block, series.unit), cell) for block, cell in series.rows()]
    if not rows:
        return None
    total = None if all(row[1] is HIDDEN for row in rows) else count_row("All that is shown", series.total)
    return Table(f"{what} by period", ("Period", what, *COUNT_HEADER[1:]), rows, total)
