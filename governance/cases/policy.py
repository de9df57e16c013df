"""Who may do what in a case. Pure: each answers None where it is allowed, or the reason why not, in words for a page.

These look at people and their parts. Whether the case's stage allows an act is the table in workflow/stages.py. What a
person is to a case stands in standing.py, what they may see in sight.py, the second person in countersigning.py, appeals
in appealing.py, undoing and reopening in retracing.py.
"""

from __future__ import annotations

from governance.cases.clocks.words import reply_by
from governance.cases.countersigning import awaited, may_settle, to_settle
from governance.cases.models import Case
from governance.cases.sight import holders_manager
from governance.cases.standing import (
    GUARDED_FROM_LINE,
    KIND_ROLES,
    is_subject,
    kept_out,
    of_another,
    part_of,
)
from governance.kernel import clock
from governance.people.models import Person
from governance.people.roles import RoleName


def may_hold(person: Person, case: Case) -> str | None:
    """Whether a case may be given to this person to hold."""
    reason = kept_out(person, case)
    if reason is not None:
        return f"{person.name} cannot hold this case: {of_another(reason)}"
    permission = "case.guard" if case.stage == "held" else "case.triage"
    if not person.may(permission):
        role = "a speak-up guardian" if case.stage == "held" else "a manager or in HR"
        return f"{person.name} cannot hold this case: they are not {role}."
    if part_of(person, case) in ("countersign", "appeal"):
        return f"{person.name} cannot hold this case: they look at it as somebody new to it."
    if case.stage != "held" and case.guards and RoleName.HR not in person.role_names and _for_hr(case):
        return f"{person.name} cannot hold this case: HR looks after it."
    return None


def _for_hr(case: Case) -> bool:
    return any(guard.guard != GUARDED_FROM_LINE for guard in case.guards)


def may_decide(person: Person, case: Case) -> str | None:
    """Whether this person may be named to decide: never author, reporter or somebody who wrote an opinion."""
    reason = kept_out(person, case)
    if reason is not None:
        return f"{person.name} cannot decide this case: {of_another(reason)}"
    if part_of(person, case) == "opinion":
        return f"{person.name} wrote an opinion in this case, so somebody else has to decide it."
    if part_of(person, case) in ("countersign", "appeal"):
        return f"{person.name} was asked to be the second person, or hears the appeal. Somebody else has to decide."
    if to_settle(case) is not None and person.id != case.decider_id and (new := may_settle(person, case)):
        return new
    if not person.may("case.decide"):
        return f"{person.name} cannot decide this case: they are not a manager, clinical lead or in HR."
    return None


def can_triage(person: Person, case: Case) -> str | None:
    """The holder takes the first look."""
    if kept := kept_out(person, case):
        return kept
    if case.holder_id != person.id:
        return f"{case.holder.name} holds this case and takes the first look."
    return None if person.may("case.triage") else "Your role does not take the first look at a case."


def can_give_opinion(person: Person, case: Case, kind: str | None = None) -> str | None:
    """Whoever has the role of an opinion that is still to be written; never the decider."""
    if kept := kept_out(person, case):
        return kept
    part = part_of(person, case)
    if person.id == case.decider_id or part == "decider":
        return "You are to decide this case, or have decided in it, so somebody else writes the opinions."
    if part == "opinion":
        return "You have written your opinion in this case."
    if part is not None:
        return "You look at this case as somebody new to it, so somebody else writes the opinions."
    owed = [one.kind for one in case.opinions if one.written_at is None and kind in (None, one.kind)]
    if not owed:
        return "No opinion of this kind is being asked for."
    if not person.may("case.give_opinion") or not {KIND_ROLES[one] for one in owed} & person.role_names:
        return "Your role does not write the opinion that is asked for."
    return None


def can_reply(person: Person, case: Case) -> str | None:
    """The author answers, nobody for them."""
    return None if person.active and is_subject(person, case) else "Only the author of the post answers here."


def can_end_reply_time(person: Person, case: Case) -> str | None:
    """The decider goes on without an answer, once the time to answer has run out."""
    if reason := can_decide(person, case):
        return reason
    last_day = reply_by(case)
    if last_day is None:
        return f"The time that {case.subject.name} has to answer stands still, so it has not run out."
    if clock.local_date(clock.now()) <= last_day:
        return f"{case.subject.name} may answer until the end of {last_day.day} {last_day:%B %Y}."
    return None


def can_decide(person: Person, case: Case) -> str | None:
    """The person named to decide, who wrote no opinion."""
    if kept := kept_out(person, case):
        return kept
    if case.decider is None or case.decider_id != person.id:
        who = case.decider.name if case.decider else "The person who is named at the first look"
        return f"{who} decides this case."
    return may_decide(person, case)


def can_close(person: Person, case: Case) -> str | None:
    """The decider or the holder closes a case whose decision is given."""
    if kept := kept_out(person, case):
        return kept
    if person.id in (case.decider_id, case.holder_id):
        return None
    return f"{case.holder.name} holds this case and closes it."


def can_recuse(person: Person, case: Case) -> str | None:
    """Whoever acts in the case, or is asked to, may step back."""
    if kept := kept_out(person, case):
        return kept
    part = part_of(person, case)
    if case.stage in ("countersign", "appeal"):
        if person.id == case.decider_id:
            return "You wrote the decision. Hand over what you hold, or ask for the decision to be looked at anew."
        if person.id == case.holder_id or _is_awaited(person, case):
            return None
        return "What you did in this case is done. Somebody new to it looks at it now."
    if person.id in (case.holder_id, case.decider_id) or part == "opinion":
        return None
    if can_give_opinion(person, case) is None:
        return None
    return "You have no part in this case to step back from."


def _is_awaited(person: Person, case: Case) -> bool:
    """Whether the case waits for this person as its second, or as the one who hears its appeal."""
    if case.stage == "appeal":
        return case.appeal is not None and case.appeal.hearer_id == person.id
    asked = awaited(case)
    return asked is not None and asked.reviewer_id == person.id


def can_hand_over(person: Person, case: Case) -> str | None:
    """The holder hands on the case or names another decider; in their absence whoever stands in for them."""
    if kept := kept_out(person, case):
        return kept
    if case.holder_id == person.id or stands_in(person, case):
        return None
    return f"{case.holder.name} holds this case, and hands it on."


def stands_in(person: Person, case: Case) -> bool:
    """The holder's line manager, another guardian for a guardian, HR for HR: no case waits for one absent person."""
    if case.stage == "held":
        return RoleName.GUARDIAN in person.role_names
    if RoleName.HR in case.holder.role_names and RoleName.HR in person.role_names:
        return True
    return holders_manager(person, case)


def can_release(person: Person, case: Case) -> str | None:
    """The guardian who holds the case."""
    if kept := kept_out(person, case):
        return kept
    if case.holder_id == person.id and person.may("case.guard"):
        return None
    return f"{case.holder.name} is looking after the concern that was raised."
