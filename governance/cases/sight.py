"""Who may see what of a case. Pure.

`can_see` has a twin in SQL, `visible_to` in queries.py; a test holds them equal.
"""

from __future__ import annotations

from governance.cases.countersigning import awaited
from governance.cases.desk.asked import asked_for_help
from governance.cases.models import Case, Decision, Opinion
from governance.cases.objection.policy import sees_by_objection
from governance.cases.restriction.policy import is_inside
from governance.cases.standing import (
    ACTING,
    GUARDED_FROM_LINE,
    has_guard,
    is_subject,
    kept_out,
    part_of,
)
from governance.people.models import Person
from governance.people.roles import RoleName
from governance.posts.models import PostVersion


def can_see(person: Person, case: Case) -> bool:
    """Whether the case exists for this person: the author, those who act or are asked in it, who stands behind the holder.

    A restricted case exists for those inside it alone (cases/restriction).
    """
    if not person.active:
        return False
    if is_subject(person, case):
        return True
    if kept_out(person, case) is not None:
        return False
    if case.restriction is not None:
        return is_inside(person, case) or asked_for_help(person, case)
    if _acts_in(person, case) or asked_for_help(person, case) or sees_by_objection(person, case):
        return True
    return _seen_by_role(person, case) or holders_manager(person, case)


def _acts_in(person: Person, case: Case) -> bool:
    if case.stage == "held":
        return case.holder_id == person.id
    return (
        person.id in (case.holder_id, case.decider_id)
        or part_of(person, case) in ACTING
        or (
            case.stage == "review"
            and RoleName.CLINICAL_LEAD in person.role_names
            and any(opinion.kind == "clinical" and opinion.written_at is None for opinion in case.opinions)
        )
    )


def _seen_by_role(person: Person, case: Case) -> bool:
    roles, kinds = person.role_names, {opinion.kind for opinion in case.opinions}
    if RoleName.GUARDIAN in roles and (case.stage == "held" or has_guard(case, GUARDED_FROM_LINE)):
        return True
    if case.stage == "held":
        return False
    if RoleName.HR in roles and ("hr" in kinds or RoleName.HR in case.holder.role_names):
        return True
    return RoleName.DPO in roles and "data_protection" in kinds


def holders_manager(person: Person, case: Case) -> bool:
    """The holder's own line manager covers for them; a guarded case stays with those who act in it."""
    return (
        case.stage != "held"
        and case.holder.line_manager_id == person.id
        and RoleName.MANAGER in person.role_names
        and not case.guards
    )


def versions_of(case: Case) -> list[PostVersion]:
    """The words that a case is about: those that came after it was closed may be the matter of another, held one."""
    return [
        version
        for version in case.post.versions
        if case.closed_at is None or version.written_at <= case.closed_at
    ]


def can_see_guards(person: Person, case: Case) -> bool:
    """Author, guardian, HR, whoever decides (alone, second or on appeal) and data protection; never in lists."""
    if is_subject(person, case):
        return True
    return can_see(person, case) and (
        person.id == case.decider_id
        or part_of(person, case) in ("decider", "countersign", "appeal")
        or bool(person.role_names & {RoleName.GUARDIAN, RoleName.HR, RoleName.DPO})
    )


def may_know_reporters(person: Person, case: Case) -> bool:
    """Who reported is named to HR, and to the guardian while they hold the case; never to the author from here."""
    if is_subject(person, case):
        return False
    return RoleName.HR in person.role_names or (
        case.stage == "held" and RoleName.GUARDIAN in person.role_names
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
        return complete and case.stage not in ("held", "triage", "review")
    return complete and can_see(person, case)


def may_see_proposals(person: Person, case: Case) -> bool:
    """Whether `person` may read decisions that were written and not issued, and what a second person said of them.

    Never the author, who reads what was issued. While a case is open only those who wrote one of them, and whoever has
    to decide now: a second person must not read the decision before writing their own, and nobody knows yet who else
    may be asked to be one.
    """
    if is_subject(person, case) or not can_see(person, case):
        return False
    if any(decision.decider_id == person.id for decision in case.decisions):
        return True
    if (asked := awaited(case)) is not None and asked.reviewer_id == person.id:
        return not asked.blind or asked.written_at is not None
    if any(one.reviewer_id == person.id and one.written_at for one in case.countersignatures):
        return True
    return case.decider_id == person.id or case.stage in ("issued", "appeal", "closed")


def decisions_told(person: Person, case: Case) -> list[Decision]:
    """The decisions that `person` may read, oldest first: what was issued, and the rest where they may."""
    if may_see_proposals(person, case):
        return list(case.decisions)
    return [one for one in case.decisions if one.issued is not None]
