"""What holds for any post: no exception, spans inside, the same answer twice, time that grows no faster than the text."""

import json
import math
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.guidance.loader import shipped_rulebook
from governance.scoring.bands import SCORE_BANDS
from governance.scoring.engine import score
from governance.scoring.explanation import segments
from governance.scoring.post import PostInput, RecentPost

RULEBOOK = shipped_rulebook()
TELLING = [
    "Mrs Hollins in bed 9 has had a stroke", "NHS no 999 000 0018", "turmeric cures cancer", "𝗕𝗼𝘁𝗼𝘅 £99 book now", "lol 😂",
    "my patient was 34 and from Leeds today", "I'll stab that manager", "Take two ibuprofen", "cafe\u0301", "שלום", "\n", ". ",
]  # fmt: skip
POSTS = st.builds(
    PostInput,
    text=st.one_of(
        st.text(alphabet=st.characters(), max_size=300),
        st.lists(
            st.one_of(st.sampled_from(TELLING), st.text(alphabet=st.characters(), max_size=9)), max_size=12
        ).map(" ".join),
    ),
    in_reply_to=st.one_of(
        st.none(), st.sampled_from(["Shame on you", "What is this rash?"]), st.text(max_size=30)
    ),
    audience=st.sampled_from([None, "public", "direct"]),
)


@settings(max_examples=200, deadline=None)
@given(POSTS)
def test_any_post_is_scored_with_spans_inside_and_the_same_answer_twice(post: PostInput) -> None:
    scoring = score(post, RULEBOOK)
    low, high = SCORE_BANDS[scoring.severity]
    assert low <= scoring.score <= high
    for finding in scoring.findings:
        for mark in finding.evidence:
            assert 0 <= mark.start <= mark.end <= len(post.text)
            assert mark.quote == post.text[mark.start : mark.end]
        assert finding.quote == post.text[finding.start : finding.end]
    assert "".join(piece.text for piece in segments(post.text, scoring)) == post.text
    assert score(post, RULEBOOK) == scoring
    json.dumps(scoring.as_json())


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00", "\ud800", "…", "👍"])
def test_a_text_that_says_nothing_answers_none(text: str) -> None:
    scoring = score(PostInput(text=text), RULEBOOK)
    assert (scoring.severity, scoring.findings, scoring.categories) == ("none", (), ())
    assert scoring.score <= SCORE_BANDS["none"][1]


def test_marks_stand_on_the_received_words() -> None:
    text = "😂😂 cafe\u0301 שלום 𝗕𝗼𝘁𝗼𝘅 £99 at our clinic, book now"
    finding = next(
        f for f in score(PostInput(text=text), RULEBOOK).findings if f.category == "conflict_of_interest"
    )
    assert "𝗕𝗼𝘁𝗼𝘅" in {mark.quote for mark in finding.evidence}


def test_a_post_older_than_its_source_says_so() -> None:
    text = "NHS no 999 000 0018"
    old = score(PostInput(text=text, posted_at=datetime(2020, 1, 1, tzinfo=UTC)), RULEBOOK).findings[0]
    new = score(PostInput(text=text, posted_at=datetime(2026, 1, 1, tzinfo=UTC)), RULEBOOK).findings[0]
    assert [c.in_force for c in old.cites if c.source == "gmc-social-media-2024"] == [False]
    assert [c.in_force for c in new.cites if c.source == "gmc-social-media-2024"] == [True]


def test_earlier_posts_complete_the_jigsaw_and_are_named() -> None:
    text = "My patient was 34, such a shame"
    alone = score(PostInput(text=text), RULEBOOK)
    earlier = (
        RecentPost("p1", "Had a woman from Doncaster in on Monday with a stroke"),
        RecentPost("p2", "Tea in Leeds"),
    )
    together = score(PostInput(text=text, recent_posts=earlier), RULEBOOK)
    assert alone.jigsaw is not None
    assert together.jigsaw is not None
    assert set(alone.jigsaw.details) < set(together.jigsaw.details)
    assert together.jigsaw.used_posts == ("p1",)
    assert together.severity != "none"


def test_the_jigsaw_shows_its_arithmetic_or_says_unknown() -> None:
    known = score(PostInput(text="My patient, a lady of 82"), RULEBOOK).jigsaw
    assert known is not None
    shares = [factor.share for factor in known.factors if factor.share is not None]
    people = float(known.start)
    for share in shares:
        people *= share
    assert known.people == round(people)
    unknown = score(PostInput(text="My patient in bed 4"), RULEBOOK).jigsaw
    assert unknown is not None
    assert unknown.people is None
    assert "cannot say" in unknown.sentence
    assert score(PostInput(text="A lady of 82 in Leeds"), RULEBOOK).jigsaw is None


ADVERSARIAL = {
    "one letter": "a",
    "digits": "0 1-",
    "names": "Mrs A. ",
    "patients": "my patient ",
    "quotation marks": "\"'",
    "brackets": "(((",
    "handles": "a@",
    "streets": "1 a a ",
    "emoji": "😂 patient ",
    "combining": "e\u0301",
    "ligatures": "ﬁ…",
    "negations": "not no never ",
    "gaps": "i'll my you ",
    "domains": "a.",
    "everything": "Mrs A. 'in bed 4' my fat lazy patient 82 year old lol ",
}


MOST_SECONDS, MOST_YARDSTICKS = 0.1, 8.0
"""What 20,000 characters may take; on a machine that is slow or busy, counted in yardsticks (here 18 to 36 ms each)."""


def _yardstick() -> None:
    """A fixed piece of work, timed beside the post: a busy or slow machine makes both slower."""
    sum(number * number for number in range(600_000))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


@pytest.mark.parametrize("piece", ADVERSARIAL.values(), ids=ADVERSARIAL.keys())
def test_twenty_thousand_characters_take_linear_time_and_at_most_100_ms(piece: str) -> None:
    """In a bad case time grows with the square, and four times the text takes sixteen times as long."""
    whole = PostInput(text=(piece * 20_000)[:20_000])
    quarter = PostInput(text=(piece * 20_000)[:5_000])
    score(quarter, RULEBOOK)
    long, short, yardstick = math.inf, math.inf, math.inf
    for _ in range(20):
        yardstick = min(yardstick, _seconds(_yardstick))
        short = min(short, _seconds(lambda: score(quarter, RULEBOOK)))
        long = min(long, _seconds(lambda: score(whole, RULEBOOK)))
        if long <= 8 * short and long <= max(MOST_SECONDS, MOST_YARDSTICKS * yardstick):
            break
    assert long <= 8 * short
    assert long <= max(MOST_SECONDS, MOST_YARDSTICKS * yardstick)
