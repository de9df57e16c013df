"""Accounts: one's own, and one account's page for its owner and for those who answer for them."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from governance.accounts.models import SocialAccount
from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.accounts.policy import LIVE, is_owner, may_confirm, may_retire, why_not_confirm
from governance.accounts.privacy import CHECKLIST
from governance.accounts.queries import account_for, evidence_of, own_accounts
from governance.accounts.registration_numbers import number_is_checked
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.insight.account_history import history_of, posts_counted
from governance.kernel import clock
from governance.kernel.errors import Invalid, Refused
from governance.people.queries import headed_departments, manages
from governance.web.forms.accounts import ConfirmForm, EvidenceForm, PrivacyForm, RetireForm
from governance.web.nhs import blame
from governance.web.registration import STEPS, answers, next_step, notice_first
from governance.workflow.add_evidence import add_evidence as add_evidence_to
from governance.workflow.confirm_account import confirm_account
from governance.workflow.reject_account import reject_account
from governance.workflow.retire_account import retire_account
from governance.workflow.review_privacy import review_privacy as note_review

accounts = Blueprint("accounts", __name__, url_prefix="/accounts")


@accounts.get("/")
@permission("account.see")
def index() -> ResponseReturnValue:
    """One's own accounts, and what each needs."""
    return render_template(
        "accounts/index.html",
        accounts=own_accounts(db.session, current_person().id),
        platforms=PLATFORMS,
        today=clock.local_date(clock.now()),
        begun=bool(answers()),
        heads=bool(headed_departments(db.session, current_person().id)),
    )


@accounts.get("/register")
@permission("account.register")
def register() -> ResponseReturnValue:
    """Begin to register an account, or go on where one left."""
    stop = notice_first()
    if stop is not None:
        return stop
    given = answers()
    steps = [
        {"name": name, "href": url_for(f"registration.{step}"), "done": answer in given}
        for step, (name, answer) in STEPS.items()
    ]
    return render_template(
        "accounts/register.html", steps=steps, next_step=url_for(next_step(given)), given=given
    )


@accounts.get("/<int:account_id>")
@permission("account.see")
def show(account_id: int) -> ResponseReturnValue:
    """One account: purpose, proof, privacy review, posts counted, history."""
    person = current_person()
    account = account_for(db.session, person, account_id)
    return render_template(
        "accounts/show.html",
        **_shown(account),
        audience=AUDIENCES.get(account.default_audience or ""),
        number_is_checked=number_is_checked(account.owner.regulator),
        may_confirm=account.state == "pending"
        and may_confirm(person, account, manages=manages(person, account.owner)),
        may_retire=account.state in LIVE and may_retire(person, account),
        live=account.state in LIVE,
        posts=posts_counted(db.session, account.id),
        history=history_of(db.session, account.id),
    )


@accounts.route("/<int:account_id>/evidence", methods=["GET", "POST"])
@permission("account.see")
def add_evidence(account_id: int) -> ResponseReturnValue:
    """The owner adds what shows that the account is theirs."""
    account = _own(account_id)
    form = EvidenceForm()
    if form.is_submitted() and form.validate():
        sent = form.file.data
        try:
            add_evidence_to(
                db.session,
                current_person(),
                account,
                note=form.note.data or "",
                file_name=sent.filename if sent else None,
                content=sent.read() if sent else None,
            )
        except Invalid as error:
            blame(form, error)
        else:
            flash("Your evidence is added. Whoever confirms the account sees it.")
            return _to(account)
    return render_template("accounts/add_evidence.html", **_shown(account), form=form), _status()


@accounts.get("/<int:account_id>/evidence/<int:evidence_id>")
@permission("account.see")
def download_evidence(account_id: int, evidence_id: int) -> ResponseReturnValue:
    """The file, always as a download: a browser never shows it as a page of ours."""
    evidence = evidence_of(account_for(db.session, current_person(), account_id), evidence_id)
    answer = send_file(
        io.BytesIO(evidence.content or b""),
        mimetype=evidence.media_type or "application/octet-stream",
        as_attachment=True,
        download_name=evidence.file_name or "evidence",
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@accounts.route("/<int:account_id>/confirm", methods=["GET", "POST"])
@permission("account.confirm")
def confirm(account_id: int) -> ResponseReturnValue:
    """Somebody else looks for the code in the profile, and says what they saw."""
    person = current_person()
    account = account_for(db.session, person, account_id)
    reason = why_not_confirm(person, account, manages=manages(person, account.owner))
    if reason is not None:
        raise Refused(reason)
    form = ConfirmForm(version=account.version)
    if form.is_submitted() and form.validate():
        try:
            said = _decide(account, form)
        except Invalid as error:
            blame(form, error)
        else:
            flash(said)
            return redirect(url_for("register.waiting"), 303)
    return render_template("accounts/confirm.html", **_shown(account), form=form), _status()


def _decide(account: SocialAccount, form: ConfirmForm) -> str:
    person, version, name = current_person(), form.version.data, account.owner.name
    if form.seen.data == "yes":
        confirm_account(db.session, person, account, version=version)
        return f"{account.handle} is confirmed as the account of {name}."
    if form.seen.data == "no":
        reject_account(db.session, person, account, reason=form.reason.data or "", version=version)
        return f"{name} is told that {account.handle} could not be confirmed, with your reason."
    raise Invalid("Choose what you saw.", "seen")


@accounts.route("/<int:account_id>/retire", methods=["GET", "POST"])
@permission("account.see")
def retire(account_id: int) -> ResponseReturnValue:
    """The account is no longer used for work."""
    account = account_for(db.session, current_person(), account_id)
    form = RetireForm(version=account.version)
    if not may_retire(current_person(), account):
        raise Refused("Only the owner of an account can retire it.")
    if form.is_submitted() and form.validate():
        try:
            retire_account(
                db.session,
                current_person(),
                account,
                version=form.version.data,
                reason=form.reason.data or "",
            )
        except Invalid as error:
            blame(form, error)
        else:
            flash(f"{account.handle} is retired. Nothing more is submitted for it.")
            return _to(account)
    return render_template("accounts/retire.html", **_shown(account), form=form), _status()


@accounts.route("/<int:account_id>/privacy", methods=["GET", "POST"])
@permission("account.see")
def review_privacy(account_id: int) -> ResponseReturnValue:
    """The owner goes through the privacy settings."""
    account = _own(account_id)
    form = PrivacyForm(version=account.version)
    if form.is_submitted() and form.validate():
        try:
            note_review(
                db.session,
                current_person(),
                account,
                checked=form.checked.data or [],
                version=form.version.data,
            )
        except Invalid as error:
            blame(form, error)
        else:
            flash("Your privacy review is noted. The next one is due in six months.")
            return _to(account)
    return render_template(
        "accounts/review_privacy.html", **_shown(account), form=form, checklist=CHECKLIST
    ), _status()


def _own(account_id: int) -> SocialAccount:
    """One's own account. Raises Missing or, for one that may be seen and is somebody else's, Refused."""
    account = account_for(db.session, current_person(), account_id)
    if not is_owner(current_person(), account):
        raise Refused("Only the owner of an account can do this.")
    return account


def _to(account: SocialAccount) -> ResponseReturnValue:
    return redirect(url_for("accounts.show", account_id=account.id), 303)


def _shown(account: SocialAccount) -> dict[str, Any]:
    """What every page about an account shows."""
    return {
        "account": account,
        "platform": PLATFORMS[account.platform],
        "own": account.owner_id == current_person().id,
        "today": clock.local_date(clock.now()),
    }


def _status() -> int:
    """422 where a form was sent and is shown again."""
    return 422 if request.method == "POST" else 200
