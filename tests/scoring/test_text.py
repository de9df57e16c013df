"""Normalisation keeps the way back to the text as received."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.scoring.signals import ages, amounts, identifiers
from governance.scoring.text import Text

ANY_TEXT = st.text(alphabet=st.characters(), max_size=200)


@given(ANY_TEXT)
def test_every_inner_span_maps_into_the_received_text(received: str) -> None:
    text = Text(received)
    assert len(text.low) == len(text.seen)
    at = 0
    for index in range(len(text.seen)):
        start, end = text.received(index, index + 1)
        assert 0 <= start < end <= len(received)
        assert start >= at
        at = start


@given(ANY_TEXT)
def test_words_stand_where_they_are_said_to_stand(received: str) -> None:
    text = Text(received)
    assert len(text.words) == len(text.starts) == len(text.sentences)
    for index, word in enumerate(text.words):
        assert text.low[text.starts[index] : text.end_of(index)] == word
        assert text.word_at(text.starts[index]) == index


@pytest.mark.parametrize(
    ("received", "word"),
    [
        ("my patient", "patient"),
        ("😂😂 my patient", "patient"),
        ("my 𝗽𝗮𝘁𝗶𝗲𝗻𝘁 today", "𝗽𝗮𝘁𝗶𝗲𝗻𝘁"),
        ("שלום patient", "patient"),
        ("cafe\u0301 patient", "patient"),
        ("ﬁne pa\u00adtient", "pa\u00adtient"),
        ("İİ PATIENT", "PATIENT"),
        ("…… patient", "patient"),
    ],
)
def test_a_word_is_found_at_its_received_span(received: str, word: str) -> None:
    text = Text(received)
    index = text.words.index("patient")
    start, end = text.received(text.starts[index], text.end_of(index))
    assert received[start:end] == word


@given(ANY_TEXT)
def test_each_piece_is_nfkc(received: str) -> None:
    for character in Text(received).seen:
        assert unicodedata.normalize("NFKC", character) == character


def test_sentences_end_at_stops_and_lines_but_not_inside_numbers() -> None:
    text = Text("Take 2.5 mg. Then rest\nat home")
    assert text.words == ["take", "2.5", "mg", ".", "then", "rest", "\n", "at", "home"]
    assert text.sentences == [0, 0, 0, 0, 1, 1, 1, 2, 2]


BESIDE_DIGITS = {
    "ages": (ages._EXACT, ages._AROUND_EXACT),
    "ages by their place": (ages._PLAIN, ages._AROUND_PLAIN),
    "shorthand": (ages._SHORTHAND, ages._AROUND_SHORTHAND),
    "doses": (amounts._DOSE, amounts._AROUND_DOSE),
    "postcodes": (identifiers._POSTCODE, identifiers._AROUND_POSTCODE),
}
PIECES = st.sampled_from(
    ["gentleman,", "she's", "nearly", "turning", "woman of", "aged", "m", "f", "female in her mid", "78", "5", "82yo", "60s", "0",
     "year", "-old", "y/o", "and never", ", with", "stage", "male", "mg", "1,000.5", "micrograms", "times", "every", "sw1a",
     "1aa", " ", " ", ", ", ".", "'", "word", "a long way from any number at all, over here"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14), st.sampled_from(["", " "]), st.sampled_from(sorted(BESIDE_DIGITS)))
def test_around_digits_nothing_is_lost_that_needs_a_digit(pieces: list[str], between: str, name: str) -> None:
    """Held against plain `finditer`; what is said in words alone is looked for where those words are."""
    text = Text(between.join(pieces))
    pattern, (before, after) = BESIDE_DIGITS[name]
    plain = [match.span() for match in pattern.finditer(text.low) if any(c.isdigit() for c in match.group())]
    assert [match.span() for match in text.around_digits(pattern, before, after)] == plain
