"""Writing an opinion."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from governance.cases.models import OPINION_KINDS
from governance.cases.policy import can_give_opinion
from governance.cases.sources import sources_of
from governance.cases.titles import JUST_CULTURE, OPINION_TITLES
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel.errors import Missing, Refused
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import done, find_for, page, said
from governance.web.forms.cases import OpinionForm
from governance.workflow.give_opinion import give_opinion as write_opinion


@cases.route("/<reference>/opinions/<kind>", methods=["GET", "POST"])
@permission("case.give_opinion", writes=True)
def give_opinion(reference: str, kind: str) -> ResponseReturnValue:
    """One opinion of those that were asked for, written unseen by the others."""
    if kind not in OPINION_KINDS:
        raise Missing("There is no opinion of that kind.")
    case, person = find_for(reference, "give_opinion"), current_person()
    if request.method == "GET" and (reason := can_give_opinion(person, case, kind)):
        raise Refused(reason)
    form = OpinionForm(version=case.version)
    form.offer(sources_of(case))
    if done(
        form,
        lambda: write_opinion(
            db.session,
            person,
            case=case,
            version=form.version.data,
            kind=kind,
            seriousness=form.seriousness.data or "",
            findings=form.findings.data or "",
            mitigation=form.mitigation.data or "",
            sources=form.named,
            just_culture=form.just_culture,
        ),
    ):
        return said(
            "Your opinion is written. The author reads it, without your name, before answering.", case
        )
    return page(
        "cases/give_opinion.html", case, form=form, title=OPINION_TITLES[kind], questions=list(JUST_CULTURE)
    )
