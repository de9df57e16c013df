"""Joining a case with another about the same words."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from governance.cases.desk.joining import joinable
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import done, find_for, page, said
from governance.web.forms.desk import JoinForm
from governance.workflow.join import join as join_with


@cases.route("/<reference>/join", methods=["GET", "POST"])
@permission("case.triage", writes=True)
def join(reference: str) -> ResponseReturnValue:
    """Close this case, because another goes on for both."""
    case, person = find_for(reference, "join"), current_person()
    form = JoinForm(version=case.version)
    others = {one.reference: one for one in joinable(db.session, person, case)}
    form.offer(list(others.values()))
    if done(
        form,
        lambda: join_with(
            db.session,
            person,
            case=case,
            version=form.version.data,
            into=others.get(form.into.data or ""),
            reason=form.reason.data or "",
        ),
    ):
        return said(f"{case.reference} is closed. {form.into.data} goes on for both.", case)
    return page("cases/join.html", case, form=form, others=others)
