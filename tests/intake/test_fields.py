"""One post given as named fields: what is taken, and what is refused by name."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from governance.intake.fields import entry
from governance.kernel import clock
from tests.factories.imports import account_on, row


def error_of(**fields: Any) -> str:
    made = entry(7, row(**fields), account_on())
    assert made.line == 7
    assert made.post is None
    return made.error or ""


def test_a_whole_row_becomes_a_post():
    made = entry(
        1,
        row(
            url="https://x.com/ward_nurse/status/1",
            platform=" X ",
            audience="Followers",
            in_reply_to="Which ward?",
            attachments=["Bay 4", "", "Bed 12"],
            profession="doctor",
            likes=3,
        ),
        account_on(),
    ).post
    assert made is not None
    assert (made.identity, made.native_id, made.audience) == ("n:1", "1", "followers")
    assert made.posted_at == datetime(2025, 3, 4, 20, 12, 5, tzinfo=UTC)
    assert (made.in_reply_to, made.attachments_text) == ("Which ward?", "Bay 4\n\nBed 12")


def test_what_is_left_out_stays_unknown():
    made = entry(1, row(native_id=None, audience=" ", url="", platform=None), account_on()).post
    assert made is not None
    assert made.identity.startswith("t:2025-03-04T20:12:05+00:00|")
    assert (made.audience, made.url, made.native_id, made.in_reply_to) == (None, None, None, None)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": None}, "Enter the words of the post"),
        ({"text": " \n\t "}, "Enter the words of the post"),
        ({"text": 5}, "'text' must be text, not a number"),
        ({"text": "a" * 20_001}, "20,000 characters or fewer. It has 20,001"),
        ({"text": "a\x00b"}, "NUL"),
        ({"text": "a\ud83db"}, "lone surrogate"),
        ({"posted_at": None}, "'posted_at' is missing"),
        ({"posted_at": "yesterday"}, "ISO 8601"),
        ({"posted_at": 1741115525}, "ISO 8601"),
        ({"posted_at": "0001-01-01T00:00:00+14:00"}, "outside the calendar"),
        ({"posted_at": "1999-12-31T23:59:59Z"}, "older than the platforms"),
        ({"platform": "myspace"}, "'platform' must be one of"),
        ({"platform": "facebook"}, "This post is on Facebook, and the account is on X"),
        ({"audience": "everyone"}, "'audience' must be one of"),
        ({"url": "javascript:alert(1)"}, "must start with https"),
        ({"url": "https://x.com@evil.example/1"}, "user name"),
        ({"url": "https://evil.example/1"}, "this account is on X"),
        ({"url": ["https://x.com/1"]}, "'url' must be text, not a list"),
        ({"native_id": 1.8e18}, "last digits are lost"),
        ({"native_id": "1" * 201}, "200 characters or fewer"),
        ({"native_id": True}, "'native_id' must be text"),
        ({"attachments": ["a", 1]}, "'attachments' must be a list of texts"),
        ({"in_reply_to": "a\x00"}, "NUL"),
    ],
)
def test_what_cannot_be_read_is_named(fields: dict[str, Any], words: str):
    assert words in error_of(**fields)


def test_the_future_is_refused_but_for_a_clock_that_runs_ahead():
    soon, later = clock.now() + timedelta(minutes=2), clock.now() + timedelta(minutes=10)
    assert entry(1, row(posted_at=soon.isoformat()), account_on()).post is not None
    assert "in the future" in error_of(posted_at=later.isoformat())


def test_a_time_without_a_zone_is_taken_as_utc_and_counted():
    made = entry(1, row(posted_at="2025-03-04 19:12:05"), account_on())
    assert made.post is not None
    assert made.post.posted_at == datetime(2025, 3, 4, 19, 12, 5, tzinfo=UTC)
    assert made.assumed_utc
    assert not entry(1, row(posted_at="2025-03-04T19:12:05+01:00"), account_on()).assumed_utc


def test_a_whole_number_is_an_id():
    made = entry(1, row(native_id=1897002121425846273), account_on()).post
    assert made is not None
    assert made.native_id == "1897002121425846273"


@pytest.mark.parametrize(
    "text", ["👩🏽‍⚕️ Well done, team", "عمل رائع اليوم", "e\u0301te\u0301", "𝗕𝗼𝗹𝗱 𝗻𝗲𝘄𝘀", "  spaces  "]
)
def test_ordinary_text_of_any_script_is_kept_as_it_is(text: str):
    made = entry(1, row(text=text), account_on()).post
    assert made is not None
    assert made.text == text
