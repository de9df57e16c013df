"""The learned reader: its sums are what it says they are, and its weights belong to the corpus and lexicons beside them."""

import hashlib
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.guidance.loader import shipped_rulebook
from governance.guidance.rulebook import SEVERITIES
from governance.scoring.engine import compiled, known_to_reader
from governance.scoring.evaluation.corpus import files_of
from governance.scoring.lexicon import shipped as shipped_lexicon
from governance.scoring.post import PostInput
from governance.scoring.reader import evidence, model
from governance.scoring.reader.features import draw
from governance.scoring.reader.judgement import COST, UNSURE, cheapest, judge_sum
from governance.scoring.reading import read
from governance.scoring.text import Text, is_end

SAID = [
    "Mrs Hollins in bed 9 has had a stroke", "turmeric cures cancer", "I'll stab that manager", "not me", "#botox £99 @acme", ".",
    "82 year old", "see https://example.org/a", "nothing but rain", "\n", "we had a lovely day at the clinic", "cafe\u0301", "!",
]  # fmt: skip


def reading_of(words: str) -> model.Reading:
    text = Text(words)
    facts, _ = read(PostInput(text=words), text)
    matches, _ = compiled(shipped_rulebook()).match(facts)
    return model.read(model.shipped(), text, facts, known_to_reader(matches))


def test_the_weights_were_learned_from_the_corpus_and_the_lexicons_that_are_here() -> None:
    content = b"".join(path.read_bytes() for path in files_of("train"))
    settings = model.shipped().settings
    assert settings["corpus"] == hashlib.sha256(content).hexdigest()[:12], "run scripts/train_reader.py"
    assert settings["lexicons"] == shipped_lexicon().fingerprint, "run scripts/train_reader.py"


def test_the_words_of_a_plain_text_add_up_to_its_sums() -> None:
    reading = reading_of("we were walking along the river in the rain")
    weights = model.shipped()
    for column, head in enumerate(weights.heads):
        added = sum(reading.by_word(head)) + weights.intercepts[column]
        assert added == pytest.approx(reading.sums[column], abs=1e-6)


def test_a_word_said_twice_weighs_once_and_its_places_share_it() -> None:
    once, twice = reading_of("nothing but rain"), reading_of("nothing but rain. nothing but rain")
    known = {row for row, _, _ in once.placed()}
    assert known <= {row for row, _, _ in twice.placed()}
    assert len(twice.by_word("unprofessional")) == len(Text("nothing but rain. nothing but rain").words)


@given(st.lists(st.floats(-30, 30), min_size=32, max_size=32))
def test_each_tree_adds_the_leaf_that_its_questions_lead_to(inputs: list[float]) -> None:
    trees = model.shipped().trees
    added = np.zeros(len(trees.bias), np.int64)
    for features, borders, leaves in zip(trees.feature, trees.border, trees.leaves, strict=True):
        questions = enumerate(zip(features, borders, strict=True))
        added += leaves[sum(2**at for at, (one, border) in questions if np.float32(inputs[one]) > border)]
    assert trees.weigh(np.array([inputs]))[0].tolist() == (added * trees.scale + trees.bias).tolist()


def test_what_is_left_without_a_word_is_the_sum_without_what_the_word_adds() -> None:
    reading = reading_of("Botox £99 this week only, message me to book")
    head = "conflict_of_interest"
    strongest = np.argsort(np.negative(reading.by_word(head)))[:3].tolist()
    weights = model.shipped()
    taken = np.array([[reading.by_word(name)[at] for name in weights.heads] for at in strongest]).sum(axis=0)
    left = np.array([[*(reading.sums - taken), *reading.circumstances]])
    column = weights.heads.index(head)
    assert reading.without(strongest, head)[-1] == pytest.approx(
        weights.trees.weigh(left)[0, column], abs=1e-4
    )


@settings(deadline=None)
@given(st.lists(st.sampled_from(SAID), max_size=8).map(" ".join))
def test_the_quick_way_finds_what_the_long_way_draws(said: str) -> None:
    """`draw` names every feature, as training does; the reader numbers them without their names."""
    reading = reading_of(said)
    weights = model.shipped()
    drawn = draw(reading.text, reading.words, reading.facts, reading.matches, weights.rows)
    assert weights.numbered.present(reading.words, reading.facts, reading.matches) == {
        row for row, _, _ in drawn
    }
    assert sorted(reading.placed()) == sorted(entry for entry in drawn if 0 <= entry[1] < entry[2])


def test_what_would_change_it_names_marked_words_where_these_suffice() -> None:
    """Held against the marks: of the strongest marked words, are the first few enough? Then no other word is named."""
    head, enough = "unprofessional", 0
    for line in files_of("tune")[0].read_text(encoding="utf-8").splitlines():
        reading = reading_of(json.loads(line)["text"])
        text, weights = reading.text, reading.by_word("at least medium")
        spans = evidence.spans(text, reading, head)
        marked = [at for at, start in enumerate(text.starts) if any(a <= start < b for a, b in spans)]
        said = [at for at in marked if weights[at] > 0 and not is_end(text.words[at])]
        tried = sorted(said, key=lambda at: -weights[at])[:1]
        if any(judge_sum(reading, left) < UNSURE[0] for left in reading.without(tried, "at least medium")):
            enough += 1
            word = text.seen[text.starts[tried[0]] : text.end_of(tried[0])]
            assert f"without '{word}', it" in evidence.what_would_change_it(text, reading, head)
    assert enough


@given(st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_no_other_severity_costs_less_than_the_one_said(chances: list[float]) -> None:
    at_least = [1.0, *sorted(chances, reverse=True)]
    true = -np.diff([*at_least, 0.0])
    costs = [
        sum(p * COST[level][said] for p, level in zip(true, SEVERITIES, strict=True)) for said in range(5)
    ]
    assert costs[SEVERITIES.index(cheapest(at_least))] == pytest.approx(min(costs))
