from dataclasses import replace

import pytest

from governance.guidance.loader import shipped_rulebook
from governance.scoring.answer import CiteShown, LabelFound, Mark
from governance.web.explanation import benefit_titles, category_title, explain, explain_stored
from tests.factories.posts import GOOD, make_draft, scored, submit, words


def marked(text, *spans):
    """A scoring of `text` with one finding a span."""
    said = scored(words("high"))
    findings = tuple(
        replace(said.findings[0], start=a, end=b, quote=text[a:b], evidence=(Mark(a, b, text[a:b], "fact"),))
        for a, b in spans
    )
    return replace(said, findings=findings)


def test_overlapping_marks_are_cut_so_that_every_piece_knows_its_numbers():
    text = "abcdefghij"
    shown = explain(text, marked(text, (0, 6), (4, 8), (4, 8)), shipped_rulebook())
    assert [(piece.text, piece.numbers, piece.ends) for piece in shown.pieces] == [
        ("abcd", (1,), ()),
        ("ef", (1, 2, 3), (1,)),
        ("gh", (2, 3), (2, 3)),
        ("ij", (), ()),
    ]


def test_a_mark_at_the_very_end_has_its_number():
    shown = explain("abc", marked("abc", (1, 3)), shipped_rulebook())
    assert shown.pieces[-1].ends == (1,)


def test_the_summary_counts_and_names_the_good():
    none = scored("Hello")
    good = (LabelFound("education", ()), LabelFound("public_trust", ()))
    say = lambda scoring, **more: explain("Hello", scoring, shipped_rulebook(), **more).summary  # noqa: E731
    assert say(none) == "Nothing was flagged."
    assert say(replace(none, benefits=good)) == (
        "Nothing was flagged, and it teaches well and it shows the human side of your profession."
    )
    one, two = marked("Hello", (0, 1)), marked("Hello", (0, 1), (2, 3))
    assert say(replace(one, benefits=())) == "One thing to look at before you post."
    assert (
        say(replace(two, benefits=good[:1])) == "Two things to look at before you post; it also teaches well."
    )
    assert say(replace(two, benefits=()), when="") == "Two things to look at."


def test_a_paragraph_and_a_source_that_is_younger_than_the_post():
    said = marked("Hello", (0, 1))
    cites = (CiteShown("gmc-social-media-2024", "Title", "18", False), CiteShown("gone", "Gone", None, None))
    shown = explain(
        "Hello", replace(said, findings=(replace(said.findings[0], cites=cites),)), shipped_rulebook()
    )
    first, second = shown.cards[0].references
    assert (first.paragraph, first.older_than_source, first.publisher) == (
        "18",
        True,
        "General Medical Council",
    )
    assert (second.title, second.url, second.older_than_source) == ("Gone", "", False)


def test_what_the_rulebook_no_longer_has_keeps_its_name():
    assert category_title(shipped_rulebook(), "old_kind") == "old kind"
    assert benefit_titles(shipped_rulebook(), ["awareness", "education", "gone"]) == [
        "Education",
        "Awareness",
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_stored_explanation_is_the_one_of_that_day_without_guards(session, organisation):
    guarded = submit(session, organisation.nurse, words("none", guard="own_health"))
    assert explain_stored(guarded.assessed.assessment, shipped_rulebook()).guards == ()
    draft = make_draft(session, organisation.nurse, words("high"))
    assessed = submit(session, organisation.nurse, words("high")).assessed
    told = explain_stored(assessed.assessment, shipped_rulebook())
    fresh = explain(words("high"), assessed.scoring, shipped_rulebook(), told.assessed_at, when="")
    assert told == replace(fresh, guards=())
    assert draft.latest.text == words("high")


def test_good_words_have_no_card():
    assert explain(GOOD, scored(GOOD), shipped_rulebook()).cards == ()


@pytest.mark.parametrize(
    ("sure", "share", "told"),
    [
        ("sure", 0.97, "It is sure: it expects that 97 in 100 reviewers would want to see this."),
        ("unsure", 0.5, "and careful readers may differ."),
        ("", 0.0, ""),
    ],
)
def test_it_says_how_sure_it_is(sure, share, told):
    shown = explain("Hello", replace(scored("Hello"), sure=sure, flagged=share), shipped_rulebook())
    assert shown.how_sure.endswith(told)
    assert bool(shown.how_sure) == bool(told)
