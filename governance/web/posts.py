"""A person's own posts and drafts: the list, one of them, and the ways to send, change, withdraw and record them."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from governance.accounts.models import SocialAccount
from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.accounts.policy import LIVE
from governance.accounts.queries import own_accounts
from governance.assessments.queries import newest_of
from governance.cases.models import Case
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.kernel.paging import paginate
from governance.people.models import Person
from governance.people.queries import has_acknowledged_current
from governance.posts.policy import can_publish, can_revise, can_withdraw
from governance.posts.queries import own_post, own_posts
from governance.rulebooks.in_use import rulebook_in_use
from governance.web.explanation import benefit_titles, explain_stored
from governance.web.forms.posts import (
    DraftForm,
    PublishForm,
    RecordForm,
    ReviseForm,
    WithdrawForm,
    account_choices,
)
from governance.web.nhs import blame
from governance.workflow.publish_draft import publish_draft
from governance.workflow.revise_post import revise_post
from governance.workflow.send_draft import send_draft
from governance.workflow.submit_post import Submitted, submit_post
from governance.workflow.withdraw_draft import withdraw_draft

posts = Blueprint("posts", __name__)

FILTERS = {
    "": "All",
    "posted": "Posted",
    "drafts": "All drafts",
    "awaiting_approval": "Waiting for approval",
    "changes_asked": "Changes asked for",
    "approved": "Approved, not posted yet",
    "withdrawn": "Withdrawn",
}


@posts.get("/posts")
@permission("post.see")
def index() -> ResponseReturnValue:
    """Everything that is held of one's own posts and drafts."""
    state, words = (
        request.args.get("state", ""),
        request.args.get("words", "").strip()[:200].replace("\x00", ""),
    )
    if state not in FILTERS:
        state = ""
    person = current_person()
    query = own_posts(person.id, state=state, words=words)
    page = paginate(db.session, query, request.args.get("page", 1, type=int))
    rulebook = rulebook_in_use(db.session)
    assessed = newest_of(db.session, [post.latest.id for post in page.rows])
    good = {
        key: benefit_titles(rulebook, [benefit.benefit for benefit in one.benefits])
        for key, one in assessed.items()
    }
    return render_template(
        "posts/index.html",
        page=page,
        assessed=assessed,
        good=good,
        filters=FILTERS,
        platforms=PLATFORMS,
        state=state,
        words=words,
        address=lambda number: url_for("posts.index", state=state or None, words=words or None, page=number),
    )


@posts.get("/posts/<int:post_id>")
@permission("post.see")
def show(post_id: int) -> ResponseReturnValue:
    """One's own post or draft: what was said of it that day, by whom it was approved, and what comes next."""
    person = current_person()
    post = own_post(db.session, person, post_id)
    assessed = newest_of(db.session, [version.id for version in post.versions])
    rulebook = rulebook_in_use(db.session)
    explained = {key: explain_stored(one, rulebook) for key, one in assessed.items()}
    return render_template(
        "posts/show.html",
        post=post,
        explained=explained,
        platforms=PLATFORMS,
        audiences=AUDIENCES,
        case=_case_of(person, post.id),
        may_revise=can_revise(person, post) is None,
        may_publish=can_publish(person, post) is None,
        may_withdraw=can_withdraw(person, post) is None,
    )


@posts.route("/posts/draft", methods=["GET", "POST"])
@permission("post.submit")
def draft() -> ResponseReturnValue:
    """Send a draft for approval. `carried` brings the words of the check page, and sends nothing yet."""
    person = current_person()
    form = DraftForm()
    accounts = _open_to(form, person)
    ready = bool(accounts) and has_acknowledged_current(db.session, person.id)
    status = 200
    if request.method == "POST" and "carried" not in request.form:
        if ready and form.validate():
            try:
                post = send_draft(
                    db.session,
                    person,
                    account=_chosen(accounts, form.account_id.data),
                    text=form.text.words,
                    audience=form.audience.data or None,
                    in_reply_to=form.in_reply_to.words,
                    attachments_text=form.attachments_text.words,
                    rulebook=rulebook_in_use(db.session),
                )
            except Invalid as error:
                blame(form, error)
            else:
                flash(f"Your draft was sent to {post.approver.name if post.approver else 'your approver'}.")
                return redirect(url_for("posts.show", post_id=post.id), 303)
        status = 422
    return render_template("posts/draft.html", form=form, ready=ready, accounts=accounts), status


@posts.route("/posts/record", methods=["GET", "POST"])
@permission("post.submit")
def record() -> ResponseReturnValue:
    """Record a post that is out. `carried` brings the words of the check page, and records nothing yet."""
    person = current_person()
    form = RecordForm()
    accounts = _open_to(form, person)
    ready = bool(accounts) and has_acknowledged_current(db.session, person.id)
    status = 200
    if request.method == "POST" and "carried" not in request.form:
        if ready and form.validate():
            try:
                done = _recorded(form, person, accounts)
            except Invalid as error:
                blame(form, error)
            else:
                flash(_said(done))
                return redirect(url_for("posts.show", post_id=done.post.id), 303)
        status = 422
    return render_template(
        "posts/record.html", form=form, ready=ready, accounts=accounts, today=_today()
    ), status


def _recorded(form: RecordForm, person: Person, accounts: list[SocialAccount]) -> Submitted:
    return submit_post(
        db.session,
        person,
        account=_chosen(accounts, form.account_id.data),
        text=form.text.words,
        posted_at=form.moment(),
        url=form.url.data,
        native_id=form.native_id.data,
        audience=form.audience.data or None,
        in_reply_to=form.in_reply_to.words,
        attachments_text=form.attachments_text.words,
        rulebook=rulebook_in_use(db.session),
    )


def _said(done: Submitted) -> str:
    if done.outcome == "known":
        return "This post was recorded before, with the same words. Nothing was added."
    if done.outcome == "new_version":
        return (
            "This post was recorded before. Its new words are kept as a new version, and were looked at anew."
        )
    return "Your post is recorded."


@posts.route("/posts/<int:post_id>/revise", methods=["GET", "POST"])
@permission("post.submit")
def revise(post_id: int) -> ResponseReturnValue:
    """New words for a draft, or for a post that was edited where it stands."""
    person = current_person()
    post = own_post(db.session, person, post_id)
    form = ReviseForm(
        text=post.latest.text, attachments_text=post.latest.attachments_text, version=post.version
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                revise_post(
                    db.session,
                    person,
                    post=post,
                    text=form.text.words,
                    attachments_text=form.attachments_text.words,
                    version=form.version.data,
                    rulebook=rulebook_in_use(db.session),
                )
            except Invalid as error:
                blame(form, error)
            else:
                flash("Your new words are kept, and were looked at anew. The words before them are kept too.")
                return redirect(url_for("posts.show", post_id=post.id), 303)
    asked = next((one for one in reversed(post.approvals) if one.outcome == "changes_asked"), None)
    return render_template("posts/revise.html", form=form, post=post, asked=asked), status


@posts.route("/posts/<int:post_id>/publish", methods=["GET", "POST"])
@permission("post.submit")
def publish(post_id: int) -> ResponseReturnValue:
    """Record that an approved draft is out."""
    person = current_person()
    post = own_post(db.session, person, post_id)
    form = PublishForm(text=post.latest.text, version=post.version)
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                publish_draft(
                    db.session,
                    person,
                    post=post,
                    version=form.version.data,
                    text=form.text.words,
                    posted_at=form.moment(),
                    url=form.url.data,
                    native_id=form.native_id.data,
                    rulebook=rulebook_in_use(db.session),
                )
            except Invalid as error:
                blame(form, error)
            else:
                flash("Your draft is recorded as posted. Thank you for asking first.")
                return redirect(url_for("posts.show", post_id=post.id), 303)
    elif can_publish(person, post) is not None:
        return redirect(url_for("posts.show", post_id=post.id), 303)
    return render_template("posts/publish.html", form=form, post=post, today=_today()), status


@posts.post("/posts/<int:post_id>/withdraw")
@permission("post.submit")
def withdraw(post_id: int) -> ResponseReturnValue:
    """Take a draft back."""
    person = current_person()
    post = own_post(db.session, person, post_id)
    withdraw_draft(db.session, person, post=post, version=WithdrawForm().version.data)
    flash("Your draft is withdrawn. Nobody is asked about it any more.")
    return redirect(url_for("posts.show", post_id=post.id), 303)


def _open_to(form: DraftForm, person: Person) -> list[SocialAccount]:
    """The person's accounts in use, put into the form; the one on the platform that was checked comes first."""
    accounts = [one for one in own_accounts(db.session, person.id) if one.state in LIVE]
    if "carried" in request.form:
        accounts.sort(key=lambda one: one.platform != request.form.get("platform"))
    form.account_id.choices = account_choices(accounts)
    return accounts


def _chosen(accounts: list[SocialAccount], account_id: str | None) -> SocialAccount:
    """The account that the form names; the form has checked that it is one of them."""
    return next((one for one in accounts if str(one.id) == account_id), None) or abort(422)


def _case_of(person: Person, post_id: int) -> Case | None:
    """The newest case about one's own post, for its author."""
    query = select(Case).where(Case.post_id == post_id, Case.subject_id == person.id)
    return db.session.scalar(query.order_by(Case.id.desc()).limit(1))


def _today() -> str:
    return clock.local_date(clock.now()).isoformat()
