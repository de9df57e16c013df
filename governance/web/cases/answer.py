"""The author's answer, and going on without one."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from governance.cases.clocks.words import reply_by
from governance.cases.sight import may_see_opinion
from governance.cases.standing import KIND_ROLES
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.people.roles import ROLE_TITLES
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import done, find_for, page, said
from governance.web.forms.cases import EndReplyTimeForm, ReplyForm
from governance.workflow.end_reply_time import end_reply_time as go_on
from governance.workflow.reply import reply as answer


@cases.route("/<reference>/answer", methods=["GET", "POST"])
@permission("case.reply", writes=True)
def reply(reference: str) -> ResponseReturnValue:
    """The author reads what was found, and answers."""
    case, person = find_for(reference, "reply"), current_person()
    form = ReplyForm(version=case.version)
    if done(
        form,
        lambda: answer(
            db.session,
            person,
            case=case,
            version=form.version.data,
            text=form.text.data or "",
            companion=form.companion.data or "",
        ),
    ):
        return said("Your answer is kept as you wrote it. Whoever decides reads it first.", case)
    return page(
        "cases/reply.html",
        case,
        form=form,
        opinions=[
            (ROLE_TITLES[KIND_ROLES[one.kind]], one)
            for one in case.opinions
            if may_see_opinion(person, case, one)
        ],
        reply_by=reply_by(case) if case.stage == "reply" else None,
    )


@cases.route("/<reference>/no-answer", methods=["GET", "POST"])
@permission("case.decide", writes=True)
def end_reply_time(reference: str) -> ResponseReturnValue:
    """The decider goes on, once the time to answer has run out."""
    case, person = find_for(reference, "end_reply_time"), current_person()
    form = EndReplyTimeForm(version=case.version)
    if done(
        form,
        lambda: go_on(
            db.session, person, case=case, version=form.version.data, reason=form.reason.data or ""
        ),
    ):
        return said("The case is ready for your decision. The author may still answer until then.", case)
    return page("cases/end_reply_time.html", case, form=form, reply_by=reply_by(case))
