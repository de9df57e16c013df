"""Going back: opening a closed case again, and taking back one's own last act."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from governance.cases.retracing import last_act
from governance.cases.timeline import VERB_TITLES
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import done, find_for, page, said
from governance.web.forms.deciding import ReopenForm, UndoForm
from governance.workflow.reopen_case import reopen_case as open_again
from governance.workflow.undo import undo as take_back


@cases.route("/<reference>/reopen", methods=["GET", "POST"])
@permission("case.triage", writes=True)
def reopen_case(reference: str) -> ResponseReturnValue:
    """Something new came to light: the case is looked at again."""
    case, person = find_for(reference, "reopen_case"), current_person()
    form = ReopenForm(version=case.version)
    if done(
        form,
        lambda: open_again(
            db.session,
            person,
            case=case,
            version=form.version.data,
            to=form.to.data or "",
            reason=form.reason.data or "",
            route=form.route.data,
        ),
    ):
        return said(f"{case.reference} is open again. {case.subject.name} can read why.", case)
    return page("cases/reopen_case.html", case, form=form)


@cases.route("/<reference>/take-back", methods=["GET", "POST"])
@permission("case.undo", writes=True)
def undo(reference: str) -> ResponseReturnValue:
    """The last act is taken back, while it has reached nobody."""
    case, person = find_for(reference, "undo"), current_person()
    form, act = UndoForm(version=case.version), last_act(case)
    if done(
        form,
        lambda: take_back(
            db.session, person, case=case, version=form.version.data, reason=form.reason.data or ""
        ),
    ):
        return said("It is taken back. The case stands where it stood before.", case)
    return page("cases/undo.html", case, form=form, what=VERB_TITLES[act.verb] if act else "")
