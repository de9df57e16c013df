"""Stepping back, and handing over."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from governance.cases.candidates import (
    possible_deciders,
    possible_hearers,
    possible_holders,
    possible_seconds,
)
from governance.cases.models import Case
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.people.models import Person
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import chosen_person, done, find_for, page, said
from governance.web.forms.cases import HandOverForm, RecuseForm
from governance.workflow.hand_over import hand_over as give_to
from governance.workflow.hand_over import handed_parts
from governance.workflow.recuse import recuse as step_back


@cases.route("/<reference>/step-back", methods=["GET", "POST"])
@permission("case.recuse", writes=True)
def recuse(reference: str) -> ResponseReturnValue:
    """Declare a conflict of interest."""
    case, person = find_for(reference, "recuse"), current_person()
    form = RecuseForm(version=case.version)
    if done(
        form,
        lambda: step_back(
            db.session, person, case=case, version=form.version.data, reason=form.reason.data or ""
        ),
    ):
        return said(f"You stepped back from {case.reference}. It has gone to the next person.", case)
    return page("cases/recuse.html", case, form=form, holds=case.holder_id == person.id)


@cases.route("/<reference>/hand-over", methods=["GET", "POST"])
@permission("case.recuse", writes=True)
def hand_over(reference: str) -> ResponseReturnValue:
    """Give the case, or its decision, to a named person."""
    case, person = find_for(reference, "hand_over"), current_person()
    form = HandOverForm(version=case.version)
    parts = handed_parts(case)
    form.offer(_could_take(case, parts), parts)
    to = chosen_person(form.to.data)
    if done(
        form,
        lambda: give_to(
            db.session,
            person,
            case=case,
            version=form.version.data,
            part=form.part.data or "",
            to=to,
            reason=form.reason.data or "",
        ),
    ):
        return said(f"{case.reference}: handed to {to.name if to else 'the person you chose'}.", case)
    return page("cases/hand_over.html", case, form=form)


def _could_take(case: Case, parts: tuple[str, ...]) -> list[Person]:
    """Who could take any of `parts`, each once."""
    could = {
        "holder": possible_holders,
        "decider": possible_deciders,
        "second": possible_seconds,
        "hearer": possible_hearers,
    }
    people = {one.id: one for part in parts for one in could[part](db.session, case)}
    return list(people.values())
