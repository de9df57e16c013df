"""The first look."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from governance.cases.candidates import possible_deciders
from governance.cases.models import Case
from governance.cases.routing import RANK
from governance.cases.titles import ROUTE_TITLES
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import chosen_person, done, find_for, page, said
from governance.web.forms.cases import TriageForm
from governance.workflow.triage import COACHING_UP_TO
from governance.workflow.triage import triage as take_first_look


@cases.route("/<reference>/first-look", methods=["GET", "POST"])
@permission("case.triage", writes=True)
def triage(reference: str) -> ResponseReturnValue:
    """Whose words these are, and whether others should look."""
    case = find_for(reference, "triage")
    form = TriageForm(version=case.version, route=case.suggested_route)
    coaching = RANK[case.severity] <= RANK[COACHING_UP_TO]
    form.offer(possible_deciders(db.session, case), name=case.subject.name, coaching=coaching)
    if done(form, lambda: _take(case, form)):
        if case.stage == "closed":
            return said(f"{case.reference} is closed. {case.subject.name} can read what you wrote.", case)
        return said(f"{case.reference} is with those whose opinion you asked for.", case)
    suggestion = ROUTE_TITLES[case.suggested_route].lower()
    return page("cases/triage.html", case, form=form, coaching=coaching, suggestion=suggestion)


def _take(case: Case, form: TriageForm) -> None:
    take_first_look(
        db.session,
        current_person(),
        case=case,
        version=form.version.data,
        identity=form.identity.data or "",
        how_known=form.how_known.data or "",
        outcome=form.outcome.data or "",
        reason=form.reason.data or "",
        message=form.message.data,
        route=form.route.data,
        decider=chosen_person(form.decider.data),
    )
