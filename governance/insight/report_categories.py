"""Kinds of concern, and beside them the kinds of good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from governance.guidance.rulebook import Rulebook
from governance.insight import figures, palette, series, tables, weeks
from governance.insight.choice import Choice, Counted
from governance.insight.measures import DEFINITIONS
from governance.insight.report import HIDDEN, Figure, Table, Value, listed, number, reach, spans, with_hidden
from governance.insight.suppression import Cell
from governance.insight.tables import Grouped

MOST_COLUMNS = 13  # periods that a shaded table has at most
SHADES = 5


@dataclass(frozen=True)
class _Words:
    """What a grouping is called in its figure."""

    id: str
    title: str
    most: str
    definition: str
    axis: str


_CONCERNS = _Words(
    "categories",
    "Kinds of concern",
    "was flagged most often",
    DEFINITIONS["categories"],
    "Posts flagged for it",
)
_GOOD = _Words(
    "benefits", "Kinds of good", "was the good done most often", DEFINITIONS["benefits"], "Posts that do it"
)


def category_figures(counted: Counted, choice: Choice, rulebook: Rulebook) -> list[Figure]:
    """Concerns by kind, the same over time, and the good that posts do."""
    concerns = grouped_categories(counted).between(choice.first, choice.last)
    titles = {one.id: one.title for one in rulebook.categories.values()}
    return [
        _bars(_CONCERNS, concerns, titles, palette.CATEGORIES),
        *_over_time(concerns, titles),
        benefits_figure(counted, choice, rulebook),
    ]


def categories_figure(counted: Counted, choice: Choice, rulebook: Rulebook) -> Figure:
    """Concerns by kind alone."""
    concerns = grouped_categories(counted).between(choice.first, choice.last)
    return _bars(
        _CONCERNS, concerns, {c.id: c.title for c in rulebook.categories.values()}, palette.CATEGORIES
    )


def benefits_figure(counted: Counted, choice: Choice, rulebook: Rulebook) -> Figure:
    """The good that posts do, by kind."""
    entries = series.benefits(counted.session, counted.scope.departments)
    good = tables.grouped(entries, counted.everybody).between(choice.first, choice.last)
    return _bars(_GOOD, good, {one.id: one.title for one in rulebook.benefits.values()}, {}, palette.GOOD)


def grouped_categories(counted: Counted) -> Grouped:
    """Flagged posts by kind of concern, as far as they may be shown."""
    entries = series.categories(counted.session, counted.scope.departments)
    return tables.grouped(entries, counted.everybody)


def _bars(
    words: _Words,
    table: Grouped,
    titles: Mapping[str, str],
    colours: Mapping[str, str],
    otherwise: str = palette.QUIET,
) -> Figure:
    rows = [(member, titles[member], *_sum(table, member)) for member in titles]
    shown = sorted(
        (row for row in rows if row[2] is not None and row[2].posts), key=lambda row: -_posts(row[2])
    )
    sentence = _sentence(
        words, [(row[1], _posts(row[2])) for row in shown], sum(row[2] is None for row in rows)
    )
    chart = None
    if shown:
        chart = figures.bars(
            names=[row[1] for row in shown],
            values=[_posts(row[2]) for row in shown],
            texts=[f"{_posts(row[2]):,}" for row in shown],
            colours=[colours.get(row[0], otherwise) for row in shown],
            title=words.axis,
        )
    listing: list[list[Value]] = [
        [title, HIDDEN if cell is None else cell.posts, hidden] for _, title, cell, hidden in rows
    ]
    return Figure(
        id=words.id,
        title=words.title,
        sentence=sentence,
        definition=words.definition,
        name=f"Bar chart of {words.title.lower()}. {sentence}",
        chart=chart,
        table=Table(words.title, ("Kind", "Posts", "Periods hidden"), listing) if table.members else None,
        note=with_hidden(
            reach(spans(table.members.values()), table.unit), sum(row[2] is None for row in rows), "kind"
        ),
    )


def _sum(table: Grouped, member: str) -> tuple[Cell | None, int]:
    """What is shown of a member, and how many of its periods are hidden; None where nothing is."""
    own = table.series(member)
    total = own.total
    return (None if own.hidden and not total.posts else total), len(own.hidden)


def _posts(cell: Cell | None) -> int:
    return cell.posts if cell else 0


def _sentence(words: _Words, shown: list[tuple[str, int]], hidden: int) -> str:
    if not shown:
        return (
            "No kind can be shown here: fewer than five people stand behind each."
            if hidden
            else "There is none in this period."
        )
    name, posts = shown[0]
    text = f"{name} {words.most}, in {number(posts, 'post')}"
    if len(shown) > 1:
        text += f"; then {listed([f'{title.lower()} ({count:,})' for title, count in shown[1:3]])}"
    return f"{text}."


def _over_time(table: Grouped, titles: Mapping[str, str]) -> list[Figure]:
    """Concerns by kind and period, as a table with shades (Plotly's heat maps break the content policy)."""
    whole = spans(table.members.values())
    if whole is None or table.unit == weeks.WHOLE:
        return []
    unit = next(u for u in weeks.UNITS if u >= table.unit and (whole[1] - whole[0] + 1) / u <= MOST_COLUMNS)
    blocks = list(range(weeks.block(whole[0], unit), weeks.block(whole[1], unit) + 1))
    if len(blocks) < 2:
        return []
    rows: list[list[Value]] = []
    for member, title in titles.items():
        own = table.series(member).coarser(unit)
        row: list[Value] = [HIDDEN if b in own.hidden else own.cells.get(b, Cell()).posts for b in blocks]
        rows.append([title, *row])
    most = max((value for row in rows for value in row if isinstance(value, int)), default=0)
    shades = [[_shade(value, most) for value in row[1:]] for row in rows]
    sentence = _growth(rows)
    return [
        Figure(
            id="kinds-by-period",
            title="Kinds of concern over time",
            sentence=sentence,
            definition=f"{DEFINITIONS['categories']} A darker cell holds more posts.",
            name=sentence,
            chart=None,
            table=Table(
                "Posts flagged, by kind of concern and period",
                ("Kind", *(weeks.block_words(block, unit) for block in blocks)),
                rows,
                shades=shades,
            ),
            note=reach(whole, unit),
        )
    ]


def _shade(value: Value, most: int) -> int:
    return -(-SHADES * value // most) if isinstance(value, int) and most else 0


def _growth(rows: list[list[Value]]) -> str:
    """Which kind grew most from the last but one period that has ended to the last; the running one is left out."""
    changes = [
        (row[-2] - row[-3], str(row[0]), row[-3], row[-2])
        for row in rows
        if len(row) > 3 and isinstance(row[-2], int) and isinstance(row[-3], int)
    ]
    grown = max(changes, default=None)
    if grown is None:
        return "Each kind of concern by period."
    if grown[0] <= 0:
        return "No kind of concern grew between the last two whole periods."
    return f"{grown[1]} grew most between the last two whole periods, from {grown[2]:,} to {number(grown[3], 'post')}."
