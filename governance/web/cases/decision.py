"""The decision, and closing."""

from __future__ import annotations

from collections.abc import Sequence

from flask.typing import ResponseReturnValue

from governance.cases.candidates import possible_investigators
from governance.cases.countersigning import needs_second_person, sent_back, to_settle
from governance.cases.models import OUTCOMES, Case
from governance.cases.queries import outcomes_of_similar
from governance.cases.regulators import advice_for
from governance.cases.sources import sources_of
from governance.cases.titles import OUTCOME_TITLES, PROPORTIONALITY
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.people.models import Person
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import done, find_for, page, said
from governance.web.forms.cases import CloseForm
from governance.web.forms.deciding import DecideForm, ProportionateForm, outcome_hints
from governance.workflow.close_case import close_case as close
from governance.workflow.decide import decide as issue
from governance.workflow.obstacles import left_to_do


@cases.route("/<reference>/decision", methods=["GET", "POST"])
@permission("case.decide", writes=True)
def decide(reference: str) -> ResponseReturnValue:
    """The named decider weighs everything, and writes down what they decide and why."""
    case = find_for(reference, "decide")
    guarded = bool(case.guards)
    form = ProportionateForm(version=case.version) if guarded else DecideForm(version=case.version)
    people = possible_investigators(db.session, case)
    between = to_settle(case)
    form.offer(sources_of(case), people, tuple(dict.fromkeys(between)) if between else OUTCOMES)
    if done(form, lambda: _issue(case, form, people)):
        if case.stage == "countersign":
            return said("Your decision is written. A second person looks at the case before it counts.", case)
        return said(f"Your decision is given. {case.subject.name} can read it with your reasons.", case)
    return page(
        "cases/decide.html",
        case,
        form=form,
        guarded=guarded,
        questions=list(PROPORTIONALITY),
        hints=outcome_hints(),
        outcomes=OUTCOME_TITLES,
        between=between,
        second=needs_second_person(case, "no_action"),
        back=sent_back(case),
        advice=advice_for(case.subject.regulator),
        similar=outcomes_of_similar(db.session, case),
    )


def _issue(case: Case, form: DecideForm, people: Sequence[Person]) -> None:
    issue(
        db.session,
        current_person(),
        case=case,
        version=form.version.data,
        outcome=form.outcome.data or "",
        reasons=form.reasons.data or "",
        sources=form.named,
        proportionality=form.weighed if isinstance(form, ProportionateForm) else None,
        changed=form.changed.data or "",
        investigation=form.plan(people),
        referral=form.weighed_referral,
    )


@cases.route("/<reference>/close", methods=["GET", "POST"])
@permission("case.recuse", writes=True)
def close_case(reference: str) -> ResponseReturnValue:
    """What was decided is done."""
    case, person = find_for(reference, "close_case"), current_person()
    form = CloseForm(version=case.version)
    if done(
        form,
        lambda: close(
            db.session, person, case=case, version=form.version.data, reason=form.reason.data or ""
        ),
    ):
        return said(f"{case.reference} is closed.", case)
    return page(
        "cases/close_case.html", case, form=form, outcomes=OUTCOME_TITLES, left=left_to_do(db.session, case)
    )
