"""Finding the case of an address for the person who asks, and showing a page of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from governance.assessments.models import Assessment
from governance.cases.models import Case
from governance.cases.queries import by_reference
from governance.cases.sight import can_see, can_see_guards
from governance.cases.standing import is_subject, kept_out
from governance.cases.titles import (
    APPEAL_RESULTS,
    BASIS_TITLES,
    GUARD_TITLES,
    OPINION_TITLES,
    REFERRAL_REASONS,
    SCHEME_TITLES,
)
from governance.entrance.database import db
from governance.entrance.gate import current_person
from governance.guidance.loader import shipped_rulebook
from governance.guidance.rulebook import Rulebook
from governance.kernel.errors import Invalid, Missing, Refused
from governance.people.models import Person
from governance.web.explanation import Explanation, explain_stored
from governance.web.forms.cases import SERIOUSNESS, VersionedForm
from governance.web.nhs import blame
from governance.workflow.stages import WAY, act_of
from governance.workflow.view_case import view_case

DECISION_TITLES = {
    "basis": BASIS_TITLES,
    "result": APPEAL_RESULTS,
    "scheme": SCHEME_TITLES,
    "referral": REFERRAL_REASONS,
}

HIDDEN_FROM = ("high", "critical")
"""Severities from which the words stay closed until somebody opens them: they may hurt, or name a person."""


def find(reference: str) -> Case:
    """The case that the address names. Missing where the person may not know of it, Refused where they are kept out."""
    person, case = current_person(), by_reference(db.session, reference)
    if case is None:
        raise Missing("There is no such case, or none that you may see.")
    if not can_see(person, case):
        reason = kept_out(person, case)
        if reason is not None and case.stage != "held":
            raise Refused(reason)
        raise Missing("There is no such case, or none that you may see.")
    return case


def find_for(reference: str, verb: str) -> Case:
    """The case, where its stage and the policy let this person open the page of `verb`; else the error that says why not.

    What is sent is looked at by the verb itself, which can say what changed since the page was opened.
    """
    case = find(reference)
    if request.method == "GET" and (reason := act_of(case, verb).can(current_person(), case)):
        raise Refused(reason)
    return case


def chosen_person(value: str | None) -> Person | None:
    """The active person whose id a select sent, if there is one."""
    if value is None or not value.isdecimal() or len(value) > 9:
        return None
    return db.session.scalar(select(Person).where(Person.id == int(value), Person.active))


def done(form: VersionedForm, act: Callable[[], object]) -> bool:
    """Whether the form was sent and `act` did it. An input to mend is shown at its field, with nothing kept of the act."""
    if not form.is_submitted():
        return False
    if not form.validate():
        return False
    try:
        act()
    except Invalid as error:
        blame(form, error)
        return False
    return True


def said(words: str, case: Case) -> ResponseReturnValue:
    """Back to the case, or to the queue where the person no longer sees it, with a word of what was done."""
    flash(words)
    db.session.flush()
    db.session.expire(case)
    if can_see(current_person(), case):
        return redirect(url_for("cases.show", reference=case.reference), 303)
    return redirect(url_for("cases.index"), 303)


@dataclass(frozen=True)
class ShownCheck:
    """One check that the case stands on. `prefix` keeps the ids of several on one page apart."""

    heading: str
    prefix: str
    assessment: Assessment
    explanation: Explanation


def _shown_checks(case: Case, rulebook: Rulebook) -> list[ShownCheck]:
    """The newest check first, which is what is decided on; the last is the one of the day the case was opened."""
    checks = case.checks
    return [
        ShownCheck(
            heading=f"Version {one.post_version.number}, "
            + ("as it was the day the case was opened" if one is checks[0] else "which came later"),
            prefix="finding" if one is checks[-1] else f"check-{one.id}",
            assessment=one,
            explanation=explain_stored(one, rulebook),
        )
        for one in reversed(checks)
    ]


def _closes(person: Person, case: Case) -> bool:
    """Whether the words stay closed until this person asks for them: they may hurt, or let somebody be recognised."""
    return case.severity in HIDDEN_FROM and not is_subject(person, case)


def page(template: str, case: Case, **shown: Any) -> ResponseReturnValue:
    """A page of the case; that it was looked at is recorded after it is written, so that others wait the least."""
    person, rulebook = current_person(), shipped_rulebook()
    guarded = can_see_guards(person, case)
    html = render_template(
        template,
        case=case,
        stage=WAY[case.stage],
        own=is_subject(person, case),
        checks=_shown_checks(case, rulebook),
        guards=[rulebook.guards[guard.guard] for guard in case.guards] if guarded else [],
        guard_titles=GUARD_TITLES,
        seriousness=SERIOUSNESS,
        opinion_titles=OPINION_TITLES,
        decision_titles=DECISION_TITLES,
        closed_words=not shown.pop("words_asked", False) and _closes(person, case),
        **shown,
    )
    view_case(db.session, person, case=case)
    return html, 422 if request.method == "POST" else 200
