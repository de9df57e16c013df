"""Somebody reports a post: a colleague's, one's own, or what a patient or a regulator wrote to the organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.accounts.proof import EvidenceFile, check_evidence_file
from governance.audit.events import Event
from governance.audit.record import record, wait_turn
from governance.guidance.rulebook import Rulebook
from governance.kernel import clock
from governance.kernel.errors import Invalid, Refused
from governance.kernel.text import required, storable
from governance.people.models import Person, Role
from governance.people.roles import RoleName
from governance.posts.addresses import check_web_address
from governance.posts.checks import check_posted_at
from governance.reports.models import FROM_OUTSIDE, WAYS, Report, ReportEvidence
from governance.reports.policy import can_report
from governance.reports.queries import same_report
from governance.scoring.answer import Scoring
from governance.scoring.engine import score
from governance.scoring.post import PostInput
from governance.workflow.report_steps import expect_another, take_in

MOST_FILES = 3
ONCE_IN = timedelta(days=365)
"""Within this time nobody reports the same post twice."""
SPEAK_UP = "protected_disclosure"


@dataclass(frozen=True, slots=True)
class Reported:
    """What the reporter tells. `person` None: not sure whose post it is; `about_whom` then says what is known.

    `files` are (name, content). `from_whom` is who wrote from outside, `their_reference` what their letter is known by.
    """

    way: str
    platform: str
    text: str
    worry: str
    posted_at: datetime
    url: str = ""
    audience: str | None = None
    person: Person | None = None
    account: SocialAccount | None = None
    about_whom: str = ""
    may_name: bool = False
    from_whom: str = ""
    their_reference: str = ""
    complainant: Person | None = None
    files: Sequence[tuple[str, bytes]] = ()


def report_post(session: Session, actor: Person, *, told: Reported, rulebook: Rulebook) -> Report:
    """Keep the report with its evidence; score its words; join or open a case, or let it wait for who finds out more.

    Nothing is collected: only what the reporter tells and sends is kept. Raises Refused where the way in is not
    theirs, Invalid naming the field, or Conflict where they act in the open case about this post.
    """
    if told.way not in WAYS:
        raise Invalid("Choose what you report.", "way")
    if reason := can_report(actor, told.way):
        raise Refused(reason)
    files = _checked_files(told.files)
    report = _checked(actor, told)
    wait_turn(session)
    if known := same_report(session, actor, report.url, report.text, clock.now() - ONCE_IN):
        raise Invalid(f"You reported this post already: {known.reference}. It is being looked at.", "text")
    _score(session, report, rulebook)
    if report.person is not None:
        expect_another(report, report.person)
    session.add(report)
    session.flush()
    session.add_all(_row(report, actor, file) for file in files)
    session.flush()
    record(
        session, Event.REPORT_MADE, report.id, actor.id, way=report.way, desk=report.desk, files=len(files)
    )
    if report.person is not None:
        take_in(session, report, rulebook)
    session.flush()
    return report


def _checked(actor: Person, told: Reported) -> Report:
    """The row, of what was told. Raises Invalid."""
    if told.platform not in PLATFORMS:
        raise Invalid("Choose where it was posted.", "platform")
    if told.audience is not None and told.audience not in AUDIENCES:
        raise Invalid("Choose who can see it from the list, or say that you are not sure.", "audience")
    check_posted_at(told.posted_at)
    person = actor if told.way == "self_report" else told.person
    about = storable(told.about_whom.strip(), "about_whom", "What you know of whose post it is", 1_000)
    if person is None and not about:
        raise Invalid("Say what you know of whose post it is, such as a name or a handle.", "about_whom")
    outside = told.way in FROM_OUTSIDE
    return Report(
        way=told.way,
        made_by=actor,
        made_at=clock.now(),
        may_name=told.may_name and not outside,
        from_whom=required(told.from_whom.strip(), "from_whom", "Who wrote to us", 200) if outside else None,
        their_reference=_short(told.their_reference) if outside else None,
        complainant=told.complainant if told.way == "patient_complaint" else None,
        person=person,
        account=told.account,
        about_whom=about or None,
        platform=told.platform,
        audience=told.audience,
        url=check_web_address(told.url) if told.url.strip() else None,
        posted_at=told.posted_at,
        text=required(told.text, "text", "The words of the post"),
        worry=required(told.worry.strip(), "worry", "What worries you about it", 5_000),
        state="waiting",
    )


def _short(words: str) -> str | None:
    return storable(words.strip(), "their_reference", "Their reference", 100) or None


def _score(session: Session, report: Report, rulebook: Rulebook) -> None:
    """What the engine says of the words alone, and with it the desk on which the report waits."""
    author = report.person
    scoring = score(
        PostInput(
            text=report.text,
            platform=report.platform,
            audience=report.audience,
            profession=author.profession if author else None,
            posted_at=report.posted_at,
        ),
        rulebook,
    )
    report.severity, report.score = scoring.severity, scoring.score
    report.desk = "guardian" if _speaks_up(scoring) and _has_guardian(session) else "hr"


def _speaks_up(scoring: Scoring) -> bool:
    return any(guard.id == SPEAK_UP for guard in scoring.guards)


def _has_guardian(session: Session) -> bool:
    named = Person.roles.any(Role.name == RoleName.GUARDIAN.value)
    return session.scalar(select(Person.id).where(Person.active, named).limit(1)) is not None


def _checked_files(files: Sequence[tuple[str, bytes]]) -> list[EvidenceFile]:
    if len(files) > MOST_FILES:
        raise Invalid(f"Send {MOST_FILES} files at most: the ones that show it best.", "file")
    checked = {file.sha256: file for file in (check_evidence_file(name, data) for name, data in files)}
    return list(checked.values())


def _row(report: Report, actor: Person, file: EvidenceFile) -> ReportEvidence:
    return ReportEvidence(
        report=report,
        added_by=actor,
        added_at=clock.now(),
        file_name=file.name,
        media_type=file.media_type,
        sha256=file.sha256,
        content=file.content,
    )
