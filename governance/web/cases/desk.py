"""What is done with a case on one's desk: taking it up, putting it aside, asking a colleague."""

from __future__ import annotations

from flask import current_app
from flask.typing import ResponseReturnValue

from governance.cases.candidates import possible_helpers
from governance.cases.desk.asked import open_help
from governance.cases.desk.policy import claims_as, deferral_of, last_day_aside
from governance.cases.titles import OPINION_TITLES
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel import clock
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import chosen_person, done, find_for, page, said
from governance.web.forms.desk import (
    AnswerHelpForm,
    AskHelpForm,
    ClaimForm,
    DeferForm,
    PutBackForm,
    TakeUpForm,
)
from governance.workflow.answer_help import answer_help as give_answer
from governance.workflow.ask_help import ask_help as ask_for_help
from governance.workflow.claim import claim as take
from governance.workflow.defer import defer as put_aside
from governance.workflow.put_back import put_back as give_back
from governance.workflow.take_up import take_up as bring_back


@cases.route("/<reference>/claim", methods=["GET", "POST"])
@permission("case.recuse", writes=True)
def claim(reference: str) -> ResponseReturnValue:
    """Take the case up, so that nobody else begins with it."""
    case, person = find_for(reference, "claim"), current_person()
    form, hours = ClaimForm(version=case.version), current_app.config["SETTINGS"].claim_hours
    if done(form, lambda: take(db.session, person, case=case, version=form.version.data, hours=hours)):
        return said(f"You have taken up {case.reference}. Others see that, for {hours} hours.", case)
    return page(
        "cases/claim.html",
        case,
        form=form,
        hours=hours,
        kind=OPINION_TITLES.get(claims_as(person, case) or ""),
        takes_over=case.stage in ("held", "triage") and case.holder_id != person.id,
    )


@cases.route("/<reference>/put-back", methods=["GET", "POST"])
@permission("case.recuse", writes=True)
def put_back(reference: str) -> ResponseReturnValue:
    """Put it back for others."""
    case, person = find_for(reference, "put_back"), current_person()
    form = PutBackForm(version=case.version)
    if done(form, lambda: give_back(db.session, person, case=case, version=form.version.data)):
        return said(f"You put back {case.reference}. Others may take it up.", case)
    return page("cases/put_back.html", case, form=form)


@cases.route("/<reference>/aside", methods=["GET", "POST"])
@permission("case.recuse", writes=True)
def defer(reference: str) -> ResponseReturnValue:
    """Put it aside until a date."""
    case, person = find_for(reference, "defer"), current_person()
    form = DeferForm(version=case.version)
    if done(
        form,
        lambda: put_aside(
            db.session,
            person,
            case=case,
            version=form.version.data,
            until=form.until.day(),
            reason=form.reason.data or "",
        ),
    ):
        return said(f"{case.reference} is put aside until {form.until.data}.", case)
    return page(
        "cases/defer.html", case, form=form, last=last_day_aside(case), today=clock.local_date(clock.now())
    )


@cases.route("/<reference>/take-up", methods=["GET", "POST"])
@permission("case.recuse", writes=True)
def take_up(reference: str) -> ResponseReturnValue:
    """Bring back what was put aside."""
    case, person = find_for(reference, "take_up"), current_person()
    form = TakeUpForm(version=case.version)
    if done(form, lambda: bring_back(db.session, person, case=case, version=form.version.data)):
        return said(f"{case.reference} is back in the lists.", case)
    return page("cases/take_up.html", case, form=form, aside=deferral_of(case))


@cases.route("/<reference>/ask", methods=["GET", "POST"])
@permission("case.recuse", writes=True)
def ask_help(reference: str) -> ResponseReturnValue:
    """Ask a colleague a question."""
    case, person = find_for(reference, "ask_help"), current_person()
    form = AskHelpForm(version=case.version)
    form.offer(possible_helpers(db.session, case, person))
    asked = chosen_person(form.asked.data)
    if done(
        form,
        lambda: ask_for_help(
            db.session,
            person,
            case=case,
            version=form.version.data,
            asked=asked,
            question=form.question.data or "",
        ),
    ):
        return said(f"{asked.name if asked else 'They'} can see {case.reference} until they answer.", case)
    return page("cases/ask_help.html", case, form=form)


@cases.route("/<reference>/asked", methods=["GET", "POST"])
@permission("case.recuse", writes=True)
def answer_help(reference: str) -> ResponseReturnValue:
    """Answer the question one was asked."""
    case, person = find_for(reference, "answer_help"), current_person()
    form = AnswerHelpForm(version=case.version)
    if done(
        form,
        lambda: give_answer(
            db.session, person, case=case, version=form.version.data, answer=form.answer.data or ""
        ),
    ):
        return said(f"Your answer stands in {case.reference}. Thank you.", case)
    questions = [one for one in open_help(case) if one.asked_id == person.id]
    return page("cases/answer_help.html", case, form=form, questions=questions)
