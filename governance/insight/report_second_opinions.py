"""The figures of two people's agreement: by pair, and by kind of concern."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from governance.insight.report import Figure, Table, Value, number, rounded, with_hidden
from governance.insight.second_opinions import (
    FEWEST_CASES,
    Agreed,
    Kappa,
    Twice,
    by_category,
    by_pair,
    opinions_twice,
    overall,
)
from governance.insight.suppression import FEWEST

COLUMNS = ("Cases", "Judged alike, %", "Kappa", "From", "To")
DEFINITION = (
    "Cases in which two people wrote how serious they found it, unseen by each other. Kappa is 1 where two always agree and 0 "
    "where they agree as often as chance alone would make them; below 0 they agree less often than that. The interval (95%) "
    f"is that of Fleiss, Cohen and Everitt (1969). Hidden where fewer than {FEWEST} authors or {FEWEST_CASES} cases stand "
    "behind it. Where two people differ, neither is wrong: the guidance, or how it is read, is what to talk about."
)


def second_opinion_figures(session: Session, categories: Mapping[str, str]) -> list[Figure]:
    """Agreement on how serious a case is. `categories` are the titles of the kinds of concern."""
    rows = opinions_twice(session)
    return [
        _figure("pairs", "How two people agree", "Two people", by_pair(rows), rows),
        _figure(
            "categories",
            "Agreement by kind of concern",
            "Kind of concern",
            by_category(rows, categories),
            rows,
        ),
    ]


def _figure(name: str, title: str, first: str, found: Sequence[Agreed], rows: Sequence[Twice]) -> Figure:
    whole, shown = overall(rows), [one for one in found if one.kappa is not None]
    return Figure(
        id=name,
        title=title,
        sentence=_sentence(whole, len(rows)),
        definition=DEFINITION,
        name=title,
        chart=None,
        table=Table(
            title,
            (first, *COLUMNS),
            [[one.name, *_cells(one.kappa)] for one in shown],
            total=["All", *_cells(whole)] if whole else None,
        )
        if shown or whole
        else None,
        note=with_hidden("", len(found) - len(shown), "row"),
    )


def _cells(found: Kappa | None) -> list[Value]:
    if found is None:
        return [None for _ in COLUMNS]
    low, high = found.interval or (None, None)
    return [
        found.cases,
        rounded(found.agreed / found.cases),
        _two(found.value),
        _two(low),
        _two(high),
    ]


def _two(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _sentence(whole: Kappa | None, cases: int) -> str:
    if not cases:
        return "No case has two opinions yet. Ask for a clinical and an HR opinion in one case, and they can be compared."
    if whole is None:
        return "Too few cases have two opinions to say how people agree."
    alike = 100 * whole.agreed / whole.cases
    said = f"In {number(whole.cases, 'case')} with two opinions, both found the same {alike:.0f}% of the time"
    if whole.value is None or whole.interval is None:
        return f"{said}; everybody always gave the same answer, so kappa cannot be taken."
    return f"{said}; kappa is {whole.value:.2f} (95% interval {whole.interval[0]:.2f} to {whole.interval[1]:.2f})."
