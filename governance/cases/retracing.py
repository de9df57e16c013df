"""Going back: taking back one's own last act, and reopening a closed case. Pure."""

from __future__ import annotations

from governance.cases.models import Case, CaseEvent
from governance.cases.policy import stands_in
from governance.cases.standing import kept_out
from governance.people.models import Person

UNDOABLE = ("triage", "decide", "close_case", "end_reply_time")
"""The verbs whose effect can be taken back, as long as it touched nobody else."""


def last_act(case: Case) -> CaseEvent | None:
    """The first event of what was last done, if it can be taken back: nothing else has happened since."""
    if not case.events:
        return None
    verb, version = case.events[-1].verb, None
    if verb not in UNDOABLE:
        return None
    for event in reversed(case.events):
        if event.verb != verb:
            break
        version = event
    return version


def can_undo(person: Person, case: Case) -> str | None:
    """Whoever did the last thing, until anybody else does something."""
    if kept := kept_out(person, case):
        return kept
    act = last_act(case)
    if act is None:
        return "Nothing can be taken back here: somebody has acted on it, or it reached somebody."
    if act.actor_id != person.id:
        return "Only the person who did the last thing can take it back."
    if case.stage == "issued":
        return "The decision is given. It can be appealed, and the case reopened with a reason."
    return None


def can_reopen(person: Person, case: Case) -> str | None:
    """The holder of a closed case, or who stands in for them, with a reason; not after an appeal."""
    if kept := kept_out(person, case):
        return kept
    if case.closure == "speak_up_answered":
        return "The concern that was raised is answered, and there is no action on its author. That stays so."
    if case.appeal is not None and case.appeal.result is not None:
        return "An appeal was decided, and what it decided stands. A new concern opens a new case."
    if not person.may("case.triage"):
        return "Your role does not reopen a case."
    if case.holder_id == person.id or stands_in(person, case):
        return None
    return f"{case.holder.name} holds this case, and reopens it."
