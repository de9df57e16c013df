"""An import run on both databases: who may, what is stored, what comes again, and what is counted."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.assessments.models import Assessment
from governance.audit.models import AuditEntry
from governance.audit.record import entry_hash
from governance.cases.models import Case
from governance.guidance.loader import shipped_rulebook
from governance.intake.recognise import recognise
from governance.intake.run import CHUNK, MOST_LISTED, start_import, why_not
from governance.kernel import clock
from governance.kernel.database import WRITE
from governance.kernel.errors import Refused
from governance.people.models import Acknowledgement, Notice
from governance.posts.models import Post, PostVersion
from governance.workflow.approve_draft import approve_draft
from governance.workflow.publish_draft import publish_draft
from tests.factories.imports import FIRST, import_of, json_lines, row, tweet, x_members, zipped
from tests.factories.posts import make_account, make_draft, words
from tests.fixtures.organisation import Organisation


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """As a runner's: it keeps its objects over a commit."""
    with Session(engine.execution_options(**WRITE), expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def account(session: Session, organisation: Organisation) -> SocialAccount:
    made = make_account(session, organisation.nurse)
    session.commit()
    return made


def texts(session: Session) -> list[str]:
    return list(session.scalars(select(PostVersion.text).order_by(PostVersion.post_id, PostVersion.number)))


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_everything_is_stored_scored_and_audited(session: Session, account: SocialAccount, tmp_path: Path):
    run = import_of(session, account, json_lines(tmp_path / "a", [row(1, audience="public"), "{", row(2)]))
    assert (run.state, run.done_lines, run.added, run.known, run.unreadable_count) == ("done", 3, 2, 0, 1)
    assert run.unreadable[0]["line"] == 2
    post = session.scalars(select(Post).order_by(Post.id)).first()
    assert post is not None
    assert (post.provenance, post.kind, post.author_id, post.account_id) == (
        "imported",
        "published",
        account.owner_id,
        account.id,
    )
    assert (post.platform, post.audience, post.identity, post.local_week) == (
        "x",
        "public",
        "n:1",
        "2025-W10",
    )
    trail = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.event for entry in trail[-6:]] == [
        "import_run.import_started",
        "post.imported",
        "post.imported",
        "post.assessed",
        "post.assessed",
        "import_run.import_finished",
    ]
    assert [entry.hash for entry in trail] == [entry_hash(entry) for entry in trail]
    assert [entry.previous for entry in trail[1:]] == [entry.hash for entry in trail[:-1]]


def test_the_same_file_twice_adds_nothing(session: Session, account: SocialAccount, tmp_path: Path):
    lines = [row(number) for number in range(CHUNK + 5)] + [row(3, text="Edited."), row(4, native_id=None)]
    path = json_lines(tmp_path / "a", lines)
    first = import_of(session, account, path)
    assert (first.added, first.changed, first.known) == (CHUNK + 6, 1, 0)
    before = texts(session)
    again = import_of(session, account, path)
    assert (again.id, again.added, again.known) == (first.id, CHUNK + 6, CHUNK + 7)
    assert texts(session) == before


def test_two_exports_that_overlap_share_their_posts(session: Session, account: SocialAccount, tmp_path: Path):
    status = "https://x.com/ward/status/1897000000000000001"
    import_of(session, account, zipped(tmp_path / "a.zip", x_members([tweet(1), tweet(2)])))
    run = import_of(
        session,
        account,
        json_lines(tmp_path / "b", [row(1, native_id=None, url=status, text="A good shift.")]),
    )
    assert (run.added, run.known, count(session, Post)) == (0, 1, 2)


def test_other_words_for_a_known_post_are_a_new_version(
    session: Session, account: SocialAccount, tmp_path: Path
):
    old, new = (
        json_lines(tmp_path / "a", [row(1, text="Old")]),
        json_lines(tmp_path / "b", [row(1, text="New")]),
    )
    for path in (old, new, old, new):
        run = import_of(session, account, path)
    assert (run.added, run.changed, run.known) == (0, 1, 1)
    assert texts(session) == ["Old", "New"]


def test_without_any_post_a_run_has_failed(session: Session, account: SocialAccount, tmp_path: Path):
    for number, path in enumerate(
        [
            json_lines(tmp_path / "a", ["{", "["]),
            zipped(tmp_path / "b.zip", x_members([tweet(1, "RT @a: theirs")])),
        ]
    ):
        run = import_of(session, account, path)
        assert (run.state, run.added, run.unreadable_count) == ("failed", 0, 2 - 2 * number)


def test_a_thousand_unreadable_lines_are_listed_and_all_counted(
    session: Session, account: SocialAccount, tmp_path: Path
):
    run = import_of(session, account, json_lines(tmp_path / "a", ["{"] * (MOST_LISTED + 50) + [row()]))
    assert (run.state, run.unreadable_count, len(run.unreadable)) == ("done", MOST_LISTED + 50, MOST_LISTED)


def test_posts_of_one_run_are_read_together_for_the_mosaic(
    session: Session, account: SocialAccount, tmp_path: Path
):
    lines = [
        row(1, text="My patient on Ward 7 is a 93 year old retired lighthouse keeper."),
        row(2, text="The same patient has Creutzfeldt-Jakob disease, poor man."),
    ]
    import_of(session, account, json_lines(tmp_path / "a", lines))
    first, second = session.scalars(select(Post).order_by(Post.id))
    kept = session.scalars(select(Assessment).where(Assessment.post_version_id == second.latest.id)).one()
    assert list(kept.details["jigsaw"]["used_posts"]) == [str(first.id)]


class TestWhoMay:
    @pytest.mark.parametrize("state", ["rejected", "retired"])
    def test_accounts_out_of_use_are_refused(
        self, session: Session, organisation: Organisation, tmp_path: Path, state: str
    ):
        account = make_account(session, organisation.nurse)
        account.state, account.state_reason = state, "Not theirs"
        account.confirmed_by, account.confirmed_at = organisation.manager, FIRST
        session.commit()
        with pytest.raises(Refused, match=state):
            import_of(session, account, json_lines(tmp_path / "a", [row()]))
        assert count(session, Post) == 0

    def test_an_owner_who_has_not_read_the_notice_that_stands_now(
        self, session: Session, account: SocialAccount, tmp_path: Path
    ):
        session.add(Notice(number=2, title="Newer", body="More.", published_at=FIRST))
        session.commit()
        with pytest.raises(Refused, match="Nia Rowan has not acknowledged"):
            import_of(session, account, json_lines(tmp_path / "a", [row()]))
        assert count(session, Post) == 0

    def test_an_archive_of_another_platform(
        self, session: Session, organisation: Organisation, tmp_path: Path
    ):
        account = make_account(session, organisation.nurse, platform="blog")
        reading = recognise(zipped(tmp_path / "a.zip", x_members([tweet()])))
        assert "the account is on Blog" in (why_not(session, account, reading, open_cases=False) or "")

    def test_words_of_another_handle_open_no_case(
        self, session: Session, account: SocialAccount, tmp_path: Path
    ):
        reading = recognise(zipped(tmp_path / "a.zip", x_members([tweet()], username="somebody_else")))
        assert why_not(session, account, reading, open_cases=False) is None
        assert "@somebody_else" in (why_not(session, account, reading, open_cases=True) or "")
        own = recognise(
            zipped(tmp_path / "b.zip", x_members([tweet()], username=account.handle.strip("@").upper()))
        )
        assert why_not(session, account, own, open_cases=True) is None


class TestCases:
    @pytest.fixture
    def lines(self, session: Session, account: SocialAccount) -> list[dict[str, object]]:
        """A post that needs a look before the owner acknowledged the notice, one after, and one that needs none."""
        read = select(Acknowledgement).where(Acknowledgement.person_id == account.owner_id)
        session.scalars(read).one().acknowledged_at = FIRST.replace(hour=22)
        session.commit()
        worth = words("high")
        return [row(1, text=worth), row(9, text=worth), row(10, text="A quiet day.")]

    def cases(self, session: Session) -> list[str]:
        return list(session.scalars(select(Post.identity).join(Case, Case.post_id == Post.id)))

    def test_none_are_opened_unless_asked(
        self, session: Session, account: SocialAccount, tmp_path: Path, lines: list[dict[str, object]]
    ):
        assert import_of(session, account, json_lines(tmp_path / "a", lines)).cases == 0
        assert self.cases(session) == []

    def test_none_are_opened_for_posts_older_than_the_acknowledgement(
        self, session: Session, account: SocialAccount, tmp_path: Path, lines: list[dict[str, object]]
    ):
        run = import_of(session, account, json_lines(tmp_path / "a", lines), open_cases=True)
        assert (run.cases, self.cases(session)) == (1, ["n:9"])

    def test_asking_later_opens_the_same_and_only_once(
        self, session: Session, account: SocialAccount, tmp_path: Path, lines: list[dict[str, object]]
    ):
        path = json_lines(tmp_path / "a", lines)
        import_of(session, account, path)
        for _ in range(2):
            run = import_of(session, account, path, open_cases=True)
        assert (run.added, run.cases, self.cases(session)) == (3, 1, ["n:9"])

    def test_none_is_opened_on_words_that_were_approved_before_they_went_out(
        self, session: Session, account: SocialAccount, organisation: Organisation, tmp_path: Path
    ):
        draft = make_draft(session, organisation.nurse, words("medium"), account)
        approve_draft(session, organisation.manager, post=draft, version=draft.version)
        posted_at = clock.now() + timedelta(minutes=1)
        given = {"text": draft.latest.text, "posted_at": posted_at, "native_id": "77"}
        publish_draft(
            session,
            organisation.nurse,
            post=draft,
            version=draft.version,
            rulebook=shipped_rulebook(),
            **given,
        )
        session.commit()
        again = json_lines(tmp_path / "a", [{**given, "posted_at": posted_at.isoformat()}])
        run = import_of(session, account, again, open_cases=True)
        assert (run.known, run.cases, self.cases(session)) == (1, 0, [])


def test_a_stopped_run_goes_on_where_it_was(
    session: Session, account: SocialAccount, tmp_path: Path, fresh: Callable[[], Session]
):
    path = json_lines(tmp_path / "a", [row(number) for number in range(10)])
    reading = recognise(path)
    run = start_import(session, None, account=account, reading=reading, file_name="a", open_cases=False)
    run.done_lines, run.added = 6, 6
    session.commit()
    finished = import_of(session, account, path)
    assert (finished.id, finished.done_lines, finished.added) == (run.id, 10, 10)
    with fresh() as other:
        assert count(other, Post) == 4
