"""One case, in reading order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from flask import url_for
from flask.typing import ResponseReturnValue

from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.cases.deadlines import REPLY_WORKING_DAYS, reply_by
from governance.cases.models import Case, Opinion
from governance.cases.policy import KIND_ROLES, can_give_opinion, is_subject, may_see_opinion, versions_of
from governance.cases.queries import outcomes_of_similar
from governance.cases.timeline import entries, recusals_told
from governance.cases.titles import (
    CLOSURE_TITLES,
    OPINION_TITLES,
    ORIGIN_TITLES,
    OUTCOME_MEANINGS,
    OUTCOME_TITLES,
    PART_TITLES,
    PROPORTIONALITY,
    ROUTE_TITLES,
)
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel import clock
from governance.people.models import Person
from governance.people.roles import ROLE_TITLES
from governance.posts.models import PostVersion
from governance.web.cases.blueprint import cases
from governance.web.cases.queue import ago, gist
from governance.web.cases.reading import find
from governance.web.cases.reading import page as case_page
from governance.web.forms.cases import SERIOUSNESS
from governance.workflow.stages import Act, acts_for

ENDING = ("triage", "answer_concern")
"""The verbs that close a case without a decision."""


@dataclass(frozen=True)
class Button:
    """Something this person can do now."""

    text: str
    href: str


@cases.get("/<reference>")
@permission("case.see", writes=True)
def show(reference: str) -> ResponseReturnValue:
    """What was posted, why it was flagged, what was said, and what happens next."""
    case, person = find(reference), current_person()
    acts, timeline = acts_for(person, case), entries(person, case)
    return case_page(
        "cases/show.html",
        case,
        gist=gist(case),
        ago=ago,
        reply_by=reply_by(case.stage_since) if case.stage == "reply" else None,
        reply_days=REPLY_WORKING_DAYS,
        today=clock.local_date(clock.now()),
        primary=[button for act in acts if act.primary for button in _buttons(person, case, act)],
        aside=[button for act in acts if not act.primary for button in _buttons(person, case, act)],
        platform=PLATFORMS[case.post.platform],
        audience=AUDIENCES.get(case.post.audience or "", "Not known"),
        sha256=_sha256,
        opinions=[(one, _shown(person, case, one)) for one in case.opinions],
        role_of=lambda kind: ROLE_TITLES[KIND_ROLES[kind]],
        similar=[] if is_subject(person, case) else outcomes_of_similar(db.session, case),
        versions=versions_of(case),
        timeline=timeline,
        ended=[step for step in timeline if step.verb in ENDING][-1:]
        if case.closed_at and not case.decision
        else [],
        recusals=recusals_told(person, case),
        titles={
            "closure": CLOSURE_TITLES,
            "opinion": OPINION_TITLES,
            "origin": ORIGIN_TITLES,
            "outcome": OUTCOME_TITLES,
            "meaning": OUTCOME_MEANINGS,
            "part": PART_TITLES,
            "question": PROPORTIONALITY,
            "route": ROUTE_TITLES,
            "seriousness": SERIOUSNESS,
        },
    )


def _buttons(person: Person, case: Case, act: Act) -> list[Button]:
    if act.verb != "give_opinion":
        return [Button(act.label, url_for(f"cases.{act.verb}", reference=case.reference))]
    kinds = [one.kind for one in case.opinions if can_give_opinion(person, case, one.kind) is None]
    return [
        Button(
            f"Write the {OPINION_TITLES[kind].lower()}",
            url_for("cases.give_opinion", reference=case.reference, kind=kind),
        )
        for kind in kinds
    ]


def _shown(person: Person, case: Case, opinion: Opinion) -> bool:
    return may_see_opinion(person, case, opinion)


def _sha256(version: PostVersion) -> str:
    """What shows later that the words were these."""
    return hashlib.sha256(version.text.encode()).hexdigest()
