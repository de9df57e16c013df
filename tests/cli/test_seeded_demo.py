"""What stands in the seeded demo: every story at its stage, every step audited, every score the engine's."""

import itertools
from collections import Counter

import pytest
from flask_security import verify_password
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.assessments.models import Assessment
from governance.audit.models import AuditEntry
from governance.audit.record import GENESIS, entry_hash
from governance.cases.models import STAGES, Case, CaseEvent
from governance.cli.seeding.demo_files import PASSWORD, demo_files
from governance.entrance.models import User
from governance.guidance.loader import shipped_rulebook
from governance.kernel import clock
from governance.people.models import Person
from governance.posts.models import Approval, Post, PostVersion

pytestmark = pytest.mark.parametrize("database_url", ["demo"], indirect=True)

STAGE_OF = {
    "triage": "triage",
    "reply_waiting": "reply",
    "decision_waiting": "decision",
    "countersign_waiting": "countersign",
    "conflict_of_interest_recused": "review",
    "held_by_guardian": "held",
    "decided_not_closed": "issued",
    "appeal_waiting": "appeal",
}


def case_stories() -> list[dict]:
    """The stories of cases."""
    return [story for story in demo_files().stories.values() if story["type"] == "case"]


def stage_of(story: dict) -> str:
    if story["stage"].startswith("closed"):
        return "closed"
    return "review" if story["stage"].startswith("review") else STAGE_OF[story["stage"]]


def case_of(session: Session, key: str) -> Case:
    (row,) = [row for row in demo_files().posts if row["key"] == key]
    return session.scalars(
        select(Case).join(Post).join(PostVersion).where(PostVersion.text == row["text"])
    ).one()


def test_every_story_stands_where_it_says(session: Session):
    stories = case_stories()
    stands = {story["story"]: case_of(session, story["post"]).stage for story in stories}
    assert stands == {story["story"]: stage_of(story) for story in stories}
    assert set(stands.values()) == set(STAGES)


def test_every_step_of_a_case_is_in_the_audit_trail(session: Session):
    trail = Counter(session.scalars(select(AuditEntry.thing_id).where(AuditEntry.thing == "case")).all())
    moves = session.execute(
        select(CaseEvent.case_id, func.count()).where(CaseEvent.field == "stage").group_by(CaseEvent.case_id)
    ).all()
    cases = session.scalars(select(Case.id)).all()
    assert len(cases) >= len(case_stories())
    assert [case for case in cases if trail[case] < 1] == []
    assert [(case, count) for case, count in moves if trail[case] < count + 1] == []


def test_the_words_of_a_story_are_in_its_case(session: Session):
    (story,) = [story for story in case_stories() if story["story"] == "review_rebuttal"]
    case = case_of(session, story["post"])
    assert {opinion.findings for opinion in case.opinions} == {one["findings"] for one in story["opinions"]}
    assert [one.text for one in case.statements] == [story["reply"]["text"]]
    assert case.decision is not None
    assert case.decision.reasons == story["decision"]["reasons"]
    assert case.decision.outcome == story["decision"]["outcome"]
    (recused,) = [story for story in case_stories() if story["story"] == "recusal"]
    assert [one.reason for one in case_of(session, recused["post"]).recusals] == [
        recused["recusal"]["reason"]
    ]


def test_the_chain_of_the_trail_is_whole_and_its_times_never_go_back(session: Session):
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.id for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.id for entry in entries if entry.hash != entry_hash(entry)] == []
    assert [entry.previous for entry in entries] == [GENESIS, *(entry.hash for entry in entries[:-1])]
    back = [
        later.id for earlier, later in itertools.pairwise(entries) if later.happened_at < earlier.happened_at
    ]
    assert back == []
    assert entries[-1].event == "demo.seeded"
    assert entries[-1].happened_at <= clock.now()
    assert (entries[-1].happened_at - entries[0].happened_at).days >= 540


def test_every_version_of_every_post_is_scored_by_the_engine(session: Session):
    versions = session.scalar(select(func.count()).select_from(PostVersion))
    scored = session.scalar(select(func.count(Assessment.post_version_id.distinct())))
    assert versions == scored
    assert set(session.scalars(select(Assessment.rulebook))) == {shipped_rulebook().id}
    rows = [row for row in demo_files().posts if row["account"] or row["about_person"]]
    assert session.scalar(select(func.count()).select_from(Post)) == len(rows)
    texts = set(session.scalars(select(PostVersion.text)))
    assert {row["text"] for row in rows} <= texts


def test_no_post_is_of_the_future_or_older_than_its_account(session: Session):
    now = clock.now()
    posts = session.scalars(select(Post)).all()
    assert [post.id for post in posts if post.submitted_at > now or (post.posted_at or now) > now] == []
    assert [
        post.id for post in posts if post.account and post.submitted_at < post.account.registered_at
    ] == []
    assert [post.id for post in posts if post.posted_at and post.submitted_at < post.posted_at] == []
    assert {post.local_date for post in posts if post.posted_at} >= {clock.local_date(now)}


def test_accounts_stand_as_the_files_say(session: Session):
    rows = demo_files().accounts
    assert Counter(session.scalars(select(SocialAccount.state))) == Counter(row["state"] for row in rows)
    today = clock.local_date(clock.now())
    due = dict(session.execute(select(SocialAccount.url, SocialAccount.privacy_review_due_on)).all())
    said = {row["url"]: row["privacy_review_due_in_days"] for row in rows}
    overdue = {url for url, days in said.items() if days is not None and days < 0}
    assert overdue
    assert {url for url, day in due.items() if said[url] is not None and day < today} == overdue


def test_drafts_were_given_back_revised_and_approved(session: Session):
    stories = [story for story in demo_files().stories.values() if story["type"] == "draft_approval"]
    asked = set(session.scalars(select(Approval.comment).where(Approval.outcome == "changes_asked")))
    assert asked == {story["comment"] for story in stories if "comment" in story}
    approved = session.scalars(select(Post).where(Post.draft_state == "approved")).all()
    assert len(approved) == len(stories)
    waiting = session.scalars(select(Post).where(Post.draft_state == "awaiting_approval")).all()
    assert waiting
    assert all(post.approver and post.approver_id != post.author_id for post in waiting)


def test_everybody_has_a_key_that_fits(app, session: Session):
    without = {row["email"] for row in demo_files().people if not row.get("has_sign_in", True)}
    people = set(session.scalars(select(Person.email)))
    assert len(people) == len(demo_files().people)
    assert set(session.scalars(select(User.email))) == people - without
    (hashed,) = set(session.scalars(select(User.password)))
    with app.app_context():
        assert verify_password(PASSWORD, hashed)
