"""Registering an account, one thing a page. The answers wait in the person's own cookie until the last page is sent,
so that it can be left and resumed and no half-written account arises.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from governance.accounts.addresses import check_address, check_platform
from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.accounts.registration_numbers import REGULATORS, Standing, check_standing, number_is_checked
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel.errors import Invalid
from governance.people.queries import has_acknowledged_current
from governance.web.forms.registration import AddressForm, PlatformForm, PurposeForm, StandingForm
from governance.web.nhs import blame
from governance.workflow.register_account import (
    check_audience,
    check_purpose,
    refuse_known,
    register_account,
)

registration = Blueprint("registration", __name__, url_prefix="/accounts/register")

KEPT = "registration"
STEPS = {
    "platform": ("Choose the platform", "platform"),
    "address": ("Give its name and address", "url"),
    "purpose": ("Say what you use it for", "purpose"),
    "standing": ("Check your profession and registration", "profession"),
}
"""Each step with its name on the list, and the answer that shows it was done."""


def answers() -> dict[str, str]:
    """What this person has answered so far. On a shared computer nobody sees the answers of another."""
    kept: dict[str, Any] = session.get(KEPT) or {}
    return dict(kept["answers"]) if kept.get("person") == current_person().id else {}


def next_step(given: dict[str, str]) -> str:
    """The endpoint of the first step that is not answered, or of the page to check."""
    missing = next((step for step, (_, answer) in STEPS.items() if answer not in given), "check")
    return f"registration.{missing}"


def notice_first() -> ResponseReturnValue | None:
    """A redirect to the notice, where this person has not read the one that stands now."""
    if has_acknowledged_current(db.session, current_person().id):
        return None
    return redirect(url_for("notice.show", then="register"))


def _keep(given: dict[str, str]) -> None:
    session[KEPT] = {"person": current_person().id, "answers": given}


def _step(
    form: FlaskForm, page: Callable[[], str], check: Callable[[dict[str, str]], dict[str, str]]
) -> ResponseReturnValue:
    """Show one step, or check what was sent, keep it and go on. What was typed stays on the page when it is refused."""
    stop = notice_first()
    if stop is not None:
        return stop
    given = answers()
    if form.is_submitted() and form.validate():
        try:
            given |= check(given)
        except Invalid as error:
            blame(form, error)
        else:
            _keep(given)
            return redirect(url_for(next_step(given)), 303)
    status = 422 if form.is_submitted() else 200
    return page(), status


@registration.route("/platform", methods=["GET", "POST"])
@permission("account.register", writes=False)
def platform() -> ResponseReturnValue:
    """Where the account is. Another platform than before asks for the address again."""
    form = PlatformForm(data=answers())

    def check(given: dict[str, str]) -> dict[str, str]:
        chosen = form.platform.data or ""
        check_platform(chosen)
        if given.get("platform") != chosen:
            given.pop("handle", None)
            given.pop("url", None)
        return {"platform": chosen}

    return _step(form, lambda: render_template("registration/platform.html", form=form), check)


@registration.route("/address", methods=["GET", "POST"])
@permission("account.register", writes=False)
def address() -> ResponseReturnValue:
    """Its handle and the address of the profile, which must agree."""
    chosen = answers().get("platform", "")
    if chosen not in PLATFORMS:
        return redirect(url_for("registration.platform"))
    form, its_form = AddressForm(data=answers()), check_platform(chosen)
    form.handle.label.text = its_form.handle_label
    form.handle.description = its_form.hint
    form.url.description = f"Copy it from the top of your browser. It looks like {its_form.example}"

    def check(_given: dict[str, str]) -> dict[str, str]:
        checked = check_address(chosen, form.handle.data or "", form.url.data or "")
        refuse_known(db.session, current_person(), checked.platform, checked.handle_key, checked.url)
        return {"handle": checked.handle, "url": checked.url}

    return _step(
        form,
        lambda: render_template("registration/address.html", form=form, platform=PLATFORMS[chosen]),
        check,
    )


@registration.route("/purpose", methods=["GET", "POST"])
@permission("account.register", writes=False)
def purpose() -> ResponseReturnValue:
    """What it is used for, and who usually sees it."""
    form = PurposeForm(data=answers())

    def check(_given: dict[str, str]) -> dict[str, str]:
        words = check_purpose(form.purpose.data)
        if not form.audience.data:
            raise Invalid("Choose who usually sees what you post.", "audience")
        return {"purpose": words, "audience": check_audience(form.audience.data) or ""}

    return _step(form, lambda: render_template("registration/purpose.html", form=form), check)


@registration.route("/standing", methods=["GET", "POST"])
@permission("account.register", writes=False)
def standing() -> ResponseReturnValue:
    """The owner's profession, regulator and number, begun with what is held."""
    person = current_person()
    held = {
        "profession": person.profession or "",
        "regulator": person.regulator or "",
        "number": person.registration_number or "",
    }
    form = StandingForm(data=held | answers())

    def check(_given: dict[str, str]) -> dict[str, str]:
        checked = check_standing(form.profession.data, form.regulator.data, form.number.data)
        return {
            "profession": checked.profession,
            "regulator": checked.regulator or "",
            "number": checked.number or "",
        }

    return _step(
        form, lambda: render_template("registration/standing.html", form=form, regulators=REGULATORS), check
    )


@registration.route("/check", methods=["GET", "POST"])
@permission("account.register")
def check() -> ResponseReturnValue:
    """All answers on one page; sending it registers the account."""
    stop = notice_first()
    if stop is not None:
        return stop
    given, form = answers(), FlaskForm()
    if next_step(given) != "registration.check":
        return redirect(url_for(next_step(given)))
    if form.is_submitted() and form.validate():
        try:
            made = register_account(
                db.session,
                current_person(),
                platform=given["platform"],
                handle=given["handle"],
                url=given["url"],
                purpose=given["purpose"],
                audience=given["audience"] or None,
                standing=Standing(given["profession"], given["regulator"] or None, given["number"] or None),
            )
        except Invalid as error:
            blame(form, Invalid(error.message))  # above the form: this page shows no field to mend
        else:
            session.pop(KEPT, None)
            flash("The account is registered. Next, show that it is yours.")
            return redirect(url_for("accounts.show", account_id=made.id), 303)
    page = render_template(
        "registration/check.html",
        form=form,
        given=given,
        platform=PLATFORMS[given["platform"]],
        audience=AUDIENCES.get(given["audience"], ""),
        number_is_checked=number_is_checked(given["regulator"]),
    )
    return page, 422 if form.is_submitted() else 200
