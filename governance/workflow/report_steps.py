"""What reporting and placing a report share: the post that is meant, and the case that it opens or joins."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case, CasePart
from governance.cases.reviewed import standing_review
from governance.cases.standing import part_of
from governance.cases.titles import ORIGIN_TITLES
from governance.guidance.rulebook import Rulebook
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid
from governance.people.models import Person
from governance.posts.identity import identity
from governance.posts.models import Post, PostVersion
from governance.reports.models import Report
from governance.reports.queries import of_case
from governance.workflow.add_version import add_version
from governance.workflow.assess import assess
from governance.workflow.open_case import open_case
from governance.workflow.replacing import replace
from governance.workflow.steps import note


def take_in(session: Session, report: Report, rulebook: Rulebook, *, anew: bool = False) -> Case | None:
    """The case that `report`, whose person is known, joins or opens; None where it has to wait for a look.

    An open case about the same post takes it in. Words that were looked at already are not opened again by a report
    alone, unless `anew`: somebody has read it, and said what is new in it. Raises Conflict where nobody could hold
    the case, or the reporter acts in it.
    """
    posts = _same_posts(session, report)
    standing = next((case for post in posts if (case := _open_case_of(session, post))), None)
    if standing is not None:
        _join(session, standing, report)
        return _in_case(report, standing)
    version = next((one for post in posts for one in post.versions if one.text == report.text), None)
    if version is not None and not anew and standing_review(session, version, rulebook.id):
        report.reviewed_before = True
        return None
    assessed = assess(session, version or _reported_version(session, report), rulebook)
    case = open_case(
        session,
        assessment=assessed.assessment,
        scoring=assessed.scoring,
        origin=report.way,
        by=report.made_by,
        reporter=report.reporter,
        complainant=report.complainant,
    )
    if case is None:
        raise Conflict("A draft is reported to nobody: it is not out.")
    return _in_case(report, case)


def give_back(session: Session, case: Case, actor: Person, how_known: str) -> None:
    """The post of `case` is somebody else's: its reports wait again for whoever finds out whose, if they came from others."""
    for report in of_case(session, case):
        if report.way != "self_report":
            report.state, report.case, report.person, report.account = "waiting", None, None, None
            report.handled_by, report.handled_at = actor, clock.now()
            report.handled_reason = f"Not {case.subject.name}: {how_known}"[:2_000]
    session.flush()


def expect_another(report: Report, person: Person) -> None:
    """Raise Invalid where `person` could not have written a post that they reported or complained of."""
    if report.complainant_id == person.id:
        raise Invalid("Who complained cannot be who posted it.", "person")
    if report.way == "report" and report.made_by_id == person.id:
        raise Invalid("Who reported it cannot be who posted it.", "person")


def _in_case(report: Report, case: Case) -> Case:
    report.state, report.case = "in_case", case
    return case


def _same_posts(session: Session, report: Report) -> list[Post]:
    """The author's published posts that have the same address or the same words, those with an account first."""
    name = identity(native_id=None, url=report.url, posted_at=report.posted_at, text=report.text)
    worded = select(PostVersion.post_id).where(PostVersion.text == report.text)
    same = or_(Post.identity == name, Post.id.in_(worded))
    query = (
        select(Post)
        .where(Post.author_id == report.person_id, Post.kind == "published", same)
        .order_by(Post.account_id.is_(None), Post.id)
    )
    return list(session.scalars(query.where(Post.platform == report.platform)))


def _open_case_of(session: Session, post: Post) -> Case | None:
    return session.scalar(
        select(Case).where(Case.post_id == post.id, Case.stage != "closed").with_for_update()
    )


def _reported_version(session: Session, report: Report) -> PostVersion:
    """The words as they were reported, in a post of their own: what the author recorded stays as they wrote it."""
    if report.person is None:
        raise ValueError("a report becomes a post only once its author is known")
    day = clock.local_date(report.posted_at)
    post = Post(
        kind="published",
        provenance="reported",
        author=report.person,
        submitted_by=report.made_by,
        platform=report.platform,
        audience=report.audience,
        url=report.url,
        identity=identity(native_id=None, url=report.url, posted_at=report.posted_at, text=report.text),
        posted_at=report.posted_at,
        submitted_at=clock.now(),
        local_date=day,
        local_week=clock.iso_week(day),
    )
    session.add(post)
    return add_version(session, report.made_by, post, report.text, None)


def _join(session: Session, case: Case, report: Report) -> None:
    """A further report of a post that has an open case. Who complained acts in it no more; who reports never did."""
    reporter, complainant = report.reporter, report.complainant
    if reporter is not None and reporter.id != case.subject_id:
        _keep_out(session, case, reporter, "reporter")
    if complainant is not None:
        _keep_out(session, case, complainant, "complainant")
        replace(session, case, complainant, "report")
    note(session, case, report.made_by, "report", field="origin", new=ORIGIN_TITLES[report.way])
    record(session, Event.CASE_REPORT_JOINED, case.id, report.made_by_id, report_id=report.id)


def _keep_out(session: Session, case: Case, person: Person, part: str) -> None:
    has = part_of(person, case)
    if has in ("reporter", "complainant"):
        return
    acts = has is not None or person.id == case.holder_id
    if acts and part == "reporter":
        raise Conflict(
            f"There is an open case about this post, and you act in it: {case.reference}. Write there what you know, or "
            "step back from it first."
        )
    if has is not None and has != "decider":
        raise Conflict(
            f"{person.name} has written in the open case about this post, {case.reference}, and cannot be its complainant. "
            "Talk to HR."
        )
    for held in [one for one in case.parts if one.person_id == person.id]:
        session.delete(held)
    session.flush()
    session.add(CasePart(case=case, person_id=person.id, part=part))
    session.flush()
    session.expire(case, ["parts"])
