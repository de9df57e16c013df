"""Posts and flagged share by department."""

from __future__ import annotations

from math import sqrt

from governance.insight import figures, palette
from governance.insight.choice import Choice, Counted
from governance.insight.measures import DEFINITIONS
from governance.insight.report import (
    COUNT_HEADER,
    HIDDEN,
    Figure,
    Table,
    Value,
    count_row,
    number,
    percent,
    reach,
    rounded,
    spans,
    with_hidden,
)
from governance.insight.scope import Scope
from governance.insight.suppression import Cell
from governance.insight.tables import Grouped

SIGMA = 3.0  # limits of a funnel plot: about 1 in 500 departments like all others falls outside by chance
Line = tuple[int, str, tuple[str, int], Cell | None]


def departments_figure(counted: Counted, choice: Choice) -> Figure:
    """Posts, flagged share and good by department, each beside what chance alone would let it be."""
    grouped = counted.by_department().between(choice.first, choice.last)
    lines = _lines(counted.scope, grouped, None, 0)
    whole = counted.everybody.coarser(grouped.unit).between(choice.first, choice.last).total
    drawn = _drawn(lines)
    sentence = _sentence(drawn, whole, hidden=any(cell is None for *_, cell in lines))
    chart = None
    if drawn:
        chart = figures.bars(
            names=[name for name, _ in drawn],
            values=[rounded(cell.share) or 0.0 for _, cell in drawn],
            texts=[percent(cell.share) for _, cell in drawn],
            colours=[palette.FLAGGED] * len(drawn),
            title="Flagged, % of posts",
            suffix="%",
        )
    return Figure(
        id="departments",
        title="Flagged share by department",
        sentence=sentence,
        definition=(
            f"{DEFINITIONS['departments']} 'Within chance' means that a department like all others would have such a "
            "share now and then (limits of three standard errors around the share of all)."
        ),
        name=f"Bar chart of the flagged share by department. {sentence}",
        chart=chart,
        table=Table(
            "Posts by department",
            ("Department", *COUNT_HEADER, "Beside the share of all"),
            [_row(name, cell, whole) for _, name, _, cell in lines],
            indents=[depth for depth, *_ in lines],
        )
        if lines
        else None,
        note=with_hidden(
            reach(spans(grouped.members.values()), grouped.unit),
            sum(line[3] is None for line in lines),
            "row",
        ),
    )


def _row(name: str, cell: Cell | None, whole: Cell) -> list[Value]:
    counts = count_row(name, cell) if cell is None or cell.posts else [name, 0, 0, None, 0]
    return [*counts, HIDDEN if cell is None else compared(cell, whole)]


def compared(cell: Cell, whole: Cell) -> str:
    """Whether a share is within what chance explains beside the share of all; empty where that cannot be said."""
    share, mean = cell.share, whole.share
    if share is None or mean is None:
        return ""
    reach_ = SIGMA * sqrt(mean * (1 - mean) / cell.posts)
    if abs(share - mean) <= reach_:
        return "within chance"
    return "above" if share > mean else "below"


def _lines(scope: Scope, grouped: Grouped, node: int | None, depth: int) -> list[Line]:
    """The tree as rows, each department before those below it, people of an inner department on a row of their own."""
    found: list[Line] = []
    for child in scope.tree.get(node, []):
        found.append((depth, scope.names[child], ("tree", child), _cell(grouped, ("tree", child))))
        below = _lines(scope, grouped, child, depth + 1)
        if below and grouped.series(("own", child)).cells:
            name = f"{scope.names[child]} itself"
            found.append((depth + 1, name, ("own", child), _cell(grouped, ("own", child))))
        found += below
    return found


def _cell(grouped: Grouped, member: tuple[str, int]) -> Cell | None:
    series = grouped.series(member)
    total = series.total
    return None if series.hidden and not total.posts else total


def _drawn(lines: list[Line]) -> list[tuple[str, Cell]]:
    """The bars: the highest level of the tree with two departments or more to show, by share."""
    for depth in sorted({line[0] for line in lines}):
        level = [(name, cell) for d, name, _, cell in lines if d == depth and cell is not None and cell.posts]
        if len(level) > 1:
            return sorted(level, key=lambda pair: -(pair[1].share or 0.0))
    return [(name, cell) for _, name, _, cell in lines if cell is not None and cell.posts][:1]


def _sentence(drawn: list[tuple[str, Cell]], whole: Cell, *, hidden: bool) -> str:
    if not drawn:
        return (
            "No department can be shown here: fewer than five people stand behind each."
            if hidden
            else "There is no post in this period."
        )
    outside = [name for name, cell in drawn if compared(cell, whole) == "above"]
    name, cell = drawn[0]
    text = f"{name} had the highest flagged share, {percent(cell.share)} of {number(cell.posts, 'post')}"
    if len(drawn) == 1:
        return f"Flagged share was {percent(cell.share)} of {number(cell.posts, 'post')} in {name}."
    beside = f"in all it was {percent(whole.share)}"
    if outside:
        return f"{text}, more than chance explains; {beside}."
    return f"{text}, which chance explains; {beside}."
