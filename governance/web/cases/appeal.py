"""Appeals: made, answered, heard."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from governance.cases.appealing import APPEAL_WORKING_DAYS, last_day, variations
from governance.cases.candidates import possible_hearers
from governance.cases.titles import OUTCOME_TITLES, PROPORTIONALITY
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import chosen_person, done, find_for, page, said
from governance.web.forms.deciding import (
    AnswerAppealForm,
    AppealForm,
    HearAppealForm,
    NameHearerForm,
    WeighedAppealForm,
    outcome_hints,
)
from governance.workflow.answer_appeal import answer_appeal as answer
from governance.workflow.appeal import appeal as make
from governance.workflow.hear_appeal import hear_appeal as hear
from governance.workflow.name_hearer import name_hearer as name


@cases.route("/<reference>/appeal", methods=["GET", "POST"])
@permission("case.appeal", writes=True)
def appeal(reference: str) -> ResponseReturnValue:
    """The author says why the decision is wrong."""
    case, person = find_for(reference, "appeal"), current_person()
    form = AppealForm(version=case.version)
    if done(
        form,
        lambda: make(
            db.session,
            person,
            case=case,
            version=form.version.data,
            grounds=form.grounds.data or "",
            companion=form.companion.data or "",
        ),
    ):
        return said(
            "Your appeal is kept as you wrote it. Somebody who had no part in the case hears it.", case
        )
    return page(
        "cases/appeal.html",
        case,
        form=form,
        outcomes=OUTCOME_TITLES,
        last_day=last_day(case),
        appeal_days=APPEAL_WORKING_DAYS,
    )


@cases.route("/<reference>/appeal/answer", methods=["GET", "POST"])
@permission("case.decide", writes=True)
def answer_appeal(reference: str) -> ResponseReturnValue:
    """Whoever made the decision says something to it."""
    case, person = find_for(reference, "answer_appeal"), current_person()
    form = AnswerAppealForm(version=case.version)
    if done(
        form,
        lambda: answer(
            db.session, person, case=case, version=form.version.data, answer=form.answer.data or ""
        ),
    ):
        return said("Your answer is kept. The author reads it, and so does whoever hears the appeal.", case)
    return page("cases/answer_appeal.html", case, form=form)


@cases.route("/<reference>/appeal/hearing", methods=["GET", "POST"])
@permission("case.hear_appeal", writes=True)
def hear_appeal(reference: str) -> ResponseReturnValue:
    """Somebody new decides whether the decision stands."""
    case, person = find_for(reference, "hear_appeal"), current_person()
    guarded = bool(case.guards)
    form = WeighedAppealForm(version=case.version) if guarded else HearAppealForm(version=case.version)
    form.offer(variations(case))
    if done(
        form,
        lambda: hear(
            db.session,
            person,
            case=case,
            version=form.version.data,
            result=form.result.data or "",
            reasons=form.reasons.data or "",
            outcome=form.outcome.data or "",
            conditions=form.conditions.data or "",
            proportionality=form.weighed if isinstance(form, WeighedAppealForm) else None,
        ),
    ):
        return said(f"The appeal is decided. {case.subject.name} can read it with your reasons.", case)
    return page(
        "cases/hear_appeal.html",
        case,
        form=form,
        guarded=guarded,
        questions=list(PROPORTIONALITY),
        outcomes=OUTCOME_TITLES,
        hints=outcome_hints(),
    )


@cases.route("/<reference>/appeal/hearer", methods=["GET", "POST"])
@permission("case.recuse", writes=True)
def name_hearer(reference: str) -> ResponseReturnValue:
    """Naming who hears an appeal that nobody could hear when it was made."""
    case, person = find_for(reference, "name_hearer"), current_person()
    form = NameHearerForm(version=case.version)
    people = possible_hearers(db.session, case)
    form.offer(people)
    to = chosen_person(form.to.data)
    if done(form, lambda: name(db.session, person, case=case, version=form.version.data, to=to)):
        return said(f"{to.name if to else 'The person you chose'} hears the appeal.", case)
    return page("cases/name_hearer.html", case, form=form, people=people)
