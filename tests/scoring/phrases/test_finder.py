"""The phrase language, and the one pass that finds all phrases."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.scoring.phrases.finder import Phrases
from governance.scoring.phrases.language import PhraseError, ways
from governance.scoring.text import Text

FAMILY = {"family": frozenset({"mum", "dad"})}


def found(phrase: str, text: str) -> list[str]:
    phrases = Phrases(FAMILY)
    phrases.add(phrase, "x")
    made = Text(text)
    return [made.low[made.starts[a] : made.end_of(b - 1)] for _, a, b in phrases.find(made)]


@pytest.mark.parametrize(
    ("phrase", "text", "said"),
    [
        ("bed (one|two)", "in bed two now", ["bed two"]),
        ("a very? old clock", "a old clock, a very old clock", ["a old clock", "a very old clock"]),
        ("(to the)? ward", "to the ward", ["to the ward", "ward"]),
        ("my (old (ex )?|)patient", "my old ex patient", ["my old ex patient"]),
        ("my <2> {family}", "my dear old mum", ["my dear old mum"]),
        ("my <1> {family}", "my dear old mum", []),
        ("my <5> {family}", "my cat. Her mum", []),
        ("bed {number}", "bed 12b", ["bed 12b"]),
        ("{handle}", "thanks @acme", ["@acme"]),
        ("botox", "#botox", ["#botox"]),
        ("follow up", "a follow-up call", ["follow-up"]),
        ("don't", "don\u2019t", ["don't"]),
        ("read {link}", "read https://example.org/a.", ["read https://example.org/a."]),
    ],
)
def test_what_a_phrase_finds(phrase: str, text: str, said: list[str]) -> None:
    assert found(phrase, text) == said


@pytest.mark.parametrize(
    "phrase", ["", "<2>", "a?", "(a", "a)", "a|b", "{unknown}", "a <9> b", "a <1> b <1> c <1> d"]
)
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        Phrases(FAMILY).add(phrase, "x")


def test_a_phrase_with_too_many_ways_is_refused() -> None:
    ten = "(" + "|".join("abcdefghij") + ")"
    with pytest.raises(PhraseError, match="use a word class"):
        ways(" ".join([ten] * 4))


WORDS = st.sampled_from(["my", "old", "mum", "dad", "cat", "and"])


@given(st.lists(WORDS, max_size=30))
def test_the_pass_loses_no_match(words: list[str]) -> None:
    """Held against plain `re`, which tries at every word."""
    said = " ".join(words)
    plain = re.compile(r"\bmy(?: \w+){0,2}? (?:mum|dad)\b")
    starts = {match.start() for at in range(len(said)) if (match := plain.match(said, at))}
    phrases = Phrases(FAMILY)
    phrases.add("my <2> {family}", "x")
    text = Text(said)
    assert {text.starts[first] for _, first, _ in phrases.find(text)} == starts


LONG = "(a|b|c|d|e) <2> (f|g h|i|j|k)? (l|m|n|o) <1> (p|q|r|s t)"


@pytest.mark.parametrize("phrase", [LONG, "(a|b|c|d|e) (f|g|h|i|j|k) (l|m|n|o)"])
def test_ways_that_meet_again_are_all_found_and_no_other(phrase: str) -> None:
    """A phrase of many ways is kept in fewer branches than ways: each must still be found, from end to end."""
    phrases = Phrases(FAMILY)
    phrases.add(phrase, "x")
    for way in ways(phrase):
        said = Text(" ".join("z" if step[0] == "<" else step for step in way))
        assert ("x", 0, len(said.words)) in phrases.find(said)
        assert phrases.find(Text(" ".join(said.words[:-1]))) == []
