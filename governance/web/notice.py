"""The monitoring notice: what is looked at and why, read before an account is registered."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel.errors import Conflict
from governance.people.notice_text import blocks
from governance.people.queries import acknowledgement_of, current_notice
from governance.web.forms.notice import AcknowledgeForm
from governance.workflow.acknowledge_notice import acknowledge_notice

notice = Blueprint("notice", __name__, url_prefix="/notice")


@notice.get("/")
@permission("notice.acknowledge")
def show() -> ResponseReturnValue:
    """The notice that stands now, and whether this person has read it."""
    return _page(AcknowledgeForm())


@notice.post("/")
@permission("notice.acknowledge")
def acknowledge() -> ResponseReturnValue:
    """Say that one has read it; then on to what asked for it."""
    form = AcknowledgeForm()
    standing = current_notice(db.session)
    if form.number.data is not None and form.number.data != standing.number:
        raise Conflict("A newer notice has been published since you opened this page. Please read that one.")
    if not form.validate_on_submit():
        return _page(form), 422
    acknowledge_notice(db.session, current_person(), number=standing.number)
    flash(f"Thank you. We have noted that you read notice {standing.number}.")
    going_on = request.args.get("then") == "register"
    return redirect(url_for("accounts.register" if going_on else "notice.show"), 303)


def _page(form: AcknowledgeForm) -> str:
    standing = current_notice(db.session)
    form.number.data = standing.number
    return render_template(
        "notice/show.html",
        form=form,
        notice=standing,
        blocks=blocks(standing.body),
        acknowledgement=acknowledgement_of(db.session, current_person().id, standing.id),
    )
