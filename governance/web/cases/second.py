"""The second person: first unseen, then side by side."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from governance.cases.countersigning import awaited
from governance.cases.titles import OUTCOME_TITLES
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import done, find_for, page, said
from governance.web.forms.deciding import CountersignForm, SecondOpinionForm, outcome_hints
from governance.workflow.countersign import countersign as answer
from governance.workflow.write_second_opinion import write_second_opinion as write


@cases.route("/<reference>/second-opinion", methods=["GET", "POST"])
@permission("case.countersign", writes=True)
def write_second_opinion(reference: str) -> ResponseReturnValue:
    """What the second person would decide. Nothing of the decision is on this page."""
    case, person = find_for(reference, "write_second_opinion"), current_person()
    form = SecondOpinionForm(version=case.version)
    if done(
        form,
        lambda: write(
            db.session,
            person,
            case=case,
            version=form.version.data,
            outcome=form.outcome.data or "",
            reasons=form.reasons.data or "",
        ),
    ):
        if case.stage == "decision":
            return said(
                "You would decide otherwise. The case goes back, and your opinion is read beside it.", case
            )
        return said("You would decide the same. Now read the decision and its reasons, and compare.", case)
    return page("cases/write_second_opinion.html", case, form=form, hints=outcome_hints())


@cases.route("/<reference>/countersign", methods=["GET", "POST"])
@permission("case.countersign", writes=True)
def countersign(reference: str) -> ResponseReturnValue:
    """Both opinions side by side: the second person agrees, or differs."""
    case, person = find_for(reference, "countersign"), current_person()
    asked = awaited(case)
    form = CountersignForm(version=case.version)
    form.agrees.choices = [
        ("yes", f"Yes: give it to {case.subject.name}"),
        (
            "no",
            "No: back to whoever decided"
            if asked and asked.blind
            else "No: a third person chooses between us",
        ),
    ]
    if done(
        form,
        lambda: answer(
            db.session,
            person,
            case=case,
            version=form.version.data,
            agrees=form.answer,
            comment=form.comment.data or "",
            outcome=form.outcome.data or "",
        ),
    ):
        if case.stage == "issued":
            return said(f"Two people stand behind it. {case.subject.name} can read it now.", case)
        return said("The case goes back, and what you wrote is read beside it.", case)
    return page(
        "cases/countersign.html", case, form=form, asked=asked, outcomes=OUTCOME_TITLES, hints=outcome_hints()
    )
