"""What happened in a case, in words, as far as the person who asks may know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from governance.cases.desk.acts import DESK_VERBS
from governance.cases.identity_check import IDENTITY_TITLES
from governance.cases.models import Case, CaseEvent, Recusal
from governance.cases.sight import can_see_guards, may_know_reporters, may_see_proposals
from governance.cases.standing import is_subject
from governance.cases.tasks.kinds import TASK_VERBS, task_kinds
from governance.cases.titles import (
    APPEAL_RESULTS,
    CLOSURE_TITLES,
    COUNTERSIGN_ANSWERS,
    OUTCOME_TITLES,
    ROUTE_TITLES,
    STAGE_TITLES,
)
from governance.kernel import clock
from governance.people.models import Person
from governance.people.roles import RoleName

VERB_TITLES = {
    "open_case": "The case was opened",
    "report": "Reported again",
    "object_to_reviewer": "The author objected to somebody who acts in the case",
    "decide_objection": "The objection was decided",
    "restrict_case": "Restricted to named people",
    "lift_restriction": "The restriction was lifted",
    "hold": "Given to the speak-up guardian first",
    "reassess": "A new version of the post was checked",
    "triage": "First look",
    "give_opinion": "Opinion written",
    "invite_reply": "The author was invited to answer",
    "reply": "The author answered",
    "end_reply_time": "The time to answer ended without an answer",
    "decide": "Decision",
    "write_second_opinion": "A second person wrote their own opinion",
    "countersign": "A second person compared it with the decision",
    "appeal": "The author appealed",
    "name_hearer": "Who hears the appeal was named",
    "answer_appeal": "The appeal was answered",
    "hear_appeal": "The appeal was decided",
    "reopen_case": "The case was opened again",
    "undo": "The last step was taken back",
    "close_case": "The case was closed",
    "recuse": "Somebody stepped back",
    "hand_over": "Handed over",
    "release_from_hold": "The speak-up guardian released the case",
    "answer_concern": "The concern that was raised was answered",
    "send_letter": "Letter sent",
    "claim": "Taken up",
    "put_back": "Put back for others",
    "defer": "Put aside",
    "take_up": "No longer put aside",
    "ask_help": "Help was asked",
    "answer_help": "A question was answered",
    "join": "Two cases were joined",
    "pause_clock": "The clock of the stage was stopped for a while",
    "resume_clock": "The clock of the stage goes on",
    "warn_clock": "Somebody was told that time runs short",
    "escalate_clock": "Somebody was told that time has run out",
    "open_task": "Something to do beside the case",
    "assign_task": "A task was given to somebody",
    "finish_task": "A task was done",
    "cancel_task": "A task was not needed",
    "decide_report": "Decided whether the personal-data breach is reported",
}

FIELD_TITLES = {
    "stage": "Stage",
    "origin": "By way of",
    "objection": "Objection to",
    "objection_answer": "Decided",
    "restriction": "Seen by",
    "holder": "Held by",
    "guardian": "With the guardian",
    "decider": "Decides",
    "route": "Asked for",
    "suggested_route": "Suggested",
    "identity": "Account and words",
    "severity": "Severity",
    "assessment": "Check of version",
    "opinion": "Opinion",
    "outcome": "Outcome",
    "proposal": "Decision, before a second person has seen it",
    "second_opinion": "Second person's own outcome",
    "answer": "Second person",
    "second": "Asked to countersign",
    "hearer": "Hears the appeal",
    "result": "Appeal",
    "closure": "Closed as",
    "message": "Message to the author",
    "concern": "The concern",
    "guard": "Protected",
    "person": "Stepped back",
    "letter": "To the author",
    "letter_while_held": "To the author",
    "letter_to_reporter": "To whoever reported it",
    "letter_to_reporter_while_held": "To whoever reported it",
    "claim": "Works on it until",
    "deferral": "Put aside until",
    "asked": "Asked",
    "into": "Goes on in",
    "joined": "Goes on for",
    "task": "Task",
    "told": "Told",
}

_GUARDED_VERBS = frozenset({"hold", "release_from_hold", "answer_concern"})
_BESIDE = (
    DESK_VERBS
    | TASK_VERBS
    | {"object_to_reviewer", "decide_objection"}
    | {"recuse", "hand_over", "pause_clock", "resume_clock", "warn_clock", "escalate_clock"}
)
"""What is done beside the way: while a case is held, a later reader would know by it that there was a guardian."""
_GUARDED_FIELDS = frozenset(
    {"guardian", "guard", "concern", "letter_while_held", "letter_to_reporter_while_held"}
)
_TO_REPORTER = frozenset({"letter_to_reporter", "letter_to_reporter_while_held"})
_PROPOSED_FIELDS = frozenset({"proposal", "second_opinion", "answer"})
"""What a second person must not read before they have written their own, and the author not before it is issued."""
_FOR_AUTHOR = frozenset(
    {
        "triage",
        "decide",
        "close_case",
        "release_from_hold",
        "answer_concern",
        "hear_appeal",
        "reopen_case",
        "join",
        "pause_clock",
        "resume_clock",
        "object_to_reviewer",
        "decide_objection",
    }
)
"""Verbs whose reasons are written for the author too. Why somebody stepped back is theirs to tell."""
BROUGHT_IN = frozenset({"open_case", "report"})
"""Verbs whose person reported the post, and is named to few."""
SAME_STEP = timedelta(seconds=5)
"""Events of one verb by one person within this time are told as one step."""
_VALUES = (
    STAGE_TITLES
    | ROUTE_TITLES
    | OUTCOME_TITLES
    | CLOSURE_TITLES
    | APPEAL_RESULTS
    | COUNTERSIGN_ANSWERS
    | IDENTITY_TITLES
)


@dataclass(frozen=True)
class Change:
    """One thing that changed, from what to what."""

    field: str
    old: str | None
    new: str


@dataclass(frozen=True)
class Entry:
    """One step of the timeline: who, when, what, what changed with it, and why."""

    at: datetime
    who: str
    verb: str
    what: str
    changes: tuple[Change, ...]
    reasons: tuple[str, ...]


def entries(person: Person, case: Case) -> list[Entry]:
    """The case's timeline as `person` may read it, oldest first; the events of one step are one entry."""
    told: list[Entry] = []
    for event in case.events:
        if not _may_read(person, case, event):
            continue
        entry = _entry(person, case, event)
        last = told[-1] if told else None
        if last and (last.verb, last.who) == (entry.verb, entry.who) and entry.at - last.at < SAME_STEP:
            told[-1] = replace(
                last, changes=last.changes + entry.changes, reasons=last.reasons + entry.reasons
            )
        else:
            told.append(entry)
    return told


def changes_since(person: Person, case: Case, version: int) -> tuple[str, ...]:
    """What happened after `version`, a line each, as far as `person` may read it."""
    later = [event for event in case.events if event.version > version and _may_read(person, case, event)]
    return tuple(_line(_entry(person, case, event)) for event in later)


def recusals_told(person: Person, case: Case) -> list[Recusal]:
    """Who stepped back, as far as `person` may know: that a guardian did would tell that there was one."""
    told = {
        event.actor_id for event in case.events if event.verb == "recuse" and _may_read(person, case, event)
    }
    decided = [one for one in case.events if one.verb == "decide_objection"]
    if all(_may_read(person, case, one) for one in decided):
        told |= {one.person_id for one in case.objections if one.upheld}
    return [recusal for recusal in case.recusals if recusal.person_id in told]


def _may_read(person: Person, case: Case, event: CaseEvent) -> bool:
    if event.field in _TO_REPORTER and is_subject(person, case):
        return False  # it would tell that somebody reported
    if event.verb in DESK_VERBS and is_subject(person, case):
        return False  # who looked at it when, and what they asked each other, is how people work
    if event.field == "concern":
        return is_subject(person, case) or RoleName.GUARDIAN in person.role_names
    if is_subject(person, case) and (event.field == "told" or _task_of_others(event)):
        return False
    if event.verb in _GUARDED_VERBS or event.field in _GUARDED_FIELDS or _of_a_guardian(case, event):
        return can_see_guards(person, case)
    if event.field == "restriction":  # it names people, guardians among them
        return not is_subject(person, case) and (not case.guards or can_see_guards(person, case))
    if event.field in _PROPOSED_FIELDS:
        return may_see_proposals(person, case)
    return not (event.field == "second" and is_subject(person, case))


def _task_of_others(event: CaseEvent) -> bool:
    """Whether an event is of a task that the author has no part in."""
    return event.field == "task" and event.new not in {
        kind.title for kind in task_kinds().values() if kind.author
    }


def _of_a_guardian(case: Case, event: CaseEvent) -> bool:
    """Whether this was done beside the way while the case was held: only a guardian acts there."""
    if event.verb not in _BESIDE:
        return False
    begun = [one.version for one in case.events if one.verb == "hold" and one.field == "guardian"]
    ended = [one.version for one in case.events if one.field == "stage" and one.old == "held"]
    return any(version < event.version for version in begun) and any(
        event.version <= version for version in ended
    )


def _entry(person: Person, case: Case, event: CaseEvent) -> Entry:
    author = is_subject(person, case)
    told = event.reason and (not author or event.verb in _FOR_AUTHOR)
    changes: tuple[Change, ...] = ()
    if event.field and event.new:
        old = _VALUES.get(event.old, event.old) if event.old else None
        changes = (Change(FIELD_TITLES[event.field], old, _VALUES.get(event.new, event.new)),)
    return Entry(
        at=event.happened_at,
        who=_who(person, event, case, author=author),
        verb=event.verb,
        what=VERB_TITLES[event.verb],
        changes=changes,
        reasons=(event.reason,) if told and event.reason else (),
    )


def _who(person: Person, event: CaseEvent, case: Case, *, author: bool) -> str:
    if event.actor is None:
        return "Probity"
    if (
        event.verb in BROUGHT_IN
        and event.actor_id != case.subject_id
        and not may_know_reporters(person, case)
    ):
        return "Somebody who reported the post"  # who reports must not fear being named
    if author and event.verb == "give_opinion":
        return "Whoever was asked for it"
    if author and event.verb in ("write_second_opinion", "countersign"):
        return "A second person"
    return event.actor.name


def _line(entry: Entry) -> str:
    at = clock.local(entry.at)
    changed = "; ".join(
        f"{one.field}: {one.old} → {one.new}" if one.old else f"{one.field}: {one.new}"
        for one in entry.changes
    )
    return f"{at.day} {at:%B} {at:%H:%M}, {entry.who}: {entry.what}{f' ({changed})' if changed else ''}"
