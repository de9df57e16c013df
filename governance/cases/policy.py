"""Who may do what in a case. Pure: each answers None where it is allowed, or the reason why not, in words for a page.

These look at people and their parts. Whether the case's stage allows an act is the table in workflow/stages.py.
`can_see` has a twin in SQL, `visible_to` in queries.py; a test holds them equal.
"""

from __future__ import annotations

from governance.cases.clocks.words import reply_by
from governance.cases.models import Case, Opinion
from governance.kernel import clock
from governance.people.models import Person
from governance.people.roles import RoleName
from governance.posts.models import PostVersion

GUARDED_FROM_LINE = "protected_disclosure"
"""The guard that brings a case to the guardian first."""

KIND_ROLES = {
    "clinical": RoleName.CLINICAL_LEAD,
    "hr": RoleName.HR,
    "data_protection": RoleName.DPO,
}
"""Who writes which opinion."""

_AUTHOR = "This case is about a post of yours. You answer in it; somebody else acts."
_REPORTER = "You reported this post, so somebody else has to act in its case."
_STEPPED_BACK = "You stepped back from this case, so you no longer act in it."
_LEFT = "Your place in the organisation is no longer active."


def is_subject(person: Person, case: Case) -> bool:
    """Whether the case is about a post of this person's."""
    return case.subject_id == person.id


def part_of(person: Person, case: Case) -> str | None:
    """The one part that a person has in a case, beside holding it."""
    return next((part.part for part in case.parts if part.person_id == person.id), None)


def has_stepped_back(person: Person, case: Case) -> bool:
    """Whether the person declared a conflict of interest, or was kept from the case."""
    return any(recusal.person_id == person.id for recusal in case.recusals)


def kept_out(person: Person, case: Case) -> str | None:
    """Nobody acts on a case of which they are the subject or the reporter, or from which they stepped back."""
    if not person.active:
        return _LEFT
    if is_subject(person, case):
        return _AUTHOR
    if part_of(person, case) == "reporter":
        return _REPORTER
    if has_stepped_back(person, case):
        return _STEPPED_BACK
    return None


def can_see(person: Person, case: Case) -> bool:
    """Whether the case exists for this person: the author, those who act in it, and whoever stands behind the holder."""
    if not person.active:
        return False
    if is_subject(person, case):
        return True
    if kept_out(person, case) is not None:
        return False
    return _acts_in(person, case) or _seen_by_role(person, case) or _holders_manager(person, case)


def _acts_in(person: Person, case: Case) -> bool:
    if case.stage == "held":
        return case.holder_id == person.id
    return (
        person.id in (case.holder_id, case.decider_id)
        or part_of(person, case) == "opinion"
        or (
            case.stage == "review"
            and RoleName.CLINICAL_LEAD in person.role_names
            and any(opinion.kind == "clinical" and opinion.written_at is None for opinion in case.opinions)
        )
    )


def _seen_by_role(person: Person, case: Case) -> bool:
    roles, kinds = person.role_names, {opinion.kind for opinion in case.opinions}
    if RoleName.GUARDIAN in roles and (case.stage == "held" or _has_guard(case, GUARDED_FROM_LINE)):
        return True
    if case.stage == "held":
        return False
    if RoleName.HR in roles and ("hr" in kinds or RoleName.HR in case.holder.role_names):
        return True
    return RoleName.DPO in roles and "data_protection" in kinds


def _holders_manager(person: Person, case: Case) -> bool:
    """The holder's own line manager covers for them; a guarded case stays with those who act in it."""
    return (
        case.stage != "held"
        and case.holder.line_manager_id == person.id
        and RoleName.MANAGER in person.role_names
        and not case.guards
    )


def _has_guard(case: Case, name: str) -> bool:
    return any(guard.guard == name for guard in case.guards)


def versions_of(case: Case) -> list[PostVersion]:
    """The words that a case is about: those that came after it was closed may be the matter of another, held one."""
    return [
        version
        for version in case.post.versions
        if case.closed_at is None or version.written_at <= case.closed_at
    ]


def can_see_guards(person: Person, case: Case) -> bool:
    """Author, guardian, HR, decider and data protection officer; nobody else, and never in lists."""
    if is_subject(person, case):
        return True
    return can_see(person, case) and (
        person.id == case.decider_id
        or bool(person.role_names & {RoleName.GUARDIAN, RoleName.HR, RoleName.DPO})
    )


def may_see_opinion(person: Person, case: Case, opinion: Opinion) -> bool:
    """Opinions are written unseen by each other; the author sees them once invited to answer.

    Whoever still owes an opinion sees only their own, and so does everybody until all are written.
    """
    if opinion.written_at is None:
        return False
    if opinion.author_id == person.id:
        return True
    complete = all(asked.written_at is not None for asked in case.opinions)
    if is_subject(person, case):
        return complete and case.stage in ("reply", "decision", "issued", "closed")
    return complete and can_see(person, case)


def may_hold(person: Person, case: Case) -> str | None:
    """Whether a case may be given to this person to hold."""
    reason = kept_out(person, case)
    if reason is not None:
        return f"{person.name} cannot hold this case: {_of_another(reason)}"
    permission = "case.guard" if case.stage == "held" else "case.triage"
    if not person.may(permission):
        role = "a speak-up guardian" if case.stage == "held" else "a manager or in HR"
        return f"{person.name} cannot hold this case: they are not {role}."
    if case.stage != "held" and case.guards and RoleName.HR not in person.role_names and _for_hr(case):
        return f"{person.name} cannot hold this case: HR looks after it."
    return None


def _for_hr(case: Case) -> bool:
    return any(guard.guard != GUARDED_FROM_LINE for guard in case.guards)


def may_decide(person: Person, case: Case) -> str | None:
    """Whether this person may be named to decide: never author, reporter or somebody who wrote an opinion."""
    reason = kept_out(person, case)
    if reason is not None:
        return f"{person.name} cannot decide this case: {_of_another(reason)}"
    if part_of(person, case) == "opinion":
        return f"{person.name} wrote an opinion in this case, so somebody else has to decide it."
    if not person.may("case.decide"):
        return f"{person.name} cannot decide this case: they are not a manager, clinical lead or in HR."
    return None


def _of_another(reason: str) -> str:
    return {
        _AUTHOR: "it is about a post of theirs.",
        _REPORTER: "they reported the post.",
        _STEPPED_BACK: "they stepped back from it.",
        _LEFT: "they are no longer active.",
    }[reason]


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
    if person.id == case.decider_id:
        return "You are to decide this case, so somebody else writes the opinions."
    if part_of(person, case) == "opinion":
        return "You have written your opinion in this case."
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
    if person.id in (case.holder_id, case.decider_id) or part_of(person, case) == "opinion":
        return None
    if can_give_opinion(person, case) is None:
        return None
    return "You have no part in this case to step back from."


def can_hand_over(person: Person, case: Case) -> str | None:
    """The holder hands on the case or names another decider; in their absence whoever stands in for them."""
    if kept := kept_out(person, case):
        return kept
    if case.holder_id == person.id or _stands_in(person, case):
        return None
    return f"{case.holder.name} holds this case, and hands it on."


def _stands_in(person: Person, case: Case) -> bool:
    """The holder's line manager, another guardian for a guardian, HR for HR: no case waits for one absent person."""
    if case.stage == "held":
        return RoleName.GUARDIAN in person.role_names
    if RoleName.HR in case.holder.role_names and RoleName.HR in person.role_names:
        return True
    return _holders_manager(person, case)


def can_release(person: Person, case: Case) -> str | None:
    """The guardian who holds the case."""
    if kept := kept_out(person, case):
        return kept
    if case.holder_id == person.id and person.may("case.guard"):
        return None
    return f"{case.holder.name} is looking after the concern that was raised."
