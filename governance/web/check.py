"""Check a post before it is out. Private: nothing is stored, nobody else sees it, and the words are not logged."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel import clock
from governance.people.models import Person
from governance.posts.described import describe
from governance.posts.queries import recent_posts
from governance.rulebooks.in_use import rulebook_in_use
from governance.scoring.answer import Scoring
from governance.scoring.engine import score
from governance.web.explanation import Explanation, explain
from governance.web.forms.check import CheckForm
from governance.web.rewording import reworded

check = Blueprint("check", __name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the check says. `said` tells what a button did to the words; `before` are the words before it."""

    explanation: Explanation
    said: str | None
    before: str | None


@check.route("/check", methods=["GET", "POST"])
@permission("draft.check", writes=False)
def show() -> ResponseReturnValue:
    """The form; after it was sent, the answer beside it."""
    form = CheckForm()
    answer = None
    status = 200
    if request.method == "POST":
        if form.validate():
            answer = _answered(form, current_person())
        else:
            status = 422
    return render_template("check/show.html", form=form, answer=answer), status


def _answered(form: CheckForm, person: Person) -> Answer:
    """Score the words that were sent, after the change that a button asks for."""
    rulebook = rulebook_in_use(db.session)
    said = before = None
    if "put_back" in request.form and form.before.data:
        form.text.data, said = form.before.data, "Your own words are back."
    scoring = _scored(form, person)
    if "use" in request.form:
        changed = _use(form.text.words, scoring, request.form["use"])
        if changed is None:
            said = "Those words are no longer in your text, so nothing was replaced."
        else:
            before, form.text.data = form.text.data, changed
            said = "The safer wording is in your text, and it was checked again."
            scoring = _scored(form, person)
    form.before.data = before or ""
    return Answer(explain(form.text.words, scoring, rulebook), said, before)


def _scored(form: CheckForm, person: Person) -> Scoring:
    now = clock.now()
    post = describe(
        person,
        form.text.words,
        platform=form.platform.data or None,
        audience=form.audience.data or None,
        in_reply_to=form.in_reply_to.data,
        attachments_text=form.attachments_text.data,
        posted_at=now,
        recent=recent_posts(db.session, person.id, now),
    )
    return score(post, rulebook_in_use(db.session))


def _use(text: str, scoring: Scoring, rule: str) -> str | None:
    """`text` with the safer wording of `rule`; None where that rule says nothing of it now."""
    for finding in scoring.findings:
        if finding.rule == rule:
            return reworded(text, finding)
    return None
