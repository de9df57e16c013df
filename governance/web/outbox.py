"""The outbox, for the administrator: how many mails are sent and wait, and which could not be sent and why."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel.errors import Missing
from governance.kernel.paging import paginate
from governance.kernel.settings import Settings
from governance.mail.models import OutgoingMail
from governance.mail.queries import in_trouble
from governance.mail.queue import counts_by_state
from governance.workflow.try_mail_again import try_mail_again

outbox = Blueprint("outbox", __name__, url_prefix="/outbox")


@outbox.get("/")
@permission("outbox.see")
def index() -> ResponseReturnValue:
    """Numbers, and what could not be sent."""
    settings: Settings = current_app.config["SETTINGS"]
    return render_template(
        "outbox/index.html",
        server=settings.mail,
        counts=counts_by_state(db.session),
        page=paginate(db.session, in_trouble(), request.args.get("page", 1, type=int)),
        address=lambda number: url_for("outbox.index", page=number),
    )


@outbox.post("/<int:mail_id>/again")
@permission("outbox.see")
def again(mail_id: int) -> ResponseReturnValue:
    """Put one that was given up back to wait."""
    mail = db.session.get(OutgoingMail, mail_id)
    if mail is None:
        raise Missing("There is no such mail.")
    try_mail_again(db.session, current_person(), mail=mail)
    flash(f"The mail to {mail.person.name} is tried again within a minute.")
    return redirect(url_for("outbox.index"), 303)
