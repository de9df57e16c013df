"""The phrase language, and the one pass that finds all phrases."""

import re
from itertools import chain, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.scoring.phrases.finder import WINDOW, Phrases
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
        ("off. <2> {family}", "off. My mum", ["off. my mum"]),
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


SINGLE = st.sampled_from(["my", "old", "mum", "cat", "i", "{family}", "#cat", "{number}"])
WAY = st.lists(SINGLE, min_size=1, max_size=3).map(" ".join)
BRACKET = st.tuples(st.lists(WAY, min_size=1, max_size=9), st.sampled_from(["", "", "?"])).map(
    lambda made: f"({'|'.join(made[0])}){made[1]}"
)
GAPS = st.sampled_from(["", "", "<1>", "<2>", "<5>"])
PHRASES = st.lists(st.tuples(st.one_of(SINGLE, BRACKET), GAPS), min_size=1, max_size=4).map(
    lambda pieces: " ".join(f"{piece} {gap}" for piece, gap in pieces).rstrip("<125> ")
)
TEXTS = st.lists(
    st.sampled_from(["my", "old", "mum", "#mum", "cat", "#cat", "i", "7", "and", ".", "!\n"]), max_size=40
)


def called(word: str) -> set[str]:
    """All that a phrase may call a word, told plainly."""
    plain = word.removeprefix("#")
    names = {word, plain} | ({"{family}"} if plain in FAMILY["family"] else set())
    return names | ({"{number}"} if plain.isdigit() else set()) | ({"{hashtag}"} if word != plain else set())


def ends(way: tuple[str, ...], words: list[str], at: int) -> set[int]:
    """Where a way that begins with the word `at` may end."""
    if not way:
        return {at}
    if way[0][0] == "<":
        widest = int(way[0][1])
        over = next((n for n, word in enumerate(words[at : at + widest]) if word[0] in ".!"), widest)
        return set().union(*(ends(way[1:], words, at + n) for n in range(over + 1)))
    if at < len(words) and way[0] in called(words[at]):
        return ends(way[1:], words, at + 1)
    return set()


def plainly(phrase: str, words: list[str]) -> dict[tuple[str, int], int]:
    """What a plain look for each way at each word finds; the longest from each first word."""
    found: dict[tuple[str, int], int] = {}
    for first, way in product(range(len(words)), ways(phrase)):
        if most := max(ends(way, words, first), default=0):
            found[phrase, first] = max(most, found.get((phrase, first), 0))
    return found


@settings(deadline=None)
@given(st.lists(PHRASES, min_size=1, max_size=2), TEXTS, st.data())
def test_the_sieve_loses_no_match_and_makes_none_up(
    given: list[str], said: list[str], data: st.DataObject
) -> None:
    """Held against a plain look, in short texts and in those of many windows, in which the phrases are said."""
    phrases, kept = Phrases(FAMILY), []
    said = said * data.draw(st.sampled_from([1, 4]), "times")
    for phrase in given:
        try:
            phrases.add(phrase, phrase)
        except PhraseError:
            continue
        kept.append(phrase)
        for way in data.draw(st.lists(st.sampled_from(ways(phrase)), min_size=1, max_size=3), "ways"):
            at = data.draw(st.integers(0, len(said)), "place")
            steps = {"{family}": ["dad"], "{number}": ["7"]}
            spoken = [steps.get(step, ["and"] * int(step[1]) if step[0] == "<" else [step]) for step in way]
            said = said[:at] + list(chain.from_iterable(spoken)) + said[at:]
    text = Text(" ".join(said))
    expected = {}
    for phrase in kept:
        expected |= plainly(phrase, text.words)
    assert {(label, first): behind for label, first, behind in phrases.find(text)} == expected


def test_a_phrase_across_two_windows_is_found() -> None:
    phrases = Phrases(FAMILY)
    phrases.add("my old cat", "x")
    phrases.add("my <3> {family}", "x")
    for before in range(2 * WINDOW, 3 * WINDOW + 2):
        for said, long in (("my old cat", 3), ("my very own old dad", 5)):
            text = Text(" ".join(["and"] * before + [said] + ["and"] * WINDOW))
            assert phrases.find(text) == [("x", before, before + long)]


@pytest.mark.parametrize("optional", ["old?", "(very old)?", "(old|ex|dear|late|(very )?young)?"])
def test_a_word_left_out_between_two_gaps_joins_them(optional: str) -> None:
    assert found(f"(my|our|his|her|their) <1> {optional} <1> mum", "my a b mum") == ["my a b mum"]
    assert found(f"(my|our|his|her|their) <1> {optional} <1> mum", "my a b c mum") == []


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
