"""What the speak-up guardian does with a case that is held."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import done, find_for, page, said
from governance.web.forms.cases import AnswerConcernForm, ReleaseForm
from governance.workflow.answer_concern import answer_concern as answer
from governance.workflow.release_from_hold import release_from_hold as release


@cases.route("/<reference>/concern", methods=["GET", "POST"])
@permission("case.guard", writes=True)
def answer_concern(reference: str) -> ResponseReturnValue:
    """The concern is answered, and the case closed with no action on the author."""
    case, person = find_for(reference, "answer_concern"), current_person()
    form = AnswerConcernForm(version=case.version)
    if done(
        form,
        lambda: answer(
            db.session,
            person,
            case=case,
            version=form.version.data,
            concern=form.concern.data or "",
            answer=form.answer.data or "",
        ),
    ):
        return said(
            f"{case.reference} is closed with no action. {case.subject.name} can read your answer.", case
        )
    return page("cases/answer_concern.html", case, form=form)


@cases.route("/<reference>/release", methods=["GET", "POST"])
@permission("case.guard", writes=True)
def release_from_hold(reference: str) -> ResponseReturnValue:
    """The concern is split off, and the rest released to a first look."""
    case, person = find_for(reference, "release_from_hold"), current_person()
    form = ReleaseForm(version=case.version)
    if done(
        form,
        lambda: release(
            db.session,
            person,
            case=case,
            version=form.version.data,
            concern=form.concern.data or "",
            reason=form.reason.data or "",
        ),
    ):
        return said(f"{case.reference} is released to a first look. The concern stays with you.", case)
    return page("cases/release_from_hold.html", case, form=form)
