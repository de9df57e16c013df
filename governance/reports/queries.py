"""Finding reports: one's own, those that wait on a desk, those of a case, and what came before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from governance.accounts.addresses import handle_key
from governance.accounts.models import SocialAccount
from governance.accounts.queries import registered_as
from governance.cases.models import Case
from governance.kernel.errors import Missing
from governance.people.models import Person
from governance.people.queries import person_by_email
from governance.reports.models import Report, ReportEvidence
from governance.reports.policy import DESK_ROLES, may_read

EARLIER_WITHIN = timedelta(days=365)
"""How far back a reporter's earlier reports about the same person are counted. Our own figure: check local policy."""


@dataclass(frozen=True)
class EarlierReports:
    """What the same person reported about the same author in the year before; of those, closed with no concern."""

    number: int
    no_concern: int


def report_for(session: Session, person: Person, report_id: int) -> Report:
    """The report. Raises Missing alike where there is none and where `person` may not read it."""
    report = session.get(Report, report_id)
    if report is None or not may_read(person, report):
        raise Missing("There is no such report, or none that you may see.")
    return report


def evidence_of(report: Report, evidence_id: int) -> ReportEvidence:
    """One file of the report. Raises Missing."""
    for evidence in report.evidence:
        if evidence.id == evidence_id:
            return evidence
    raise Missing("There is no such file.")


def made_by(person: Person) -> Select[Report]:
    """What a person reported, the latest first, for `paginate`."""
    query = select(Report).where(Report.made_by_id == person.id).options(joinedload(Report.case))
    return query.order_by(Report.made_at.desc(), Report.id.desc())


def waiting_for(person: Person) -> Select[Report]:
    """Reports that `person` may look after, the longest waiting first. Twin of policy.can_handle."""
    desks = [desk for desk, role in DESK_ROLES.items() if role in person.role_names and person.active]
    not_theirs = and_(
        or_(Report.person_id.is_(None), Report.person_id != person.id),
        or_(Report.complainant_id.is_(None), Report.complainant_id != person.id),
        or_(Report.made_by_id != person.id, Report.way.in_(("patient_complaint", "regulator_letter"))),
    )
    query = select(Report).where(
        Report.state == "waiting", Report.desk.in_(desks) if desks else false(), not_theirs
    )
    return query.options(joinedload(Report.made_by)).order_by(Report.made_at, Report.id)


def how_many_wait(session: Session, person: Person) -> int:
    """The number of reports that wait for somebody like this person."""
    return (
        session.scalar(select(func.count()).select_from(waiting_for(person).order_by(None).subquery())) or 0
    )


def of_case(session: Session, case: Case) -> Sequence[Report]:
    """The reports that led to a case or joined it, in the order in which they came."""
    query = select(Report).where(Report.case_id == case.id).order_by(Report.made_at, Report.id)
    return session.scalars(query.options(selectinload(Report.evidence), joinedload(Report.made_by))).all()


def earlier_reports(session: Session, report: Report) -> EarlierReports:
    """How often this reporter reported this author in the year before. What came from outside counts for nobody."""
    if report.reporter is None or report.person_id is None or report.way == "self_report":
        return EarlierReports(0, 0)
    query = (
        select(func.count(), func.count().filter(Case.closure == "no_concern"))
        .select_from(Report)
        .outerjoin(Case, Case.id == Report.case_id)
        .where(
            Report.made_by_id == report.made_by_id,
            Report.person_id == report.person_id,
            Report.way == "report",
            Report.id != report.id,
            Report.made_at <= report.made_at,
            Report.made_at > report.made_at - EARLIER_WITHIN,
        )
    )
    number, no_concern = session.execute(query).one()
    return EarlierReports(number, no_concern)


def same_report(
    session: Session, person: Person, url: str | None, text: str, since: datetime
) -> Report | None:
    """What `person` reported since then with this address or these words, unless it was set aside."""
    same = Report.text == text
    if url:
        same = or_(same, Report.url == url)
    query = select(Report).where(
        Report.made_by_id == person.id, Report.state != "set_aside", Report.made_at > since, same
    )
    return session.scalar(query.limit(1))


def person_named(session: Session, platform: str, words: str) -> tuple[Person | None, SocialAccount | None]:
    """Whom `words` name for certain: a work e-mail address, or the handle or address of a registered account.

    A name alone is not enough: two people may share it. Then, and where nothing fits, HR finds out.
    """
    words = words.strip()
    if not words:
        return None, None
    if person := person_by_email(session, words):
        return person, None
    account = registered_as(session, platform, handle_key(platform, words), words)
    return (account.owner, account) if account else (None, None)
