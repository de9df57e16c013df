"""Normalisation keeps the way back to the text as received."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
