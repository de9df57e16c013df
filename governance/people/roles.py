"""Who may use which part of the product: the whole table, on one page.

A permission opens a page or a verb in general. Whether this person may do it to this thing is the noun's policy.
"""

from __future__ import annotations

from enum import StrEnum


class RoleName(StrEnum):
    """What a person is to the organisation. Everyone is staff; a person may have several roles."""

    STAFF = "staff"
    MANAGER = "manager"
    CLINICAL_LEAD = "clinical_lead"
    HR = "hr"
    COMPLIANCE = "compliance"
    GUARDIAN = "guardian"
    DPO = "dpo"
    ADMIN = "admin"


ROLE_TITLES = {
    RoleName.STAFF: "Staff",
    RoleName.MANAGER: "Manager",
    RoleName.CLINICAL_LEAD: "Clinical lead",
    RoleName.HR: "HR",
    RoleName.COMPLIANCE: "Compliance officer",
    RoleName.GUARDIAN: "Freedom to Speak Up guardian",
    RoleName.DPO: "Data protection officer",
    RoleName.ADMIN: "Administrator",
}

EVERYONE = frozenset(RoleName)

REVIEWING = frozenset(
    {
        RoleName.MANAGER,
        RoleName.CLINICAL_LEAD,
        RoleName.HR,
        RoleName.COMPLIANCE,
        RoleName.GUARDIAN,
        RoleName.DPO,
        RoleName.ADMIN,
    }
)
"""Roles that see other people's things: they sign in with a second factor outside demo mode."""

CASEWORK = frozenset({RoleName.MANAGER, RoleName.CLINICAL_LEAD, RoleName.HR, RoleName.GUARDIAN, RoleName.DPO})

PERMISSIONS: dict[str, frozenset[RoleName]] = {
    # everyone, about themselves
    "start.see": EVERYONE,
    "record.see": EVERYONE,  # everything held about oneself
    "notice.acknowledge": EVERYONE,
    "draft.check": EVERYONE,
    "guidance.see": EVERYONE,
    "account.register": EVERYONE,
    "account.see": EVERYONE,  # policy: one's own, or those of the people one answers for
    "post.submit": EVERYONE,
    "post.see": EVERYONE,  # policy: one's own, or as approver or in a case
    "case.see": EVERYONE,  # policy: the author's view of the case about them, or a reviewer's
    "case.reply": EVERYONE,
    "letter.see": EVERYONE,  # policy: addressed to oneself, or in a case that one sees
    "bundle.export": EVERYONE,  # policy: the author, and those who may read all of the case
    "case.appeal": EVERYONE,
    "case.object": EVERYONE,
    "report.make": EVERYONE,  # policy: what comes from outside is written down by some roles only
    "report.see": EVERYONE,  # policy: one's own, those one looks after, those of a case one sees
    "concern.see": EVERYONE,  # policy: those one raised; guardians, those that do not touch them
    # those who answer for others
    "account.confirm": frozenset({RoleName.MANAGER, RoleName.COMPLIANCE}),
    "register.see": frozenset({RoleName.MANAGER, RoleName.COMPLIANCE, RoleName.DPO}),
    "draft.review": frozenset({RoleName.MANAGER, RoleName.CLINICAL_LEAD}),
    "case.queue": CASEWORK,
    "case.triage": frozenset({RoleName.MANAGER, RoleName.HR}),
    "case.give_opinion": frozenset({RoleName.CLINICAL_LEAD, RoleName.HR, RoleName.DPO}),
    "case.decide": frozenset({RoleName.MANAGER, RoleName.CLINICAL_LEAD, RoleName.HR}),
    "case.countersign": frozenset({RoleName.MANAGER, RoleName.CLINICAL_LEAD, RoleName.HR}),
    "case.hear_appeal": frozenset({RoleName.MANAGER, RoleName.CLINICAL_LEAD, RoleName.HR}),
    "case.recuse": CASEWORK,
    "case.undo": CASEWORK,
    "case.decide_objection": CASEWORK,  # policy: HR, or the line manager of the person objected to
    "case.restrict": frozenset({RoleName.HR, RoleName.GUARDIAN, RoleName.DPO}),
    "case.guard": frozenset({RoleName.GUARDIAN}),
    "letter.send": CASEWORK,  # policy: who holds or decides the case
    "concern.follow": frozenset({RoleName.GUARDIAN}),  # policy: never one they raised, or that touches them
    "report.handle": frozenset({RoleName.HR, RoleName.GUARDIAN}),  # policy: never one that concerns them
    "case.pause": frozenset({RoleName.MANAGER, RoleName.CLINICAL_LEAD, RoleName.HR, RoleName.GUARDIAN}),
    "task.do": CASEWORK,  # policy: those of one's role, or of cases in which one acts
    # those who see how the whole goes
    "trends.see": frozenset(
        {RoleName.COMPLIANCE, RoleName.DPO, RoleName.MANAGER, RoleName.CLINICAL_LEAD, RoleName.HR}
    ),
    "fairness.see": frozenset({RoleName.COMPLIANCE}),
    "fairness.supply": frozenset({RoleName.HR}),  # who has the figures sees none of what is made of them
    "rulebook.see": frozenset({RoleName.COMPLIANCE, RoleName.CLINICAL_LEAD, RoleName.HR}),
    "rulebook.write": frozenset({RoleName.COMPLIANCE}),
    "rulebook.agree": frozenset(
        {RoleName.COMPLIANCE, RoleName.CLINICAL_LEAD, RoleName.HR}
    ),  # policy: not one's own
    "people.see": frozenset({RoleName.ADMIN}),
    "outbox.see": frozenset({RoleName.ADMIN}),
}


def may(roles: frozenset[RoleName], permission: str) -> bool:
    """Whether any of `roles` carries `permission`. An unknown permission is a mistake in the program: KeyError."""
    return bool(PERMISSIONS[permission] & roles)
