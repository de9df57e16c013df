"""The start page: what waits for me."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from governance.accounts.platforms import PLATFORMS
from governance.cases.titles import STAGE_TITLES
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.entrance.keys import people_without_key
from governance.guidance.loader import shipped_rulebook
from governance.insight import waiting, weeks
from governance.insight.choice import USUAL_LENGTH, Choice
from governance.insight.glance import Glance, glance
from governance.insight.scope import scope_of
from governance.insight.waiting_beside import beside
from governance.people.models import Person
from governance.people.roles import REVIEWING, RoleName
from governance.workflow.stages import WAY

start = Blueprint("start", __name__)

SEES_THE_MONTH = frozenset({RoleName.COMPLIANCE})


@start.get("/")
@permission("start.see")
def show() -> ResponseReturnValue:
    """What waits for the person who is signed in, by their roles, the most urgent first."""
    person, session = current_person(), db.session
    book = shipped_rulebook()
    return render_template(
        "start/show.html",
        person=person,
        reviewing=bool(person.role_names & REVIEWING),
        tasks=waiting.own_tasks(session, person),
        accounts=waiting.own_accounts(session, person),
        own_cases=waiting.own_cases(session, person),
        month=waiting.own_month(session, person),
        case_work=waiting.case_work(session, person) if person.may("case.queue") else None,
        beside=beside(session, person) if person.may("task.do") else None,
        draft_work=waiting.draft_work(session, person) if person.may("draft.review") else None,
        to_confirm=waiting.accounts_to_confirm(session, person) if person.may("account.confirm") else None,
        glance=_month(person),
        administration=_administration(person),
        is_guardian=RoleName.GUARDIAN in person.role_names,
        today=waiting.today(),
        stages=STAGE_TITLES,
        way=WAY,
        platforms=PLATFORMS,
        categories={one.id: one.title for one in book.categories.values()},
        benefits={one.id: one.title for one in book.benefits.values()},
    )


def _month(person: Person) -> Glance | None:
    """The month's sentence and the small charts, for those who look after the whole."""
    if not person.role_names & SEES_THE_MONTH:
        return None
    choice = Choice(weeks.this_week() - USUAL_LENGTH + 1, weeks.this_week())
    return glance(db.session, scope_of(db.session, person), choice, shipped_rulebook())


def _administration(person: Person) -> dict[str, int] | None:
    if not person.may("people.see"):
        return None
    return {
        "without_key": people_without_key(db.session),
        "without_manager": waiting.without_line_manager(db.session),
    }
