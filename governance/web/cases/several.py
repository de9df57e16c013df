"""One thing for several cases: take them up, hand them over, put them aside, join them. Never an outcome."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from governance.cases.candidates import possible_holders
from governance.cases.models import Case
from governance.cases.queries import by_reference
from governance.cases.sight import can_see
from governance.cases.titles import STAGE_TITLES
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.people.models import Person
from governance.web.cases.blueprint import cases
from governance.web.cases.queue import gist
from governance.web.cases.reading import chosen_person
from governance.web.forms.cases import choices_of
from governance.web.forms.desk import SeveralForm
from governance.web.nhs import blame
from governance.workflow.claim import claim
from governance.workflow.defer import defer
from governance.workflow.each import MOST, Told, each
from governance.workflow.hand_over import hand_over
from governance.workflow.join import join

ACTS = {
    "claim": "Take up these cases",
    "assign": "Hand these cases to somebody",
    "defer": "Put these cases aside",
    "join": "Join these cases",
}
Chosen = list[tuple[Case, int | None]]


@cases.route("/several", methods=["GET", "POST"])
@permission("case.queue", writes=True)
def several() -> ResponseReturnValue:
    """The cases that were ticked in the queue, and what to do with all of them."""
    person, chosen = current_person(), _chosen()
    form = SeveralForm(act=request.values.get("act"))
    if form.act.data not in ACTS:
        form.act.data = "claim"
    _offer(form, [case for case, _ in chosen])
    told = _done(form, person, chosen)
    answer = render_template(
        "cases/several.html",
        form=form,
        act=form.act.data,
        title=ACTS[form.act.data],
        chosen=chosen,
        told=told,
        gist=gist,
        stage_titles=STAGE_TITLES,
        most=MOST,
        hours=current_app.config["SETTINGS"].claim_hours,
    )
    return answer, 422 if request.method == "POST" and told is None else 200


def _chosen() -> Chosen:
    """The cases that the address or the form names, each at the version that its page showed; only what one may see."""
    found: dict[int, tuple[Case, int | None]] = {}
    for value in request.values.getlist("case")[:MOST]:
        reference, _, version = value.partition(":")
        case = by_reference(db.session, reference)
        if case is not None and can_see(current_person(), case) and case.subject_id != current_person().id:
            shown = int(version) if version.isdecimal() and len(version) < 9 else None
            found[case.id] = (case, shown if request.method == "POST" else case.version)
    return list(found.values())


def _offer(form: SeveralForm, chosen: list[Case]) -> None:
    people: dict[int, Person] = {}
    if form.act.data == "assign":
        people = {one.id: one for case in chosen for one in possible_holders(db.session, case)}
    form.to.choices = choices_of(sorted(people.values(), key=lambda one: one.name))
    form.into.choices = [("", "Choose a case")] + [
        (
            case.reference,
            f"{case.reference} ({case.severity}), opened {clock.local_date(case.opened_at):%-d %B}",
        )
        for case in sorted(chosen, key=lambda one: one.id)
    ]


def _done(form: SeveralForm, person: Person, chosen: Chosen) -> list[Told] | None:
    """What came of it in each case; None where the form was not sent, or has to be mended."""
    if not form.validate_on_submit() or not chosen:
        return None
    try:
        act = _act(form, person, [case for case, _ in chosen])
    except Invalid as error:
        blame(form, error)
        return None
    into = form.into.data if form.act.data == "join" else None
    return each(db.session, [one for one in chosen if one[0].reference != into], act)


def _act(form: SeveralForm, person: Person, chosen: list[Case]) -> Callable[[Case, int | None], object]:
    """What is done to each. Raises Invalid where what all of them need is missing."""
    reason = (form.reason.data or "").strip()
    if form.act.data == "claim":
        hours = current_app.config["SETTINGS"].claim_hours
        return lambda case, version: claim(db.session, person, case=case, version=version, hours=hours)
    if not reason:
        raise Invalid("Enter your reason.", "reason")
    if form.act.data == "defer":
        until = form.until.day()
        return lambda case, version: defer(
            db.session, person, case=case, version=version, until=until, reason=reason
        )
    if form.act.data == "join":
        into = next((case for case in chosen if case.reference == form.into.data), None)
        if into is None or len(chosen) < 2:
            raise Invalid("Choose at least two cases, and which of them goes on.", "into")
        return lambda case, version: join(
            db.session, person, case=case, version=version, into=into, reason=reason
        )
    to = chosen_person(form.to.data)
    if to is None:
        raise Invalid("Choose the person.", "to")
    return lambda case, version: hand_over(
        db.session, person, case=case, version=version, part="holder", to=to, reason=reason
    )
