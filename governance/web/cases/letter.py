"""Writing a letter in a case: choosing which, then reading and changing it before it is sent."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from governance.cases.models import Case
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.guidance.loader import shipped_rulebook
from governance.kernel.errors import Missing, Refused
from governance.letters.models import LETTER_KINDS, Letter
from governance.letters.policy import can_send, can_send_any, offered, recipient_of
from governance.letters.templates import letter_templates
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import done, find, page, said
from governance.web.forms.letters import LetterForm
from governance.workflow.send_letter import draft_of
from governance.workflow.send_letter import send_letter as send


@cases.get("/<reference>/letters")
@permission("letter.send")
def choose_letter(reference: str) -> ResponseReturnValue:
    """Which letters can be written now, and why the others cannot."""
    case, person = find(reference), current_person()
    if reason := can_send_any(person, case):
        raise Refused(reason)
    templates, now = letter_templates(), offered(person, case)
    return render_template(
        "cases/choose_letter.html",
        case=case,
        offered=[(templates[kind], recipient_of(case, kind)) for kind in now],
        others=[(templates[kind], can_send(person, case, kind)) for kind in LETTER_KINDS if kind not in now],
    )


@cases.route("/<reference>/letters/<kind>", methods=["GET", "POST"])
@permission("letter.send", writes=True)
def send_letter(reference: str, kind: str) -> ResponseReturnValue:
    """One letter: filled in, changed by its writer, and sent as it stands."""
    if kind not in LETTER_KINDS:
        raise Missing("There is no letter of that kind.")
    case, person = find(reference), current_person()
    form = LetterForm(version=case.version)
    if not form.is_submitted():
        if reason := can_send(person, case, kind):
            raise Refused(reason)
        draft = draft_of(case, shipped_rulebook(), kind=kind, sender=person)
        form.heading.data, form.body.data = draft.heading, draft.body
    recipient = recipient_of(case, kind)
    if recipient is None:
        raise Missing("There is nobody in this case whom this letter could go to.")
    if done(form, lambda: _send(case, kind, form)):
        return said(f"The letter is sent. {recipient.name} can read it in Probity.", case)
    return page(
        "cases/send_letter.html", case, form=form, title=letter_templates()[kind].title, recipient=recipient
    )


def _send(case: Case, kind: str, form: LetterForm) -> Letter:
    return send(
        db.session,
        current_person(),
        case=case,
        version=form.version.data,
        kind=kind,
        heading=form.heading.data or "",
        body=form.body.data or "",
        rulebook=shipped_rulebook(),
    )
