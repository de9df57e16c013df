"""Who may see a task, do it, give it to somebody, and open one. Pure: None, or the reason why not, in words for a page.

A task tells whoever does it what they need, and no more: the post, what is asked, by when. A data protection officer
who may not see the case reads neither its stage nor who holds it, and the page is the same for every case, so that one
that waits with the guardian looks like any other.
"""

from __future__ import annotations

from governance.cases.models import Case
from governance.cases.sight import can_see, can_see_guards
from governance.cases.standing import GUARDED_FROM_LINE, is_subject, kept_out
from governance.cases.tasks.kinds import TaskKind, task_kinds
from governance.cases.tasks.models import CaseTask
from governance.people.models import Person
from governance.people.roles import RoleName

_NOT_YOURS = "Somebody else does this task."


def kind_of(task: CaseTask) -> TaskKind:
    """What the task asks."""
    return task_kinds()[task.kind]


def may_see(person: Person, task: CaseTask) -> bool:
    """Whether the task exists for this person: those who see the case and are not its subject, and who does it."""
    if is_subject(person, task.case):
        return False
    return can_see(person, task.case) or may_do(person, task) is None


def sees_case(person: Person, task: CaseTask) -> bool:
    """Whether the page may say more than the task needs: who the author is, and a link to the case."""
    return can_see(person, task.case)


def may_do(person: Person, task: CaseTask) -> str | None:
    """The person it was given to, whoever has its role, and for a holder's task whoever acts in the case."""
    if kept := kept_out(person, task.case):
        return kept
    if task.assignee_id == person.id:
        return None
    role = kind_of(task).role
    if role is None:
        return None if _acts_for_holder(person, task.case) else _NOT_YOURS
    return None if role in person.role_names else _NOT_YOURS


def _acts_for_holder(person: Person, case: Case) -> bool:
    if not can_see(person, case):
        return False
    return person.id in (case.holder_id, case.decider_id) or bool(
        person.role_names & {RoleName.HR, RoleName.GUARDIAN}
    )


def may_assign(person: Person, task: CaseTask) -> str | None:
    """Who does it may hand it on; so may the holder of the case, lest it wait for one absent person."""
    if person.id == task.case.holder_id and kept_out(person, task.case) is None:
        return None
    return may_do(person, task)


def may_be_given(actor: Person, person: Person, task: CaseTask) -> str | None:
    """Whether `actor` may give the task to `person`: those whose task it is by their role, or who see the case anyway.

    So nobody learns of a case by a task. An actor who does not see the case is offered its role alone: who else sees it
    would tell them where it lies.
    """
    role = kind_of(task).role
    by_role = role is not None and role in person.role_names
    by_case = sees_case(actor, task) and can_see(person, task.case)
    if kept_out(person, task.case) is None and person.may("task.do") and (by_role or by_case):
        return None
    return f"{person.name} cannot be given this task."


def may_open(person: Person, case: Case) -> str | None:
    """Whoever acts in the case, in every stage that is open."""
    if kept := kept_out(person, case):
        return kept
    if not can_see(person, case) or not person.may("task.do"):
        return "Tasks are opened by those who work on the case."
    if case.stage == "closed":
        return "The case is closed. Reopen it first if something is still to be done."
    return None


def why_not_kind(case: Case, kind: str) -> str | None:
    """A post that never left the organisation's own desk has told nobody anything: no data-protection clock for a draft."""
    if task_kinds()[kind].id == "data_breach" and case.post.kind != "published":
        return "This is a draft that was never published, so no data-protection clock runs."
    return None


def named_to(person: Person, task: CaseTask, other: Person) -> str:
    """The name of who does, opened or ended a task, unless it would tell where the case lies.

    Whoever does not see the case reads only the names of those whose task it is by their role; whoever may not know of
    guards never reads a guardian's.
    """
    case, role = task.case, kind_of(task).role
    if other.id == person.id or (role is not None and role in other.role_names):
        return other.name
    guarded = any(guard.guard == GUARDED_FROM_LINE for guard in case.guards)
    hidden = guarded and RoleName.GUARDIAN in other.role_names and not can_see_guards(person, case)
    return "Somebody who looks after the case" if hidden or not can_see(person, case) else other.name
