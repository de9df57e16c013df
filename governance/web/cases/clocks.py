"""Letting the clock of a stage stand still, and go on; and what the side of the case page tells of clocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask.typing import ResponseReturnValue

from governance.cases.clocks.queries import stage_clocks
from governance.cases.clocks.words import left
from governance.cases.models import Case
from governance.cases.titles import STAGE_TITLES
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.people.models import Person
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import done, find_for, page, said
from governance.web.forms.tasks import PauseClockForm
from governance.workflow.pause_clock import pause_clock as let_stand
from governance.workflow.resume_clock import resume_clock as let_go_on


@cases.route("/<reference>/pause", methods=["GET", "POST"])
@permission("case.pause", writes=True)
def pause_clock(reference: str) -> ResponseReturnValue:
    """Nothing is spent until it goes on."""
    case, person = find_for(reference, "pause_clock"), current_person()
    form = PauseClockForm(version=case.version)
    if done(
        form,
        lambda: let_stand(
            db.session, person, case=case, version=form.version.data, reason=form.reason.data or ""
        ),
    ):
        return said("The clock stands still. Let it go on as soon as you can.", case)
    return page("cases/pause_clock.html", case, form=form)


@cases.route("/<reference>/resume", methods=["GET", "POST"])
@permission("case.pause", writes=True)
def resume_clock(reference: str) -> ResponseReturnValue:
    """It goes on with as much as was left."""
    case, person = find_for(reference, "resume_clock"), current_person()
    form = PauseClockForm(version=case.version)
    if done(
        form,
        lambda: let_go_on(
            db.session, person, case=case, version=form.version.data, reason=form.reason.data or ""
        ),
    ):
        return said("The clock goes on with what was left.", case)
    return page("cases/resume_clock.html", case, form=form)


def clocks(person: Person, case: Case) -> Mapping[str, Any]:
    """How long each stage took, the one where the case stands last; a time with the guardian only to those who may know."""
    told = [
        (STAGE_TITLES[one.stage], one, left(one))
        for one in stage_clocks(db.session, person, case)
        if one.stage
    ]
    return {"clocks": told}
