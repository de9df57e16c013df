"""Letters of the demo: filled from the case by their templates, with the open places filled in as a person would."""

from __future__ import annotations

from governance.cases.models import Case
from governance.cli.seeding.cast import Cast
from governance.letters.policy import can_send
from governance.letters.templates import LEFT_OPEN
from governance.people.models import Person
from governance.workflow.send_letter import draft_of, send_letter

NEXT = "Nothing else is asked of you now. I will find a time with you to talk it through, if you would like that."
"""What the demo's deciders write where a letter asks what happens next."""


def write_letter(cast: Cast, case: Case, sender: Person, kind: str) -> None:
    """Send one letter, where the case allows it."""
    if can_send(sender, case, kind) is not None:
        cast.fall_short("letter that its case does not allow", f"{case.reference}: {kind}")
        return
    draft = draft_of(case, cast.rulebook, kind=kind, sender=sender)
    send_letter(
        cast.session,
        sender,
        case=case,
        version=case.version,
        kind=kind,
        heading=draft.heading,
        body=LEFT_OPEN.sub(NEXT, draft.body),
        rulebook=cast.rulebook,
    )
    cast.counts["letters"] += 1
