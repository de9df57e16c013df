"""Bring posts of an export into the house, a chunk at a time: recognised, scored, stored and audited.

Scoring (sifting.sift) comes before the first write; `import_posts` stores the whole chunk in few statements, all or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from governance.assessments.models import SEVERITIES, Assessment
from governance.assessments.stored import row_of
from governance.audit.events import Event
from governance.audit.record import Happening, record, record_all, text_hash
from governance.cases.models import Case
from governance.guidance.rulebook import RANK
from governance.kernel import clock
from governance.people.models import Person
from governance.posts.models import Approval, Post, PostVersion
from governance.posts.queries import latest_number
from governance.posts.timeline import Timeline
from governance.scoring.answer import Scoring
from governance.workflow.assess import assess
from governance.workflow.open_case import open_case
from governance.workflow.sifting import ImportedPost, ImportOrder, Sifted

WORTH_A_CASE = SEVERITIES[RANK["medium"] :]


@dataclass(frozen=True, slots=True)
class Imported:
    """What storing a chunk did. `changed`: posts that were here with another text and got a new version."""

    added: int
    changed: int
    known: int
    cases: int


def import_posts(
    session: Session, actor: Person | None, *, order: ImportOrder, sifted: Sifted, timeline: Timeline
) -> Imported:
    """Store a sifted chunk, with its audit entries, and open the cases that were asked for."""
    rows = _add_posts(session, actor, order, [post for post, _ in sifted.new])
    for row in rows:
        timeline.settle(row.identity, row.id)
    scorings = [_named_by_id(scoring, timeline) for _, scoring in sifted.new]
    cases = 0
    for assessment, scoring in _add_assessments(session, rows, scorings):
        cases += _open(session, order, assessment, scoring)
    for given in sifted.changed:
        cases += _add_version(session, actor, order, given)
    if order.cases_since is not None:
        for version in _without_case(session, order, sifted.known):
            answer = assess(session, version, order.rulebook)
            cases += _open(session, order, answer.assessment, answer.scoring)
    return Imported(len(rows), len(sifted.changed), len(sifted.known), cases)


def _add_posts(
    session: Session, actor: Person | None, order: ImportOrder, new: Sequence[ImportedPost]
) -> list[Post]:
    author = order.account.owner
    moment = clock.now()
    rows = [_row(given, order, moment) for given in new]
    session.add_all(rows)
    session.flush()
    happenings = [
        Happening(
            Event.POST_IMPORTED,
            row.id,
            actor.id if actor else None,
            {
                "author_id": author.id,
                "account_id": order.account.id,
                "run_id": order.run_id,
                "text_hash": text_hash(row.latest.text, row.latest.salt),
            },
        )
        for row in rows
    ]
    record_all(session, happenings)
    return rows


def _row(given: ImportedPost, order: ImportOrder, moment: datetime) -> Post:
    author = order.account.owner
    day = clock.local_date(given.posted_at)
    words = PostVersion(
        number=1,
        text=given.text,
        attachments_text=given.attachments_text,
        written_by=author,
        written_at=moment,
    )
    return Post(
        kind="published",
        provenance="imported",
        account=order.account,
        author=author,
        submitted_by=order.by or author,
        platform=order.account.platform,
        audience=given.audience,
        in_reply_to=given.in_reply_to,
        url=given.url,
        native_id=given.native_id,
        identity=given.identity,
        posted_at=given.posted_at,
        submitted_at=moment,
        local_date=day,
        local_week=clock.iso_week(day),
        versions=[words],
    )


def _add_assessments(
    session: Session, rows: Sequence[Post], scorings: Sequence[Scoring]
) -> list[tuple[Assessment, Scoring]]:
    moment = clock.now()
    kept = [
        (row_of(row.latest, scoring, moment), scoring) for row, scoring in zip(rows, scorings, strict=True)
    ]
    session.add_all(assessment for assessment, _ in kept)
    session.flush()
    happenings = [
        Happening(
            Event.POST_ASSESSED,
            row.id,
            None,  # the engine, not a person
            {"assessment_id": assessment.id, "rulebook": scoring.rulebook, "severity": scoring.severity},
        )
        for row, (assessment, scoring) in zip(rows, kept, strict=True)
    ]
    record_all(session, happenings)
    return kept


def _named_by_id(scoring: Scoring, timeline: Timeline) -> Scoring:
    """The posts that the mosaic used, by the ids they have now."""
    if scoring.jigsaw is None or not scoring.jigsaw.used_posts:
        return scoring
    used = tuple(timeline.id_of(name) for name in scoring.jigsaw.used_posts)
    return replace(scoring, jigsaw=replace(scoring.jigsaw, used_posts=used))


def _add_version(session: Session, actor: Person | None, order: ImportOrder, given: ImportedPost) -> int:
    """Another text for a known post: a new version, scored anew. The number of cases opened."""
    post = session.scalars(
        select(Post).where(Post.account_id == order.account.id, Post.identity == given.identity)
    ).one()
    version = PostVersion(
        number=post.latest.number + 1,
        text=given.text,
        attachments_text=given.attachments_text,
        written_by=order.account.owner,
        written_at=clock.now(),
    )
    post.versions.append(version)
    session.flush()
    record(
        session,
        Event.POST_VERSION_ADDED,
        post.id,
        actor.id if actor else None,
        version=version.number,
        text_hash=text_hash(version.text, version.salt),
    )
    answer = assess(session, version, order.rulebook)
    return _open(session, order, answer.assessment, answer.scoring)


def _open(session: Session, order: ImportOrder, assessment: Assessment, scoring: Scoring) -> int:
    posted_at = assessment.post_version.post.posted_at
    if order.cases_since is None or posted_at is None or posted_at < order.cases_since:
        return 0
    case = open_case(session, assessment=assessment, scoring=scoring)
    return 1 if case is not None and case.assessment is assessment else 0


def _without_case(session: Session, order: ImportOrder, known: Sequence[ImportedPost]) -> list[PostVersion]:
    """Versions that an earlier reading stored without opening cases, and that are worth one.

    Where a case was closed with no concern, `open_case` knows whether that still stands under the rulebook in use.
    Words that were approved before they went out are left alone, as where their author records them: asking first is
    never punished.
    """
    names = {post.identity for post in known}
    newest = (
        select(Assessment.id)
        .where(Assessment.post_version_id == PostVersion.id)
        .order_by(Assessment.id.desc())
        .limit(1)
        .correlate(PostVersion)
        .scalar_subquery()
    )
    query = (
        select(PostVersion)
        .join(Post, Post.id == PostVersion.post_id)
        .join(Assessment, Assessment.id == newest)
        .where(
            Post.account_id == order.account.id,
            Post.identity.in_(sorted(names)),
            Post.posted_at >= order.cases_since,
            PostVersion.number == latest_number(),
            Assessment.severity.in_(WORTH_A_CASE),
            ~select(Case.id)
            .where(Case.post_id == Post.id, or_(Case.closure.is_(None), Case.closure != "no_concern"))
            .exists(),
            ~select(Approval.id)
            .where(Approval.post_version_id == PostVersion.id, Approval.outcome == "approved")
            .exists(),
        )
        .order_by(Post.posted_at)
    )
    return list(session.scalars(query))
