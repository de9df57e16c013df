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
    outcomes_twice,
    overall,
)
from governance.insight.suppression import FEWEST

COLUMNS = ("Cases", "Judged alike, %", "Kappa", "From", "To")
TITLES = {
    "seriousness": ("How two people agree on how serious it is", "How serious it is, by kind of concern"),
    "outcome": ("How two people agree on the outcome", "The outcome, by kind of concern"),
}
DEFINITIONS = {
    "seriousness": "Cases in which two people wrote how serious they found it, unseen by each other.",
    "outcome": "Decisions for which a second person wrote which outcome they would choose, before they read the decision.",
}
NOBODY_YET = {
    "seriousness": "No case has two opinions yet. Ask for a clinical and an HR opinion in one case, and they can be compared.",
    "outcome": "No decision has a second opinion yet. Formal outcomes, critical cases and guarded ones get one.",
}
ALSO = (
    " Kappa is 1 where two always agree and 0 "
    "where they agree as often as chance alone would make them; below 0 they agree less often than that. The interval (95%) "
    f"is that of Fleiss, Cohen and Everitt (1969). Hidden where fewer than {FEWEST} authors or {FEWEST_CASES} cases stand "
    "behind it. Where two people differ, neither is wrong: the guidance, or how it is read, is what to talk about."
)


def second_opinion_figures(session: Session, categories: Mapping[str, str]) -> list[Figure]:
    """Agreement on how serious a case is, then on the outcome. `categories` are the titles of the kinds of concern."""
    found = []
    for kind, rows in (("seriousness", opinions_twice(session)), ("outcome", outcomes_twice(session))):
        by_whom, by_what = TITLES[kind]
        found += [
            _figure(kind, f"{kind}-pairs", by_whom, by_pair(rows), rows),
            _figure(kind, f"{kind}-kinds", by_what, by_category(rows, categories), rows),
        ]
    return found


def _figure(kind: str, name: str, title: str, found: Sequence[Agreed], rows: Sequence[Twice]) -> Figure:
    whole, shown = overall(rows), [one for one in found if one.kappa is not None]
    return Figure(
        id=name,
        title=title,
        sentence=_sentence(kind, whole, len(rows)),
        definition=DEFINITIONS[kind] + ALSO,
        name=title,
        chart=None,
        table=Table(
            title,
            ("Two people" if name.endswith("pairs") else "Kind of concern", *COLUMNS),
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


def _sentence(kind: str, whole: Kappa | None, cases: int) -> str:
    if not cases:
        return NOBODY_YET[kind]
    if whole is None:
        return "Too few cases have two opinions to say how people agree."
    alike = 100 * whole.agreed / whole.cases
    said = f"In {number(whole.cases, 'case')} with two opinions, both chose the same {alike:.0f}% of the time"
    if whole.value is None or whole.interval is None:
        return f"{said}; everybody always gave the same answer, so kappa cannot be taken."
    return f"{said}; kappa is {whole.value:.2f} (95% interval {whole.interval[0]:.2f} to {whole.interval[1]:.2f})."
