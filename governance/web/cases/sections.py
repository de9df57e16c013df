"""What each section of the case page shows. A section that is added writes its function here, and its part of the template.

Each takes the person who looks and the case, and gives the names that its part of templates/cases/ reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.bundles.policy import can_export_any
from governance.cases.appealing import APPEAL_WORKING_DAYS, can_appeal, last_day
from governance.cases.clocks.keep import running_clock
from governance.cases.clocks.words import left, reply_by
from governance.cases.identity_check import IDENTITY_ADVICE, identity_of
from governance.cases.models import Case, Countersignature, Decision
from governance.cases.objection.titles import ANSWERS
from governance.cases.policy import can_give_opinion
from governance.cases.queries import outcomes_of_similar
from governance.cases.sight import (
    can_see_guards,
    decisions_told,
    may_see_opinion,
    may_see_proposals,
    versions_of,
)
from governance.cases.standing import KIND_ROLES, is_subject
from governance.cases.timeline import entries, recusals_told
from governance.cases.titles import (
    CLOSURE_TITLES,
    OPINION_NAMES,
    OPINION_TITLES,
    ORIGIN_TITLES,
    OUTCOME_MEANINGS,
    OUTCOME_TITLES,
    PART_TITLES,
    PROPORTIONALITY,
    ROUTE_TITLES,
)
from governance.entrance.database import db
from governance.kernel import clock
from governance.letters.policy import can_send_any, offered
from governance.letters.queries import letters_of
from governance.letters.templates import letter_templates
from governance.people.models import Person
from governance.people.roles import ROLE_TITLES, RoleName
from governance.posts.models import PostVersion
from governance.reports.models import Report
from governance.reports.policy import may_know_complainant, may_know_reporter, may_read
from governance.reports.queries import EarlierReports, earlier_reports, of_case
from governance.reports.titles import IN_THEIR_FAVOUR, SENT_BY
from governance.web.cases.background import before, kept, on_the_desk
from governance.web.cases.clocks import clocks
from governance.web.cases.queue import ago, gist
from governance.web.cases.tasks import tasks
from governance.web.forms.cases import SERIOUSNESS
from governance.workflow.acts import Act
from governance.workflow.stages import acts_for

Shown = Mapping[str, Any]

ENDING = ("triage", "answer_concern")
"""The verbs that close a case without a decision."""


@dataclass(frozen=True)
class Button:
    """Something this person can do now."""

    text: str
    href: str


@dataclass(frozen=True)
class ReportShown:
    """A report, from whom it came as far as the reader may know, and whether they may read the reporter's own words."""

    report: Report
    by: str
    from_whom: str | None
    earlier: EarlierReports | None
    whole: bool


def head(_person: Person, case: Case) -> Shown:
    """Where it stands, and by when."""
    return {
        "gist": gist(case),
        "ago": ago,
        "time_left": left(running) if (running := running_clock(db.session, case)) else None,
        "reply_by": reply_by(case) if case.stage == "reply" else None,
        "today": clock.local_date(clock.now()),
    }


def buttons(person: Person, case: Case) -> Shown:
    """What this person can do now, what the case waits for apart from the rest."""
    acts = acts_for(person, case)
    return {
        "primary": [button for act in acts if act.primary for button in _buttons(person, case, act)],
        "aside": [button for act in acts if not act.primary for button in _buttons(person, case, act)],
    }


def posted(_person: Person, case: Case) -> Shown:
    """The words, where they stand, and what shows that they are the same."""
    return {
        "platform": PLATFORMS[case.post.platform],
        "audience": AUDIENCES.get(case.post.audience or "", "Not known"),
        "versions": versions_of(case),
        "sha256": _sha256,
    }


def opinions(person: Person, case: Case) -> Shown:
    """What others thought, and whether this person may read it yet."""
    return {
        "opinions": [(one, may_see_opinion(person, case, one)) for one in case.opinions],
        "role_of": lambda kind: ROLE_TITLES[KIND_ROLES[kind]],
    }


def decisions(person: Person, case: Case) -> Shown:
    """What is in force, until when it can be appealed, and the other decisions that this person may read."""
    proposals = may_see_proposals(person, case)
    standing = case.decision
    others = [one for one in decisions_told(person, case) if one is not standing]
    return {
        "appeal_until": last_day(case) if can_appeal(person, case) is None else None,
        "appeal_days": APPEAL_WORKING_DAYS,
        "two_people": standing is not None and _two_people(case, standing),
        "other_decisions": [(one, _seconds(case, one) if proposals else []) for one in others],
    }


def _two_people(case: Case, decision: Decision) -> bool:
    return decision.basis == "settled" or any(one.answer == "agreed" for one in _seconds(case, decision))


def _seconds(case: Case, decision: Decision) -> list[Countersignature]:
    """What second persons wrote of a decision."""
    return [one for one in case.countersignatures if one.decision_id == decision.id and one.written_at]


def similar(person: Person, case: Case) -> Shown:
    """How cases like it were decided; the author does not read of others."""
    return {"similar": [] if is_subject(person, case) else outcomes_of_similar(db.session, case)}


def timeline(person: Person, case: Case) -> Shown:
    """What happened when, as far as this person may know."""
    told = entries(person, case)
    ended = [step for step in told if step.verb in ENDING][-1:]
    return {
        "timeline": told,
        "ended": ended if case.closed_at and not case.decision else [],
        "recusals": recusals_told(person, case),
        "not_theirs": IDENTITY_ADVICE.get(identity_of(case) or "", ())
        if case.closure == "not_theirs"
        else (),
    }


def letters(person: Person, case: Case) -> Shown:
    """Letters as they were sent, as far as this person may read them."""
    return {
        "letters": letters_of(db.session, person, case),
        "letter_titles": letter_templates(),
        "may_write_letters": can_send_any(person, case) is None,
        "writes_letters": offered(person, case),
    }


def bundle(person: Person, case: Case) -> Shown:
    """Whether this person may take all of it away."""
    return {"may_export": can_export_any(person, case) is None}


def circle(person: Person, case: Case) -> Shown:
    """Whom the author objected to, and who sees a restricted case, as far as this person may know of the guardian."""
    held = case.stage == "held" or bool(case.guards)
    told = not held or can_see_guards(person, case)
    return {
        "objections": case.objections if told else [],
        "objection_answers": ANSWERS,
        "names_told": told and not is_subject(person, case),
    }


def reports(person: Person, case: Case) -> Shown:
    """What was reported of it, each as far as this person may know from whom it came."""
    told = [
        ReportShown(
            report=one,
            by=one.made_by.name if may_know_reporter(person, one) else SENT_BY[one.way],
            from_whom=one.from_whom if may_know_complainant(person, one) else None,
            earlier=earlier_reports(db.session, one) if RoleName.HR in person.role_names else None,
            whole=may_read(person, one),
        )
        for one in of_case(db.session, case)
    ]
    return {"reports": told, "in_their_favour": IN_THEIR_FAVOUR if case.origin == "self_report" else None}


def words(_person: Person, _case: Case) -> Shown:
    """What things are called."""
    return {
        "titles": {
            "closure": CLOSURE_TITLES,
            "opinion": OPINION_TITLES,
            "origin": ORIGIN_TITLES,
            "outcome": OUTCOME_TITLES,
            "meaning": OUTCOME_MEANINGS,
            "part": PART_TITLES,
            "question": PROPORTIONALITY,
            "route": ROUTE_TITLES,
            "seriousness": SERIOUSNESS,
        }
    }


SECTIONS: tuple[Callable[[Person, Case], Shown], ...] = (
    head,
    buttons,
    posted,
    opinions,
    decisions,
    similar,
    timeline,
    letters,
    bundle,
    reports,
    clocks,
    tasks,
    on_the_desk,
    before,
    kept,
    circle,
    words,
)
"""Everything that the case page shows."""


def _buttons(person: Person, case: Case, act: Act) -> list[Button]:
    if act.verb != "give_opinion":
        return [Button(act.label, url_for(f"cases.{act.verb}", reference=case.reference))]
    kinds = [one.kind for one in case.opinions if can_give_opinion(person, case, one.kind) is None]
    return [
        Button(
            f"Write the {OPINION_NAMES[kind]}",
            url_for("cases.give_opinion", reference=case.reference, kind=kind),
        )
        for kind in kinds
    ]


def _sha256(version: PostVersion) -> str:
    return hashlib.sha256(version.text.encode()).hexdigest()
