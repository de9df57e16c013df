"""The fairness figures: one for each measure, by one grouping at a time."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.equality.models import CHARACTERISTICS
from governance.equality.queries import newest_supply
from governance.insight import figures
from governance.insight.fairness import MEASURES, Line, Measured, groups, lines, measured
from governance.insight.report import (
    HIDDEN,
    Figure,
    Table,
    Value,
    listed,
    number,
    percent,
    rounded,
    with_hidden,
)
from governance.insight.suppression import FEWEST
from governance.scoring.evaluation.intervals import wilson

TITLES = {
    "flagged": "People with a flagged post",
    "escalated": "People whose case went beyond the first look",
    "upheld": "People with a concern that was upheld",
    "heavier": "People with an outcome that asks for more than learning",
}
OF_WHOM = {
    "flagged": "who posted",
    "escalated": "with a case",
    "upheld": "with a decided case",
    "heavier": "with a concern that was upheld",
}
MEANINGS = {
    "flagged": "People with at least one published post whose latest version was flagged (medium or more), of all who posted.",
    "escalated": "People with at least one case in which others were asked for an opinion, of all with a case.",
    "upheld": "People with at least one case that ended with coaching or with an outcome that asks something of them, of all "
    "with a decided case.",
    "heavier": "People with at least one outcome that asks for more than a conversation, a reflection or learning, of all "
    "with a concern that was upheld.",
}
ALSO = (
    " Each person counts once, in the group they are in today, over the two years that trends look back. Cases that a "
    "guardian looks after are not counted. The interval is Wilson's (95%). 'Beside all others' divides the share of a group "
    "by that of everybody else, with the interval of Katz (1978): one that holds 1 is explained by chance. A difference is a "
    "question about how posts come to be looked at and cases are worked, not an answer. With many groups one in twenty lies "
    "outside by chance."
)
COLUMNS = ("People", "Of them", "Share, %", "From, %", "To, %", "Beside all others", "From", "To")


def fairness_figures(session: Session, grouping: str) -> list[Figure]:
    """The four figures by `grouping`; none where the organisation has not supplied what it needs."""
    if grouping in CHARACTERISTICS and (newest_supply(session) is None or not groups(session, grouping)):
        return []
    members = groups(session, grouping)
    found = measured(session)
    return [
        fairness_figure(name, found[name], lines(found[name], members, sensitive=grouping in CHARACTERISTICS))
        for name in MEASURES
    ]


def fairness_figure(name: str, measure: Measured, found: list[Line]) -> Figure:
    """One measure: a sentence, dots with their intervals beside the share of all, and the table."""
    everybody, hit = len(measure.of), len(measure.of & measure.hit)
    shown = [line for line in found if not line.hidden]
    enough = everybody >= FEWEST
    sentence = _sentence(name, everybody, hit, shown) if enough else _too_few(everybody)
    chart = None
    if enough and shown:
        chart = figures.dots(
            names=[f"{line.group} ({line.of})" for line in shown],
            values=[rounded(line.share) or 0.0 for line in shown],
            intervals=[
                (rounded(low) or 0.0, rounded(high) or 0.0)
                for low, high in (line.interval or (0.0, 0.0) for line in shown)
            ],
            beside=rounded(hit / everybody) or 0.0,
            title=f"% of people {OF_WHOM[name]}",
        )
    return Figure(
        id=name,
        title=TITLES[name],
        sentence=sentence,
        definition=MEANINGS[name] + ALSO,
        name=f"Chart of the share by group with its interval. {sentence}",
        chart=chart,
        table=Table(
            f"{TITLES[name]}, of people {OF_WHOM[name]}",
            ("Group", *COLUMNS),
            [_row(line) for line in found],
            total=_total(hit, everybody),
        )
        if enough
        else None,
        note=with_hidden("", sum(line.hidden for line in found), "group") if enough else "",
    )


def _row(line: Line) -> list[Value]:
    if line.hidden:
        return [line.group, *(HIDDEN for _ in COLUMNS)]
    low, high = line.interval or (None, None)
    row: list[Value] = [line.group, line.of, line.hit, rounded(line.share), rounded(low), rounded(high)]
    if line.ratio is None:
        return [*row, None, None, None]
    return [*row, round(line.ratio.value, 2), *(round(end, 2) for end in line.ratio.interval)]


def _total(hit: int, everybody: int) -> list[Value]:
    low, high = wilson(hit, everybody) or (None, None)
    return ["All", everybody, hit, rounded(hit / everybody), rounded(low), rounded(high), None, None, None]


def _too_few(everybody: int) -> str:
    if not everybody:
        return "There is nobody to count yet."
    return "Hidden: fewer than five people stand behind it."


def _sentence(name: str, everybody: int, hit: int, shown: list[Line]) -> str:
    whole = f"{percent(hit / everybody)} of {number(everybody, 'person', 'people')} {OF_WHOM[name]}."
    if not shown:
        return f"{whole} No group can be shown: too few people stand behind each."
    apart = [
        f"{line.group}: {line.ratio.value:.1f} times as often as all others (95% interval "
        f"{line.ratio.interval[0]:.1f} to {line.ratio.interval[1]:.1f})"
        for line in shown
        if line.ratio is not None and line.ratio.apart
    ]
    if not apart:
        return f"{whole} No group that is shown differs from all others by more than chance explains."
    return f"{whole} More than chance explains: {listed(apart)}."
