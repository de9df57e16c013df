"""The whole at a glance: one sentence for the month, and four small figures."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from governance.guidance.rulebook import Rulebook
from governance.insight.choice import Choice, Counted
from governance.insight.report import Figure
from governance.insight.report_cases import case_facts, stages_figure
from governance.insight.report_categories import categories_figure
from governance.insight.report_departments import departments_figure
from governance.insight.report_posts import month_sentence, share_figure
from governance.insight.scope import Scope

PAGES = ("trends.posts", "trends.categories", "trends.departments", "trends.cases")
"""The page of each small figure, in their order."""


@dataclass(frozen=True)
class Glance:
    """A sentence and four figures, each with the endpoint of the page that holds more of it."""

    sentence: str
    figures: list[tuple[Figure, str]]


def glance(session: Session, scope: Scope, choice: Choice, rulebook: Rulebook) -> Glance:
    """What goes on in `scope` over the weeks of `choice`."""
    counted = Counted(session, scope)
    figures = [
        share_figure(counted.chosen(choice)),
        categories_figure(counted, choice, rulebook),
        departments_figure(counted, choice),
        stages_figure(case_facts(session, scope), choice),
    ]
    small = [figure.small() for figure in figures]
    return Glance(month_sentence(counted.everybody), list(zip(small, PAGES, strict=True)))
