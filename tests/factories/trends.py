"""Posts with assessments, in any number, for what counts them. They are written as rows: no engine has scored them."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.assessments.models import Assessment, AssessmentBenefit, AssessmentCategory
from governance.kernel import clock
from governance.people.models import Person
from governance.posts.models import Post, PostVersion

_numbers = itertools.count(1)


@dataclass
class Said:
    """One post to be made."""

    author: Person
    on: date
    severity: str = "none"
    categories: dict[str, str] = field(default_factory=dict)
    benefits: Sequence[str] = ()
    platform: str = "bluesky"
    draft: bool = False


def make_account(session: Session, owner: Person, platform: str = "bluesky") -> SocialAccount:
    """A verified account."""
    handle = f"account{next(_numbers)}"
    account = SocialAccount(
        owner_id=owner.id,
        platform=platform,
        handle=handle,
        handle_key=handle,
        url=f"https://{platform}.example/{handle}",
        purpose="Teaching",
        proof_code="ABCD",
        registered_at=clock.now(),
        privacy_review_due_on=date(2030, 1, 1),
    )
    session.add(account)
    session.flush()
    return account


def make_posts(session: Session, said: Iterable[Said]) -> list[int]:
    """Insert posts, each with one assessed version; answers their ids. Does not commit."""
    said = list(said)
    accounts = {one.author.id: one.author for one in said}
    owned = {person_id: make_account(session, person).id for person_id, person in accounts.items()}
    posts = session.scalars(
        insert(Post).returning(Post.id, sort_by_parameter_order=True),
        [_post(one, owned[one.author.id]) for one in said],
    ).all()
    versions = session.scalars(
        insert(PostVersion).returning(PostVersion.id, sort_by_parameter_order=True),
        [_version(post, one) for post, one in zip(posts, said, strict=True)],
    ).all()
    assessments = session.scalars(
        insert(Assessment).returning(Assessment.id, sort_by_parameter_order=True),
        [_assessment(version, one.severity) for version, one in zip(versions, said, strict=True)],
    ).all()
    pairs = list(zip(assessments, said, strict=True))
    _insert(session, AssessmentCategory, [
        {"assessment_id": row, "category": name, "severity": severity, "score": 50}
        for row, one in pairs for name, severity in one.categories.items()
    ])  # fmt: skip
    _insert(session, AssessmentBenefit, [
        {"assessment_id": row, "benefit": name} for row, one in pairs for name in one.benefits
    ])  # fmt: skip
    return list(posts)


def reassess(session: Session, post_id: int, severity: str) -> None:
    """A second version of a post, with an assessment of its own."""
    post = session.get_one(Post, post_id)
    version = PostVersion(**_version(post_id, Said(post.author, post.local_date)) | {"number": 2})
    session.add(version)
    session.flush()
    session.add(Assessment(**_assessment(version.id, severity)))
    session.flush()


def _insert(session: Session, model: type, rows: list[dict[str, object]]) -> None:
    if rows:
        session.execute(insert(model), rows)


def _post(one: Said, account_id: int) -> dict[str, object]:
    moment = datetime.combine(one.on, time(12), UTC)
    return {
        "kind": "draft" if one.draft else "published",
        "draft_state": "awaiting_approval" if one.draft else None,
        "provenance": "submitted",
        "account_id": account_id,
        "author_id": one.author.id,
        "submitted_by_id": one.author.id,
        "platform": one.platform,
        "identity": f"n:{next(_numbers)}",
        "posted_at": None if one.draft else moment,
        "submitted_at": moment,
        "local_date": one.on,
        "local_week": clock.iso_week(one.on),
        "version": 1,
    }


def _version(post_id: int, one: Said) -> dict[str, object]:
    return {
        "post_id": post_id,
        "number": 1,
        "text": "Words of an invented post.",
        "written_by_id": one.author.id,
        "written_at": datetime.combine(one.on, time(12), UTC),
    }


def _assessment(version_id: int, severity: str) -> dict[str, object]:
    return {
        "post_version_id": version_id,
        "rulebook": "test",
        "engine": "test",
        "score": 0 if severity == "none" else 50,
        "severity": severity,
        "details": {},
        "assessed_at": clock.now(),
    }


def weeks_ago(count: int) -> date:
    """The Monday `count` weeks before this week's."""
    today = clock.local_date(clock.now())
    return today - timedelta(days=today.weekday(), weeks=count)
