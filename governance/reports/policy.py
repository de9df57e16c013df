"""Who may report, who looks after a report, and who may know from whom it came. Pure: None, or the reason in words."""

from __future__ import annotations

from collections.abc import Mapping

from governance.cases.sight import can_see
from governance.cases.standing import is_subject
from governance.people.models import Person
from governance.people.roles import EVERYONE, RoleName
from governance.reports.models import Report

MAY_ENTER: Mapping[str, frozenset[RoleName]] = {
    "report": EVERYONE,
    "self_report": EVERYONE,
    "patient_complaint": frozenset({RoleName.HR, RoleName.COMPLIANCE, RoleName.MANAGER}),
    "regulator_letter": frozenset({RoleName.HR, RoleName.COMPLIANCE}),
}
"""Who may use which way in. What comes from outside is written down by those whose work it is."""

DESK_ROLES = {"hr": RoleName.HR, "guardian": RoleName.GUARDIAN}
KNOWS_COMPLAINANTS = frozenset({RoleName.HR, RoleName.DPO})


def can_report(person: Person, way: str) -> str | None:
    """Whether this person may use this way in."""
    if not person.active:
        return "Your place in the organisation is no longer active."
    if not MAY_ENTER[way] & person.role_names:
        return "Your role does not write down what comes from outside. HR does: tell them."
    return None


def is_concerned(person: Person, report: Report) -> bool:
    """Whether it is about this person, or came from them, or they complained."""
    return person.id in (
        report.person_id,
        report.complainant_id,
        report.reporter.id if report.reporter else None,
    )


def can_handle(person: Person, report: Report) -> str | None:
    """HR, or the guardian where the words may raise a concern; never somebody whom the report concerns."""
    if not person.active:
        return "Your place in the organisation is no longer active."
    if DESK_ROLES[report.desk] not in person.role_names:
        return "Reports that wait are looked after by HR."
    if is_concerned(person, report):
        return "This report is about you or came from you, so somebody else looks after it."
    return None


def may_follow(person: Person, report: Report) -> bool:
    """Whoever sent it in sees what became of it: that it is being looked at or closed, not the outcome."""
    return person.active and report.made_by_id == person.id


def may_read(person: Person, report: Report) -> bool:
    """Who sent it in, who looks after it while it waits, and later whoever acts in its case. Not its subject."""
    case = report.case
    if may_follow(person, report):
        return True
    if case is None:
        return can_handle(person, report) is None
    return not is_subject(person, case) and can_see(person, case)


def may_see_evidence(person: Person, report: Report) -> bool:
    """As the report itself; the author too, once there is a case: nobody answers to what they may not see."""
    case = report.case
    return may_read(person, report) or (case is not None and case.subject_id == person.id and person.active)


def may_know_reporter(person: Person, report: Report) -> bool:
    """HR, the guardian where it is their desk, and the reporter. The author only where the reporter agreed to it."""
    if may_follow(person, report):
        return True
    if report.person_id == person.id:
        return report.may_name or report.way == "self_report"
    return may_read(person, report) and bool(person.role_names & {RoleName.HR, DESK_ROLES[report.desk]})


def may_know_complainant(person: Person, report: Report) -> bool:
    """A patient's name stays with HR, data protection and whoever wrote it down; the author is told it as HR thinks right."""
    if report.person_id == person.id:
        return False
    return may_follow(person, report) or (
        may_read(person, report) and bool(person.role_names & KNOWS_COMPLAINANTS)
    )
