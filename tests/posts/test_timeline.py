"""A timeline in memory gives what the query on the database would give."""

from datetime import timedelta

from sqlalchemy.orm import Session

from governance.kernel import clock
from governance.posts.queries import recent_posts
from governance.posts.timeline import Timeline
from tests.factories.posts import make_account, submit
from tests.fixtures.organisation import Organisation


def test_it_gives_the_posts_that_the_database_gives(session: Session, organisation: Organisation):
    now, nurse = clock.now(), organisation.nurse
    account = make_account(session, nurse)
    for number, days in enumerate((1, 5, 5, 89, 91, 200)):
        submit(session, nurse, f"Post {number}", account, posted_at=now - timedelta(days=days))
    submit(session, organisation.colleague, "Somebody else's")
    timeline = Timeline.of(session, nurse.id)
    for days in (0, 1, 2, 5, 6, 100, 120, 300):
        moment = now - timedelta(days=days)
        assert timeline.before(moment) == recent_posts(session, nurse.id, moment)
    assert [post.text for post in timeline.before(now)] == ["Post 0", "Post 2", "Post 1", "Post 3"]


def test_it_learns_posts_in_any_order_and_calls_them_by_id_once_they_have_one():
    now = clock.now()
    timeline = Timeline([(now - timedelta(days=3), "7", "stored")])
    for days in (2, 4, 1):
        timeline.add(now - timedelta(days=days), f"n:{days}", f"day {days}")
    timeline.settle("n:2", 12)
    found = [(post.id, post.text) for post in timeline.before(now)]
    assert found == [("n:1", "day 1"), ("12", "day 2"), ("7", "stored"), ("n:4", "day 4")]
    assert (timeline.id_of("n:2"), timeline.id_of("7")) == ("12", "7")


def test_it_looks_back_on_fifty_posts_at_most():
    now = clock.now()
    timeline = Timeline((now - timedelta(hours=hour), str(hour), "words") for hour in range(60))
    assert [post.id for post in timeline.before(now)] == [str(hour) for hour in range(50)]
