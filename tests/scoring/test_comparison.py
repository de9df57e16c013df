"""What a changed rulebook would do over some posts, and the trial of a draft on the corpus."""

import pytest

from governance.guidance.loader import shipped_rulebook
from governance.guidance.overlay import lay_over
from governance.guidance.rulebook import RulebookError
from governance.scoring.comparison import Known, Share, Verdict, changes, compare
from governance.scoring.evaluation.corpus import named_splits
from governance.scoring.post import PostInput
from governance.scoring.trial import check, corpus, on_corpus
from tests.factories.rulebooks import BROKEN, FRIENDS, QUIET, RULE, SHADOW_RULE

BOOK = shipped_rulebook()
SHIPPED = "boundaries.friend_request"


def over(text, base=BOOK):
    return lay_over(base, text, file="tried", name="tried")


def known(name, text, verdict=None, author=1):
    return Known(name, author, PostInput(text), verdict)


def effects(kind, in_use, candidate, posts):
    return [one for one in compare(in_use, candidate, posts) if one.change.kind == kind]


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("", "", []),
        ("", RULE, [("org.friends", "new")]),
        ("", SHADOW_RULE, [("org.friends", "measured")]),
        (SHADOW_RULE, SHADOW_RULE, [("org.friends", "measured")]),
        (RULE, SHADOW_RULE, [("org.friends", "stopped")]),
        (RULE, "", [("org.friends", "stopped")]),
        (RULE, RULE.replace('"high"', '"low"'), [("org.friends", "changed")]),
        (RULE, f"# only a comment\n{RULE}", []),
        ("", f'[status]\n"{SHIPPED}" = "retired"', [(SHIPPED, "stopped")]),
    ],
)
def test_what_differs_is_named(before, after, kinds):
    found = [
        (change.rule.id, change.kind)
        for change in changes(over(before), over(after))
        if change.kind != "measured" or change.rule.id.startswith("org.")
    ]
    assert found == kinds


def test_a_new_rule_newly_speaks_and_a_stopped_one_falls_silent():
    posts = [known("a", FRIENDS), known("b", QUIET, author=2)]
    (new,) = effects("new", BOOK, over(RULE), posts)
    assert (new.speaks, new.newly, new.silent, new.authors) == (1, ["a"], [], {1})
    stopped = effects("stopped", over(RULE), BOOK, posts)
    assert [(one.newly, one.silent) for one in stopped] == [([], ["a"])]


def test_a_changed_rule_is_compared_with_itself():
    wider = RULE.replace('["friend_request"]', '["friend_request|price"]')
    posts = [known("a", FRIENDS), known("b", "Only £20 a go, treat yourself!")]
    (effect,) = effects("changed", over(RULE), over(wider), posts)
    assert (effect.newly, effect.silent, effect.speaks) == (["b"], [], 2)


@pytest.mark.parametrize(
    ("verdict", "right", "wrong"),
    [
        (None, 0, 0),
        (Verdict(upheld=True, labels=frozenset()), 1, 0),
        (Verdict(upheld=False, labels=frozenset({"boundaries"})), 0, 1),
        (Verdict(upheld=True, labels=frozenset({"boundaries"}), exact=True), 1, 0),
        (Verdict(upheld=True, labels=frozenset({"misleading"}), exact=True), 0, 1),
    ],
)
def test_people_say_what_is_right(verdict, right, wrong):
    (effect,) = effects("new", BOOK, over(RULE), [known("a", FRIENDS, verdict)])
    assert (effect.right, effect.wrong, effect.missed) == (right, wrong, 0)


def test_what_it_should_have_found_counts_as_missed_only_in_its_category():
    upheld = [Verdict(upheld=True, labels=frozenset({label})) for label in ("boundaries", "misleading")]
    posts = [known(str(n), QUIET, one) for n, one in enumerate(upheld)]
    (effect,) = effects("new", BOOK, over(RULE), posts)
    assert (effect.missed, effect.recall.value, effect.precision.value) == (1, 0.0, None)
    assert (Share(0, 0).value, Share(0, 0).interval) == (None, None)


def test_shipped_examples_of_others_are_not_run_and_ones_own_are():
    check(BOOK, over(RULE))
    with pytest.raises(RulebookError, match="silent example 1 fires"):
        check(BOOK, over(RULE.replace(QUIET, FRIENDS)))
    with pytest.raises(RulebookError, match="no_such_fact"):
        check(BOOK, over(BROKEN))
    with pytest.raises(RulebookError, match="an example cannot be read"):
        check(BOOK, over(RULE.replace(f'"{QUIET}"', '{ text = "a", platform = 3 }')))


def test_a_draft_is_measured_on_train_and_tune_and_never_on_what_is_kept_back():
    topics = {name.rpartition("-")[0] for name in corpus()}
    assert topics & set(named_splits()["tune"])
    assert not topics & set(named_splits()["test"])
    (effect,) = [one for one in on_corpus(BOOK, over(RULE)) if one.change.kind == "new"]
    labelled = sum("boundaries" in row["categories"] for row in corpus().values())
    assert effect.right + effect.missed == labelled > 50
    assert effect.right + effect.wrong == effect.speaks == len(effect.newly) > 0


def test_a_post_without_what_a_rule_looks_for_is_not_scored_and_still_counts_as_missed(monkeypatch):
    from governance.scoring import comparison

    verdict = Verdict(upheld=True, labels=frozenset({"boundaries"}))
    posts = [Known("a", 1, PostInput(FRIENDS), verdict, frozenset({"price"}))]
    monkeypatch.setattr(comparison, "score", lambda *_: pytest.fail("it was scored"))
    (effect,) = effects("new", BOOK, over(RULE), posts)
    assert (effect.speaks, effect.missed) == (0, 1)


def test_leaving_posts_out_changes_no_figure_of_the_corpus():
    quick = [(one.change.rule.id, one.newly, one.silent, one.missed) for one in on_corpus(BOOK, over(RULE))]
    rows = list(corpus().items())[:300]
    names = {name for name, _ in rows}
    slow = effects("new", BOOK, over(RULE), [known(name, row["text"]) for name, row in rows])
    (mine,) = [set(newly) & names for rule, newly, *_ in quick if rule == "org.friends"]
    assert set(slow[0].newly) == mine
