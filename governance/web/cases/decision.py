"""The decision, and closing."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from governance.cases.models import Case
from governance.cases.queries import outcomes_of_similar
from governance.cases.sources import sources_of
from governance.cases.titles import OUTCOME_MEANINGS, OUTCOME_TITLES, PROPORTIONALITY
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import done, find_for, page, said
from governance.web.forms.cases import CloseForm, DecideForm, ProportionateForm
from governance.workflow.close_case import close_case as close
from governance.workflow.decide import decide as issue


@cases.route("/<reference>/decision", methods=["GET", "POST"])
@permission("case.decide", writes=True)
def decide(reference: str) -> ResponseReturnValue:
    """The named decider weighs everything, and writes down what they decide and why."""
    case = find_for(reference, "decide")
    guarded = bool(case.guards)
    form = ProportionateForm(version=case.version) if guarded else DecideForm(version=case.version)
    form.offer(sources_of(case))
    if done(form, lambda: _issue(case, form)):
        return said(f"Your decision is given. {case.subject.name} can read it with your reasons.", case)
    return page(
        "cases/decide.html",
        case,
        form=form,
        guarded=guarded,
        questions=list(PROPORTIONALITY),
        meanings=OUTCOME_MEANINGS,
        outcomes=OUTCOME_TITLES,
        similar=outcomes_of_similar(db.session, case),
    )


def _issue(case: Case, form: DecideForm) -> None:
    issue(
        db.session,
        current_person(),
        case=case,
        version=form.version.data,
        outcome=form.outcome.data or "",
        reasons=form.reasons.data or "",
        sources=form.named,
        proportionality=form.weighed if isinstance(form, ProportionateForm) else None,
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
    return page("cases/close_case.html", case, form=form, outcomes=OUTCOME_TITLES)
