from datetime import UTC, datetime, timedelta, timezone

import pytest

from governance.posts.identity import LONGEST_IDENTITY, draft_identity, identity, plain_address

AT = datetime(2026, 6, 7, 22, 30, tzinfo=UTC)


def known(**given):
    return identity(**({"native_id": None, "url": None, "posted_at": AT, "text": "Hello"} | given))


def test_the_platforms_own_id_comes_first_then_the_address_then_time_and_words():
    assert known(native_id="42", url="https://example.org/p/1") == "n:42"
    assert known(url="https://example.org/p/1") == "u:example.org/p/1"
    assert known().startswith("t:2026-06-07T22:30:00+00:00|")


@pytest.mark.parametrize(
    "url",
    [
        "https://x.com/nia/status/123",
        "https://twitter.com/nia/status/123?s=20",
        "https://mobile.twitter.com/nia/status/123/photo/1",
        "https://X.com/nia/status/123/",
    ],
)
def test_an_address_that_holds_the_platforms_id_is_that_id(url):
    assert known(url=url) == "n:123"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.facebook.com/nia/posts/9?mibextid=abc", "https://m.facebook.com/nia/posts/9/"),
        ("https://blog.example.org/a?utm_source=x&id=2", "http://blog.example.org/a?id=2#comments"),
        ("https://www.youtube.com/watch?v=abcdefghijk&t=3", "https://youtu.be/abcdefghijk"),
    ],
)
def test_two_ways_to_write_one_address_are_one_post(one, other):
    assert known(url=one) == known(url=other)


def test_different_pages_stay_different():
    assert known(url="https://blog.example.org/?p=1") != known(url="https://blog.example.org/?p=2")
    assert plain_address("https://blog.example.org/A") != plain_address("https://blog.example.org/a")


def test_the_same_moment_in_another_zone_is_the_same_post():
    elsewhere = AT.astimezone(timezone(timedelta(hours=1)))
    assert known(posted_at=elsewhere) == known()
    assert known(text="Other words") != known()


def test_a_very_long_id_still_fits_and_stays_itself():
    long = "9" * 5000
    assert len(known(native_id=long)) <= LONGEST_IDENTITY
    assert known(native_id=long) == known(native_id=long) != known(native_id=long + "1")


def test_any_text_has_an_identity_and_no_two_drafts_are_one():
    assert known(text="\ud800").startswith("t:")
    assert draft_identity() != draft_identity()
