"""Concerns that were raised: a guardian's own pages, and the page of whoever raised one. Nobody else sees any of it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from governance.cases.sight import can_see as can_see_case
from governance.concerns.happenings import KIND_TITLES
from governance.concerns.models import Concern
from governance.concerns.policy import can_follow, has_raised, what_is_missing
from governance.concerns.queries import concern_for, followed_by
from governance.concerns.retaliation import FEWEST, RELATIONS, WINDOW
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel import clock
from governance.kernel.errors import Invalid, Refused
from governance.kernel.paging import paginate
from governance.people.models import Person
from governance.web.forms.concerns import CloseForm, FollowForm, RecordForm, TouchedForm, people_choices
from governance.web.nhs import blame
from governance.workflow.check_concern import check_concern
from governance.workflow.close_concern import close_concern
from governance.workflow.follow_concern import follow_concern
from governance.workflow.name_touched import name_touched
from governance.workflow.record_concern import record_concern

concerns = Blueprint("concerns", __name__, url_prefix="/concerns")

STEP_TITLES = {
    "passed_on": "Passed on",
    "done": "Done",
    "told": "The person was told",
    "note": "Note for guardians",
    "closed": "Closed",
}
RELATION_TITLES = {
    "touched": "People whom the concern touches",
    "under_touched": "People who answer to them",
    "others": "Other people",
    "nobody": "Nobody: the check of a post",
}


@concerns.get("/")
@permission("concern.follow")
def index() -> ResponseReturnValue:
    """The concerns that this guardian may follow."""
    closed = request.args.get("closed") == "yes"
    query = followed_by(current_person(), closed=closed)
    page = paginate(db.session, query, request.args.get("page", 1, type=int))
    kept = "yes" if closed else None
    return render_template(
        "concerns/index.html",
        page=page,
        closed=closed,
        missing=what_is_missing,
        address=lambda number: url_for("concerns.index", closed=kept, page=number),
    )


@concerns.route("/new", methods=["GET", "POST"])
@permission("concern.follow")
def record() -> ResponseReturnValue:
    """Write down a concern that was raised with a guardian in person."""
    person, form = current_person(), RecordForm()
    form.raised_by.choices = people_choices(_everybody(leaving_out={person.id}))
    made: list[Concern] = []
    if _sent(form, lambda: made.append(_record(person, form))):
        flash(f"{made[0].reference} is written down. Only guardians and the person who raised it see it.")
        return redirect(url_for("concerns.show", concern_id=made[0].id), 303)
    today = clock.local_date(clock.now()).isoformat()
    return render_template("concerns/record.html", form=form, today=today), _status()


def _record(person: Person, form: RecordForm) -> Concern:
    return record_concern(
        db.session,
        person,
        raised_by=_chosen(form.raised_by.data),
        raised_at=form.moment(),
        about=form.about.data or "",
    )


@concerns.get("/<int:concern_id>")
@permission("concern.see")
def show(concern_id: int) -> ResponseReturnValue:
    """One concern: what it is about, whom it was passed to, what was done, and whether the person was told."""
    person = current_person()
    concern = concern_for(db.session, person, concern_id)
    own = has_raised(person, concern)
    return render_template(
        "concerns/show.html",
        concern=concern,
        own=own,
        steps=[step for step in concern.steps if not own or step.kind != "note"],
        step_titles=STEP_TITLES,
        missing=what_is_missing(concern),
        case=concern.case if concern.case and can_see_case(person, concern.case) else None,
    )


@concerns.route("/<int:concern_id>/step", methods=["GET", "POST"])
@permission("concern.follow")
def follow(concern_id: int) -> ResponseReturnValue:
    """Note a step."""
    person, concern = current_person(), _to_follow(concern_id)
    form = FollowForm(version=concern.version)

    def note() -> None:
        follow_concern(
            db.session,
            person,
            concern=concern,
            version=form.version.data,
            kind=form.kind.data or "",
            words=form.words.data or "",
            to_whom=form.to_whom.data or "",
        )

    if _sent(form, note):
        flash("Your step is noted.")
        return _to(concern)
    return render_template("concerns/follow.html", concern=concern, form=form), _status()


@concerns.route("/<int:concern_id>/people", methods=["GET", "POST"])
@permission("concern.follow")
def touched(concern_id: int) -> ResponseReturnValue:
    """Name somebody whom the concern touches."""
    person, concern = current_person(), _to_follow(concern_id)
    form = TouchedForm(version=concern.version)
    out = {person.id, concern.raised_by_id, *(one.person_id for one in concern.touched)}
    form.person.choices = people_choices(_everybody(leaving_out=out))

    def name() -> None:
        name_touched(
            db.session,
            person,
            concern=concern,
            version=form.version.data,
            person=_chosen(form.person.data),
            why=form.why.data or "",
        )

    if _sent(form, name):
        flash("Named. What they do about the person who raised it is counted apart in the check.")
        return _to(concern)
    return render_template("concerns/touched.html", concern=concern, form=form), _status()


@concerns.route("/<int:concern_id>/close", methods=["GET", "POST"])
@permission("concern.follow")
def close(concern_id: int) -> ResponseReturnValue:
    """Close it, once something was done and the person was told."""
    person, concern = current_person(), _to_follow(concern_id)
    form = CloseForm(version=concern.version)

    def shut() -> None:
        close_concern(
            db.session, person, concern=concern, version=form.version.data, words=form.words.data or ""
        )

    if _sent(form, shut):
        flash(f"{concern.reference} is closed. {concern.raised_by.name} can read how it ended.")
        return _to(concern)
    missing = what_is_missing(concern)
    return render_template("concerns/close.html", concern=concern, form=form, missing=missing), _status()


@concerns.get("/<int:concern_id>/check")
@permission("concern.follow", writes=True)
def check(concern_id: int) -> ResponseReturnValue:
    """Whether things began to happen to the person after they spoke up, and by whom."""
    person, concern = current_person(), _to_follow(concern_id)
    made = check_concern(db.session, person, concern=concern)
    by = {one.by_id for one, _ in made.after if one.by_id is not None}
    names = {one.id: one.name for one in db.session.scalars(select(Person).where(Person.id.in_(by)))}
    return render_template(
        "concerns/check.html",
        concern=concern,
        made=made,
        names=names,
        kinds=KIND_TITLES,
        relations=[(name, RELATION_TITLES[name], made.by_relation[name]) for name in RELATIONS],
        relation_titles=RELATION_TITLES,
        fewest=FEWEST,
        days=(made.until - made.since).days,
        window=WINDOW.days,
    )


def _to_follow(concern_id: int) -> Concern:
    """A concern that this guardian may follow. Raises Missing, or Refused where they raised it."""
    concern = concern_for(db.session, current_person(), concern_id)
    if reason := can_follow(current_person(), concern):
        raise Refused(reason)
    return concern


def _sent(form: FlaskForm, act: Callable[[], object]) -> bool:
    """Whether the form was sent and `act` did it. An input to mend is shown at its field."""
    if not form.is_submitted() or not form.validate():
        return False
    try:
        act()
    except Invalid as error:
        blame(form, error)
        return False
    return True


def _everybody(leaving_out: set[int]) -> list[Person]:
    query = select(Person).where(Person.active, Person.id.not_in(leaving_out))
    return list(
        db.session.scalars(query.options(joinedload(Person.department)).order_by(Person.name, Person.id))
    )


def _chosen(value: str | None) -> Person | None:
    if value is None or not value.isdecimal() or len(value) > 9:
        return None
    return db.session.scalar(select(Person).where(Person.id == int(value), Person.active))


def _to(concern: Concern) -> ResponseReturnValue:
    return redirect(url_for("concerns.show", concern_id=concern.id), 303)


def _status() -> int:
    """422 where a form was sent and is shown again."""
    return 422 if request.method == "POST" else 200
