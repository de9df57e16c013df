"""Who may act in a case, and who may see it: the author's objection, its decision, and restriction to named people."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from governance.cases.objection.policy import may_decide_objection, open_objections
from governance.cases.objection.queries import open_to_objection
from governance.cases.restriction.queries import possible_names
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import chosen_person, done, find_for, page, said
from governance.web.forms.circle import DecideObjectionForm, LiftForm, ObjectForm, RestrictForm
from governance.workflow.decide_objection import decide_objection as decide_it
from governance.workflow.lift_restriction import lift_restriction as lift
from governance.workflow.object_to_reviewer import object_to_reviewer as object_to
from governance.workflow.restrict_case import restrict_case as restrict


@cases.route("/<reference>/object", methods=["GET", "POST"])
@permission("case.object", writes=True)
def object_to_reviewer(reference: str) -> ResponseReturnValue:
    """The author says why somebody should not act in the case."""
    case, person = find_for(reference, "object_to_reviewer"), current_person()
    form = ObjectForm(version=case.version)
    people = open_to_objection(db.session, case)
    form.offer(people)
    if done(
        form,
        lambda: object_to(
            db.session,
            person,
            case=case,
            version=form.version.data,
            person=chosen_person(form.person.data),
            reason=form.reason.data or "",
        ),
    ):
        return said("Your objection is kept. Somebody else decides it, and you can read why.", case)
    return page("cases/object_to_reviewer.html", case, form=form, people=people)


@cases.route("/<reference>/objection", methods=["GET", "POST"])
@permission("case.decide_objection", writes=True)
def decide_objection(reference: str) -> ResponseReturnValue:
    """HR, or the next up, decides the author's objection."""
    case, person = find_for(reference, "decide_objection"), current_person()
    form = DecideObjectionForm(version=case.version)
    waiting = [one for one in open_objections(case) if may_decide_objection(person, case, one) is None]
    form.offer(waiting)
    if done(
        form,
        lambda: decide_it(
            db.session,
            person,
            case=case,
            version=form.version.data,
            objection=next((one for one in waiting if str(one.id) == form.objection.data), None),
            upheld={"yes": True, "no": False}.get(form.upheld.data or ""),
            answer=form.answer.data or "",
        ),
    ):
        return said("The objection is decided, and the author can read why.", case)
    return page("cases/decide_objection.html", case, form=form, waiting=waiting)


@cases.route("/<reference>/restrict", methods=["GET", "POST"])
@permission("case.restrict", writes=True)
def restrict_case(reference: str) -> ResponseReturnValue:
    """Name who may see the case beside those who act in it."""
    case, person = find_for(reference, "restrict_case"), current_person()
    form = RestrictForm(version=case.version, people=[str(one.person_id) for one in case.named])
    people = [one for one in possible_names(db.session, case) if one.id != person.id]
    form.offer(people)
    chosen = set(form.people.data or ())
    if done(
        form,
        lambda: restrict(
            db.session,
            person,
            case=case,
            version=form.version.data,
            people=[one for one in people if str(one.id) in chosen],
            reason=form.reason.data or "",
        ),
    ):
        return said(f"{case.reference} is seen by those who act in it and the people you named.", case)
    return page("cases/restrict_case.html", case, form=form)


@cases.route("/<reference>/lift-restriction", methods=["GET", "POST"])
@permission("case.restrict", writes=True)
def lift_restriction(reference: str) -> ResponseReturnValue:
    """Let those whose role it is see the case again."""
    case, person = find_for(reference, "lift_restriction"), current_person()
    form = LiftForm(version=case.version)
    if done(
        form,
        lambda: lift(db.session, person, case=case, version=form.version.data, reason=form.reason.data or ""),
    ):
        return said(f"{case.reference} is open again to those whose role it is.", case)
    return page("cases/lift_restriction.html", case, form=form)
