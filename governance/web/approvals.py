"""Drafts that wait for the person who is signed in: what was found in them, and what to tell their author."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.assessments.queries import newest_of
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.guidance.loader import shipped_rulebook
from governance.kernel.errors import Invalid
from governance.kernel.paging import paginate
from governance.people.models import Person
from governance.posts.models import Post
from governance.posts.policy import can_review, versions_seen
from governance.posts.queries import draft_for, drafts_for
from governance.web.explanation import category_title, explain_stored
from governance.web.forms.approvals import AnswerForm
from governance.web.nhs import blame
from governance.workflow.approve_draft import approve_draft
from governance.workflow.ask_changes import ask_changes

approvals = Blueprint("approvals", __name__)

VIEWS = {"waiting": "Waiting for you", "answered": "Answered by you"}


@approvals.get("/approvals")
@permission("draft.review")
def index() -> ResponseReturnValue:
    """Drafts that wait, the oldest first; or those that were answered."""
    view = request.args.get("view", "waiting")
    if view not in VIEWS:
        view = "waiting"
    person = current_person()
    query = drafts_for(person.id, answered=view == "answered")
    page = paginate(db.session, query, request.args.get("page", 1, type=int))
    rulebook = shipped_rulebook()
    newest = {post.id: versions_seen(person, post)[-1] for post in page.rows}
    assessed = newest_of(db.session, [version.id for version in newest.values()])
    topics = {
        key: [category_title(rulebook, row.category) for row in one.categories]
        for key, one in assessed.items()
    }
    return render_template(
        "approvals/index.html",
        page=page,
        newest=newest,
        assessed=assessed,
        topics=topics,
        view=view,
        views=VIEWS,
        platforms=PLATFORMS,
        address=lambda number: url_for("approvals.index", view=view, page=number),
    )


@approvals.get("/approvals/<int:post_id>")
@permission("draft.review")
def show(post_id: int) -> ResponseReturnValue:
    """One draft, with what was found in it and the two answers there are."""
    person = current_person()
    post = draft_for(db.session, person, post_id)
    return _page(person, post, AnswerForm(formdata=None, version=post.version))


@approvals.post("/approvals/<int:post_id>/approve")
@permission("draft.review")
def approve(post_id: int) -> ResponseReturnValue:
    """Say that it may be posted."""
    person = current_person()
    post = draft_for(db.session, person, post_id)
    form = AnswerForm()
    if form.validate():
        try:
            approve_draft(
                db.session, person, post=post, version=form.version.data, comment=form.comment.words
            )
        except Invalid as error:
            blame(form, error)
        else:
            flash(f"You approved it, and {post.author.name} sees so.")
            return redirect(url_for("approvals.index"), 303)
    return _page(person, post, form), 422


@approvals.post("/approvals/<int:post_id>/changes")
@permission("draft.review")
def changes(post_id: int) -> ResponseReturnValue:
    """Ask for changes, in words that the author can use."""
    person = current_person()
    post = draft_for(db.session, person, post_id)
    form = AnswerForm()
    if form.validate():
        try:
            ask_changes(db.session, person, post=post, version=form.version.data, comment=form.comment.words)
        except Invalid as error:
            blame(form, error)
        else:
            flash(f"You asked for changes, and {post.author.name} sees your comment.")
            return redirect(url_for("approvals.index"), 303)
    return _page(person, post, form), 422


def _page(person: Person, post: Post, form: AnswerForm) -> str:
    versions = versions_seen(person, post)
    assessed = newest_of(db.session, [version.id for version in versions])
    explained = {key: explain_stored(one, shipped_rulebook()) for key, one in assessed.items()}
    waits = can_review(person, post) is None and post.draft_state == "awaiting_approval"
    return render_template(
        "approvals/show.html",
        post=post,
        versions=versions,
        approvals=[one for one in post.approvals if one.post_version in versions],
        explained=explained,
        form=form,
        waits=waits,
        platforms=PLATFORMS,
        audiences=AUDIENCES,
    )
