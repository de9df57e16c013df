"""Everything that is held about one person, for their own eyes: the answer to a subject access request.

Each function gives plain dictionaries, ready to be written as JSON; times are in UTC. What others may not have told
yet stays out: an opinion before all are written, the name of a person who reported.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from governance.accounts.models import SocialAccount
from governance.accounts.queries import own_accounts
from governance.assessments.models import Assessment
from governance.cases.models import Case
from governance.cases.queries import about
from governance.cases.sight import may_see_opinion
from governance.cases.timeline import BROUGHT_IN, entries
from governance.concerns.models import Concern
from governance.concerns.queries import raised_by
from governance.equality.queries import held_of
from governance.insight.record_log import log_about
from governance.letters.queries import letters_of
from governance.people.models import Person
from governance.people.queries import acknowledgements_of
from governance.posts.models import Approval, Post, PostVersion
from governance.reports.models import Report
from governance.reports.queries import made_by
from governance.reports.titles import told_reporter

Held = dict[str, Any]


def everything_about(session: Session, person: Person) -> Held:
    """All of it, for the download."""
    return {
        "person": person_held(person),
        "notices_read": notices_held(session, person.id),
        "supplied_for_fairness_figures": held_of(session, person.id),
        "accounts": [_account(account) for account in own_accounts(session, person.id)],
        "posts": posts_held(session, person.id),
        "cases": cases_held(session, person),
        "reports_you_made": [_report(report) for report in session.scalars(made_by(person))],
        "concerns_you_raised": [_concern(concern) for concern in raised_by(session, person)],
        "log": [asdict(line) for line in log_about(session, person.id)],
    }


def person_held(person: Person) -> Held:
    """What is held of the person themselves."""
    return {
        "name": person.name,
        "email": person.email,
        "profession": person.profession,
        "role_title": person.role_title,
        "regulator": person.regulator,
        "registration_number": person.registration_number,
        "department": person.department.name,
        "line_manager": person.line_manager.name if person.line_manager else None,
        "roles": person.role_titles,
    }


def notices_held(session: Session, person_id: int) -> list[Held]:
    """The versions of the notice that the person has read."""
    return [
        {"number": one.notice.number, "title": one.notice.title, "read_at": one.acknowledged_at}
        for one in acknowledgements_of(session, person_id)
    ]


def _account(account: SocialAccount) -> Held:
    return {
        **_columns(
            account, ("platform", "handle", "url", "purpose", "default_audience", "state", "state_reason")
        ),
        **_columns(account, ("proof_code", "registered_at", "confirmed_at")),
        **_columns(account, ("privacy_reviewed_on", "privacy_review_due_on")),
        "confirmed_by": account.confirmed_by.name if account.confirmed_by else None,
        "evidence": [
            _columns(one, ("added_at", "note", "file_name", "media_type", "sha256"))
            for one in account.evidence
        ],
    }


def posts_held(session: Session, person_id: int) -> list[Held]:
    """Every post and draft, each version with its assessments and findings, the oldest first."""
    query = (
        select(Post)
        .where(Post.author_id == person_id)
        .order_by(Post.submitted_at, Post.id)
        .options(
            selectinload(Post.account),
            selectinload(Post.versions),
            selectinload(Post.approvals).joinedload(Approval.reviewer),
        )
    )
    assessed = _assessments(session, person_id)
    return [_post(post, assessed) for post in session.scalars(query)]


def _assessments(session: Session, person_id: int) -> dict[int, list[Assessment]]:
    query = (
        select(Assessment)
        .join(PostVersion, PostVersion.id == Assessment.post_version_id)
        .join(Post, Post.id == PostVersion.post_id)
        .where(Post.author_id == person_id)
        .order_by(Assessment.id)
        .options(
            selectinload(Assessment.findings),
            selectinload(Assessment.categories),
            selectinload(Assessment.benefits),
        )
    )
    found: dict[int, list[Assessment]] = {}
    for assessment in session.scalars(query):
        found.setdefault(assessment.post_version_id, []).append(assessment)
    return found


def _post(post: Post, assessed: dict[int, list[Assessment]]) -> Held:
    return {
        **_columns(post, ("kind", "draft_state", "provenance", "platform", "audience", "in_reply_to", "url")),
        **_columns(post, ("native_id", "posted_at", "submitted_at")),
        "account": post.account.handle if post.account else None,
        "versions": [
            {
                **_columns(version, ("number", "text", "attachments_text", "written_at")),
                "assessments": [_assessment(one) for one in assessed.get(version.id, [])],
            }
            for version in post.versions
        ],
        "approvals": [
            {**_columns(one, ("outcome", "comment", "decided_at")), "by": one.reviewer.name}
            for one in post.approvals
        ],
    }


def _assessment(assessment: Assessment) -> Held:
    shown = (
        "rule",
        "category",
        "severity",
        "starts",
        "ends",
        "quote",
        "message",
        "advice",
        "cites",
        "mitigation",
    )
    return {
        **_columns(assessment, ("score", "severity", "rulebook", "engine", "assessed_at", "details")),
        "categories": [_columns(one, ("category", "severity", "score")) for one in assessment.categories],
        "benefits": [one.benefit for one in assessment.benefits],
        "findings": [_columns(one, shown) for one in assessment.findings],
    }


def cases_held(session: Session, person: Person) -> list[Held]:
    """The cases about the person's posts, as far as they may read them (the rules are those of the case's own page)."""
    return [_case(session, person, case) for case in about(session, person)]


def _case(session: Session, person: Person, case: Case) -> Held:
    decision = case.decision
    return {
        **_columns(case, ("reference", "origin", "stage", "severity", "route", "opened_at", "stage_since")),
        **_columns(case, ("closed_at", "closure")),
        "held_by": case.holder.name,
        "decided_by": case.decider.name if case.decider else None,
        "protected_as": sorted(guard.guard for guard in case.guards),
        "your_answers": [_columns(one, ("text", "companion", "written_at")) for one in case.statements],
        "opinions": [
            _columns(one, ("kind", "seriousness", "findings", "mitigation", "sources", "written_at"))
            for one in case.opinions
            if may_see_opinion(person, case, one)
        ],
        "decision": _columns(decision, ("outcome", "reasons", "sources", "proportionality", "decided_at"))
        if decision
        else None,
        "letters_to_you": [
            _columns(one, ("heading", "body", "sent_at")) for one in letters_of(session, person, case)
        ],
        "what_happened": [
            {**asdict(one), "who": None if one.verb in BROUGHT_IN else one.who}
            for one in entries(person, case)
        ],
    }


def _report(report: Report) -> Held:
    """What a person reported, as they told it; what came of it is the author's own."""
    return {
        **_columns(report, ("reference", "way", "made_at", "platform", "url", "posted_at", "text", "worry")),
        **_columns(report, ("about_whom", "from_whom", "their_reference", "may_name")),
        "files": [_columns(one, ("file_name", "media_type", "sha256")) for one in report.evidence],
        "state": told_reporter(report),
    }


def _concern(concern: Concern) -> Held:
    """A concern that a person raised, and what became of it; notes between guardians stay with them."""
    return {
        **_columns(concern, ("reference", "raised_at", "about", "closed_at")),
        "steps": [
            _columns(step, ("kind", "happened_at", "to_whom", "words"))
            for step in concern.steps
            if step.kind != "note"
        ],
    }


def _columns(row: object, names: Iterable[str]) -> Held:
    return {name: getattr(row, name) for name in names}
