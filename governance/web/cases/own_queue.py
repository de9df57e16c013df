"""What a person sets for their own queue: views under a name, and the keys."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from governance.cases.desk import own
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel.errors import Invalid
from governance.web.cases.blueprint import cases
from governance.web.cases.queue import address_of, filters_of
from governance.web.forms.desk import DropViewForm, KeepViewForm, KeysForm


@cases.post("/views")
@permission("case.queue")
def keep_view() -> ResponseReturnValue:
    """Keep the filters that are shown under a name."""
    form = KeepViewForm()
    filters = filters_of(MultiDict(parse_qsl(form.query.data or "")))
    given = address_of(filters)
    if form.validate_on_submit():
        try:
            kept = own.keep_view(
                db.session, current_person(), name=form.name.data or "", query=urlencode(given)
            )
        except Invalid as error:
            flash(error.message, "error")
        else:
            flash(f"The view '{kept.name}' is kept.")
    return redirect(url_for("cases.index", **given), 303)


@cases.post("/views/<int:view_id>/remove")
@permission("case.queue")
def drop_view(view_id: int) -> ResponseReturnValue:
    """Remove a view that is kept."""
    if DropViewForm().validate_on_submit():
        flash(f"The view '{own.drop_view(db.session, current_person(), view_id)}' is removed.")
    return redirect(url_for("cases.index"), 303)


@cases.route("/keys", methods=["GET", "POST"])
@permission("case.queue")
def keys() -> ResponseReturnValue:
    """Which keys move through the queue, and the switch."""
    form, person = KeysForm(), current_person()
    if form.validate_on_submit():
        on = request.form.get("keys") == "on"
        own.switch_keys(db.session, person, on=on)
        flash(f"Keys are switched {'on' if on else 'off'}, on every device you use.")
        return redirect(url_for("cases.keys"), 303)
    return render_template("cases/keys.html", form=form, on=own.keys_on(db.session, person))
