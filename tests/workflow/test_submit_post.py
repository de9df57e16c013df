from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from governance.audit.models import AuditEntry
from governance.audit.record import text_hash
from governance.cases.models import Case
from governance.kernel import clock
from governance.kernel.errors import Invalid, Refused
from governance.people.models import Acknowledgement, Notice
from governance.posts.models import Post, PostVersion
from tests.factories.posts import GOOD, make_account, submit, words

AT = datetime(2026, 6, 7, 22, 30, tzinfo=UTC)


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_a_post_is_kept_with_its_london_day_and_audited_without_its_words(session, organisation):
    account = make_account(session, organisation.nurse)
    with clock.at(AT + timedelta(days=1)):
        done = submit(
            session, organisation.nurse, GOOD, account, posted_at=AT, url=f"{account.url}/status/77"
        )
    post = done.post
    assert (done.outcome, done.case, post.kind, post.provenance) == ("new", None, "published", "submitted")
    assert (str(post.local_date), post.local_week) == ("2026-06-07", "2026-W23")
    assert post.identity == "n:77"
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.thing == "post").order_by(AuditEntry.id)
    ).all()
    assert [entry.event for entry in entries] == ["post.submitted", "post.assessed"]
    assert text_hash(GOOD, post.latest.salt) in entries[0].payload
    assert "spacer" not in "".join(entry.payload for entry in entries)


def test_sunday_late_evening_in_summer_is_monday_in_london(session, organisation):
    late = datetime(2026, 6, 7, 23, 30, tzinfo=UTC)
    with clock.at(late + timedelta(days=1)):
        post = submit(session, organisation.nurse, posted_at=late).post
    assert (str(post.local_date), post.local_week) == ("2026-06-08", "2026-W24")


@pytest.mark.parametrize("severity", ["medium", "high", "critical"])
def test_medium_or_more_opens_a_case(session, organisation, severity):
    case = submit(session, organisation.nurse, words(severity)).case
    assert case is not None
    assert (case.severity, case.subject, case.stage) == (severity, organisation.nurse, "triage")


@pytest.mark.parametrize("severity", ["none", "low"])
def test_less_opens_nothing(session, organisation, severity):
    assert submit(session, organisation.nurse, words(severity)).case is None
    assert count(session, Case) == 0


def test_the_same_post_again_adds_nothing(session, organisation):
    account = make_account(session, organisation.nurse)
    url = f"{account.url}/status/9"
    first = submit(session, organisation.nurse, words("medium"), account, url=url)
    before = count(session, AuditEntry)
    again = submit(
        session, organisation.nurse, words("medium"), account, url=url.replace("x.com", "twitter.com")
    )
    assert (again.outcome, again.post) == ("known", first.post)
    assert (count(session, Post), count(session, PostVersion), count(session, Case)) == (1, 1, 1)
    assert count(session, AuditEntry) == before


def test_the_same_post_with_other_words_is_a_new_version_and_keeps_the_old(session, organisation):
    account = make_account(session, organisation.nurse)
    submit(session, organisation.nurse, words("medium"), account, native_id="5")
    again = submit(session, organisation.nurse, words("high"), account, native_id="5")
    assert again.outcome == "new_version"
    assert [version.text for version in again.post.versions] == [words("medium"), words("high")]
    assert (count(session, Post), count(session, Case)) == (1, 1)
    assert again.assessed.assessment.post_version == again.post.latest


def test_two_accounts_may_have_the_same_id(session, organisation):
    one = submit(session, organisation.nurse, native_id="5")
    other = submit(session, organisation.colleague, native_id="5")
    assert one.post.id != other.post.id


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"text": "  \n"}, "text", "Enter the words"),
        ({"text": "a" * 20_001}, "text", "20,000"),
        ({"text": "a\x00b"}, "text", "NUL"),
        ({"text": "a\ud83eb"}, "text", "surrogate"),
        ({"in_reply_to": "\x00"}, "in_reply_to", "NUL"),
        ({"attachments_text": "\udfff"}, "attachments_text", "surrogate"),
        ({"audience": "everybody"}, "audience", "list"),
        ({"native_id": "1" * 201}, "native_id", "200"),
        ({"url": "javascript:alert(1)"}, "url", "https://"),
        ({"url": "https://x.com@evil.example/1"}, "url", "user name"),
        ({"url": "https://x.com.evil.example/a/status/1"}, "url", "x.com.evil.example"),
        ({"url": "https://x.com:8080/a/status/1"}, "url", "port"),
        ({"url": "https://[::1/"}, "url", "web address"),
        ({"url": "https://x.com/a b"}, "url", "characters"),
        ({"url": "https://bsky.app/profile/a/post/1"}, "url", "bsky.app"),
        ({"url": "https://x.com/" + "a" * 1000}, "url", "1,000"),
    ],
)
def test_bad_input_is_refused_by_name_and_nothing_is_kept(session, organisation, wrong, field, says):
    account = make_account(session, organisation.nurse)
    with pytest.raises(Invalid, match=says) as caught:
        submit(session, organisation.nurse, account=account, **wrong)
    assert caught.value.field == field
    assert (count(session, Post), count(session, AuditEntry)) == (0, 0)


def test_the_future_is_refused_but_for_a_clock_that_runs_a_little_fast(session, organisation):
    account = make_account(session, organisation.nurse)
    with pytest.raises(Invalid, match="future") as caught:
        submit(session, organisation.nurse, account=account, posted_at=clock.now() + timedelta(minutes=6))
    assert caught.value.field == "posted_on"
    submit(session, organisation.nurse, account=account, posted_at=clock.now() + timedelta(minutes=4))
    with pytest.raises(Invalid, match="year"):
        submit(session, organisation.nurse, account=account, posted_at=datetime(206, 1, 1, tzinfo=UTC))


def test_a_website_of_ones_own_is_held_to_its_own_host(session, organisation):
    account = make_account(session, organisation.nurse, platform="blog")
    assert submit(session, organisation.nurse, account=account, url="http://www.ward.example/a").post.url
    with pytest.raises(Invalid, match=r"other\.example"):
        submit(session, organisation.nurse, account=account, url="https://other.example/a")


@pytest.mark.parametrize("state", ["rejected", "retired"])
def test_nothing_is_recorded_for_an_account_that_is_not_in_use(session, organisation, state):
    account = make_account(session, organisation.nurse)
    account.state, account.state_reason = state, "left"
    account.confirmed_by, account.confirmed_at = organisation.manager, clock.now()
    with pytest.raises(Refused, match=state):
        submit(session, organisation.nurse, account=account)


def test_nobody_records_on_somebody_elses_account(session, organisation):
    account = make_account(session, organisation.colleague)
    make_account(session, organisation.nurse)
    with pytest.raises(Refused, match="not registered as yours"):
        submit(session, organisation.nurse, account=account)


def test_a_newer_notice_is_read_first(session, organisation):
    account = make_account(session, organisation.nurse)
    newer = Notice(number=99, title="Newer", body="What changed", published_at=clock.now())
    session.add(newer)
    with pytest.raises(Refused, match="notice"):
        submit(session, organisation.nurse, account=account)
    session.add(Acknowledgement(person=organisation.nurse, notice=newer, acknowledged_at=clock.now()))
    assert submit(session, organisation.nurse, account=account).outcome == "new"


def test_emoji_and_right_to_left_text_are_ordinary(session, organisation):
    text = "مرحبا 👩🏽‍⚕️ e\u0301 𝓽𝓮𝓼𝓽"
    post = submit(session, organisation.nurse, text).post
    session.commit()
    session.expire_all()
    assert session.get(Post, post.id).latest.text == text
