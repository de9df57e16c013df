"""Plotly figures as JSON, for /assets/chart.js to draw. Colours are those of palette.py; bars begin at zero.

No heat map is drawn by Plotly (it sets style attributes, which our policy forbids): those are HTML tables with shades.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from governance.insight import palette
from governance.insight.measures import Usual

FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
BAR_HEIGHT = 34  # pixels for each bar that lies
FEW_PERIODS = 6
LONGEST_LABEL = 18  # characters in a line of a label


def _finished(traces: list[Any], **layout: Any) -> dict[str, Any]:
    import plotly.graph_objects as go

    figure = go.Figure(traces)
    figure.update_layout(
        template="none",
        font={"family": FONT, "size": 14, "color": palette.INK},
        margin={"l": 56, "r": 24, "t": 16, "b": 48},
        paper_bgcolor="#ffffff",
        plot_bgcolor="#ffffff",
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        height=340,
    )
    figure.update_xaxes(fixedrange=True, linecolor=palette.QUIET, automargin=True)
    figure.update_yaxes(fixedrange=True, gridcolor=palette.GRID, zeroline=False, automargin=True)
    figure.update_layout(**layout)
    return cast(dict[str, Any], json.loads(figure.to_json()))


def _time_axis(x: Sequence[str], *, always_named: bool = False) -> dict[str, Any]:
    """A calendar for many periods; for a few, each with the day on which it began under it."""
    if len(x) > FEW_PERIODS and not always_named:
        return {"type": "date", "tickformat": "%b\n%Y"}
    begins = [date.fromisoformat(day) for day in x]
    words = [f"from {day.day} {day:%b}<br>{day.year}" for day in begins]
    return {"type": "category", "tickmode": "array", "tickvals": list(x), "ticktext": words}


def _beside(x: str, y: float, text: str, colour: str) -> dict[str, Any]:
    """A direct label at the beginning of a line, in place of a legend."""
    return {
        "x": x, "y": y, "text": text, "showarrow": False, "xanchor": "left", "yanchor": "bottom",
        "font": {"color": colour, "size": 14}, "bgcolor": "rgba(255,255,255,0.8)",
    }  # fmt: skip


def amounts(
    x: Sequence[str], posts: Sequence[int | None], good: Sequence[int | None], what: str = "posts"
) -> dict[str, Any]:
    """Bars of posts, whose dark foot are those that did some good. None leaves a gap."""
    import plotly.graph_objects as go

    rest = [
        None if whole is None or part is None else whole - part
        for whole, part in zip(posts, good, strict=True)
    ]
    dark = {"color": palette.POSTS, "line": {"color": palette.POSTS, "width": 1}}
    pale = {"color": palette.POSTS_PALE, "line": {"color": palette.POSTS, "width": 1}}
    traces = [
        go.Bar(x=list(x), y=list(good), name="Did good", marker=dark,
               hovertemplate="From %{x|%-d %b %Y}: %{y} did good<extra></extra>"),
        go.Bar(x=list(x), y=rest, name=what, marker=pale, customdata=list(posts),
               hovertemplate=f"From %{{x|%-d %b %Y}}: %{{customdata}} {what} in all<extra></extra>"),
    ]  # fmt: skip
    return _finished(
        traces,
        barmode="stack",
        bargap=0.25,
        xaxis=_time_axis(x),
        yaxis={
            "rangemode": "tozero",
            "title": {"text": f"{what.capitalize()} (dark: did good)"},
            "tickformat": ",d",
        },
    )


def shares(x: Sequence[str], values: Sequence[float | None], usual: Usual | None) -> dict[str, Any]:
    """A line of percentages from zero, with dashed limits of what is usual."""
    import plotly.graph_objects as go

    traces = [
        go.Scatter(x=list(x), y=list(values), mode="lines+markers", connectgaps=False,
                   line={"color": palette.FLAGGED, "width": 2}, marker={"size": 8},
                   hovertemplate="From %{x|%-d %b %Y}: %{y}% flagged<extra></extra>"),
    ]  # fmt: skip
    notes: list[dict[str, Any]] = []
    if usual is not None and x:
        for name, value, dash in (
            ("usual at most", usual.high, "dash"),
            ("mean", usual.mean, "dot"),
            ("usual at least", usual.low, "dash"),
        ):
            if name == "usual at least" and value <= 0:
                continue
            traces.append(
                go.Scatter(
                    x=[x[0], x[-1]],
                    y=[value, value],
                    mode="lines",
                    hoverinfo="skip",
                    line={"color": palette.LIMIT, "width": 1.5, "dash": dash},
                )
            )
            if name != "mean":
                notes.append(_beside(x[0], value, f"{name} {value:.0f}%", palette.LIMIT))
    return _finished(
        traces,
        annotations=notes,
        xaxis=_time_axis(x),
        yaxis={"rangemode": "tozero", "ticksuffix": "%", "title": {"text": "Flagged, % of posts"}},
    )


def bars(
    *,
    names: Sequence[str],
    values: Sequence[float],
    texts: Sequence[str],
    colours: Sequence[str],
    title: str,
    suffix: str = "",
) -> dict[str, Any]:
    """Bars that lie, the first on top, each with its number beside it and its name before it."""
    import plotly.graph_objects as go

    traces = [
        go.Bar(
            x=list(values),
            y=[_wrapped(name) for name in names],
            orientation="h",
            text=list(texts),
            textposition="outside",
            cliponaxis=False,
            marker={"color": list(colours), "line": {"color": palette.INK, "width": 1}},
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    ]
    return _finished(
        traces,
        height=90 + BAR_HEIGHT * max(2, len(names)),
        bargap=0.35,
        margin={"l": 24, "r": 72, "t": 8, "b": 48},
        xaxis={
            "rangemode": "tozero",
            "title": {"text": title},
            "ticksuffix": suffix,
            "gridcolor": palette.GRID,
        },
        yaxis={"autorange": "reversed", "showgrid": False, "ticklabelstandoff": 6},
    )


def intervals(
    x: Sequence[str], low: Sequence[float], median: Sequence[float], high: Sequence[float]
) -> dict[str, Any]:
    """Medians as dots, each with the middle half as a line through it; `x` are the first days of their periods."""
    import plotly.graph_objects as go

    more = [top - middle for top, middle in zip(high, median, strict=True)]
    less = [middle - bottom for middle, bottom in zip(median, low, strict=True)]
    traces = [
        go.Scatter(x=list(x), y=list(median), mode="markers+text", text=[f"{value:g}" for value in median],
                   textposition="middle right", cliponaxis=False,
                   marker={"size": 11, "color": palette.POSTS, "symbol": "diamond"},
                   error_y={"type": "data", "symmetric": False, "array": more, "arrayminus": less,
                            "color": palette.QUIET, "thickness": 3, "width": 8},
                   hovertemplate="Median %{y} days<extra></extra>"),
    ]  # fmt: skip
    return _finished(
        traces,
        xaxis=_time_axis(x, always_named=True),
        yaxis={"rangemode": "tozero", "title": {"text": "Days to a decision"}},
    )


def _wrapped(name: str) -> str:
    """A long name over two lines, so that it fits beside its bar on a telephone."""
    if len(name) <= LONGEST_LABEL:
        return name
    cut = name.rfind(" ", 0, LONGEST_LABEL)
    return name if cut < 0 else f"{name[:cut]}<br>{name[cut + 1 :]}"


def dots(
    *,
    names: Sequence[str],
    values: Sequence[float],
    intervals: Sequence[tuple[float, float]],
    beside: float,
    title: str,
) -> dict[str, Any]:
    """A dot for each name with its interval as a line through it, in percent; a dashed line stands at `beside`, all of them."""
    import plotly.graph_objects as go

    less = [value - low for value, (low, _) in zip(values, intervals, strict=True)]
    more = [high - value for value, (_, high) in zip(values, intervals, strict=True)]
    traces = [
        go.Scatter(x=list(values), y=[_wrapped(name) for name in names], mode="markers",
                   marker={"size": 11, "color": palette.FLAGGED, "symbol": "diamond"},
                   error_x={"type": "data", "symmetric": False, "array": more, "arrayminus": less,
                            "color": palette.QUIET, "thickness": 3, "width": 8},
                   hovertemplate="%{y}: %{x}%<extra></extra>"),
    ]  # fmt: skip
    line = {"color": palette.LIMIT, "width": 1.5, "dash": "dash"}
    return _finished(
        traces,
        height=110 + BAR_HEIGHT * max(2, len(names)),
        margin={"l": 24, "r": 24, "t": 28, "b": 48},
        shapes=[
            {"type": "line", "x0": beside, "x1": beside, "y0": 0, "y1": 1, "yref": "paper", "line": line}
        ],
        annotations=[
            {
                "x": beside,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "showarrow": False,
                "text": f"all {beside:g}%",
            }
        ],
        xaxis={"range": [0, 100], "title": {"text": title}, "ticksuffix": "%", "gridcolor": palette.GRID},
        yaxis={"autorange": "reversed", "showgrid": False, "type": "category"},
    )
