"""The figures of an evaluation, against values worked out by hand, published, or found in another way."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.guidance.loader import shipped_rulebook
from governance.guidance.rulebook import SEVERITIES
from governance.scoring.evaluation.agreement import agreement
from governance.scoring.evaluation.calibration import Claim, calibration
from governance.scoring.evaluation.figures import figures
from governance.scoring.evaluation.intervals import ROUNDS, SEED, Resamples, wilson
from governance.scoring.evaluation.labelled import Judged, Labels, Said
from governance.scoring.evaluation.report import report

CATEGORIES = list(shipped_rulebook().categories)


def judged(
    true="none",
    said="none",
    *,
    there=(),
    found=(),
    guards=None,
    seen=(),
    rules=(),
    scores=None,
    benefits=None,
    flagged=0.0,
) -> Judged:
    truth = Labels(frozenset(there), true, benefits, None if guards is None else frozenset(guards))
    scores = dict.fromkeys(found, 60) if scores is None else scores
    return Judged(
        truth, Said(frozenset(found), said, flagged, frozenset(), frozenset(seen), scores, frozenset(rules))
    )


POSTS = [
    judged("none", "none"),
    judged("none", "low", found=["misleading"], rules=[("misleading.cure", "misleading")]),
    judged("none", "high", found=["boundaries"], guards=["own_health"], seen=["own_health"]),
    judged("low", "medium", there=["unprofessional"], found=["misleading"], rules=[("misleading.cure", "misleading")]),
    judged("medium", "none", there=["misleading"], guards=["union_activity"]),
    judged("high", "critical", there=["boundaries"], found=["boundaries"]),
    judged("critical", "high", there=["boundaries", "misleading"], found=["misleading"],
           rules=[("misleading.cure", "misleading"), ("misleading.statistic", "misleading")]),
    judged("critical", "low", there=["misleading"], found=["boundaries", "misleading"]),
]  # fmt: skip
MEASURED = figures(POSTS, CATEGORIES)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(hits, of, low, high):
    assert wilson(hits, of) == pytest.approx((low, high), abs=0.00005)


@given(st.integers(1, 500), st.data())
def test_wilson_holds_the_share_and_stays_between_0_and_1(of, data):
    hits = data.draw(st.integers(0, of))
    low, high = wilson(hits, of) or (1, 0)
    assert 0 <= low <= hits / of + 1e-12
    assert hits / of - 1e-12 <= high <= 1


def test_nothing_tried_has_no_interval():
    assert wilson(0, 0) is None
    nothing = agreement([], Resamples(0))
    assert set(nothing.values()) == {None, 0}


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_the_bootstrap_is_the_plain_one_made_quick(pairs):
    dice, values = random.Random(SEED), []
    for _ in range(ROUNDS):
        drawn = [dice.choice(pairs) for _ in pairs]
        right, counted = sum(t and s for t, s in drawn), sum(t + s for t, s in drawn)
        if counted:
            values.append(2 * right / counted)
    values.sort()
    plain = (values[int(len(values) * 0.025)], values[int(len(values) * 0.975)]) if values else None
    assert agreement(pairs, Resamples(len(pairs)))["f1_95"] == plain


def test_what_was_flagged():
    flagged = MEASURED["flagged"]
    assert (flagged["there"], flagged["said"]) == (4, 4)
    assert (flagged["precision"], flagged["recall"], flagged["f1"]) == (0.5, 0.5, 0.5)
    assert flagged["precision_95"] == wilson(2, 4)
    assert MEASURED["false_alarms"]["of"] == 3
    assert MEASURED["false_alarms"]["low_or_more"] == 2
    assert MEASURED["false_alarms"]["medium_or_more"] == 1
    assert MEASURED["critical"]["of"] == 2
    assert MEASURED["critical"]["found_as_high_or_more"] == 1


def test_false_alarms_are_told_apart_by_guard():
    posts = [*POSTS, judged("none", "medium", guards=[]), judged("none", "low", guards=["own_health"])]
    apart = figures(posts, CATEGORIES)["false_alarms_by_guard"]
    assert {name: (row["medium_or_more"], row["of"]) for name, row in apart.items()} == {
        "own_health": (1, 2), "no guard": (1, 1),
    }  # fmt: skip
    assert apart["own_health"]["medium_or_more_95"] == wilson(1, 2)


def test_how_severities_agree():
    assert MEASURED["severity_exact"] == 1 / 8
    assert MEASURED["severity_within_one"] == 5 / 8
    table = MEASURED["severity_confusion"]
    assert {(t, s): n for t, row in table.items() for s, n in row.items() if n} == {
        (post.truth.severity, post.said.severity): 1 for post in POSTS
    }
    recall = MEASURED["recall_by_severity"]
    assert (recall["critical"]["low_or_more"], recall["critical"]["medium_or_more"]) == (1.0, 0.5)
    assert (recall["medium"]["there"], recall["medium"]["low_or_more"]) == (1, 0.0)


def test_labels_and_their_mean():
    kinds = MEASURED["categories"]
    assert set(kinds) == {"boundaries", "misleading", "unprofessional"}
    assert (
        kinds["misleading"] | {"precision": 0.5, "recall": 2 / 3, "said": 4, "there": 3}
        == kinds["misleading"]
    )
    assert kinds["boundaries"]["f1"] == pytest.approx(2 / 5)
    assert kinds["unprofessional"]["f1"] == 0.0
    assert MEASURED["categories_macro_f1"] == pytest.approx((2 / 5 + 4 / 7 + 0) / 3)
    low, high = MEASURED["categories_macro_f1_95"]
    assert low < MEASURED["categories_macro_f1"] < high


def test_guards_count_only_where_people_gave_them():
    assert set(MEASURED["guards"]) == {"own_health", "union_activity"}
    assert MEASURED["guards"]["own_health"]["f1"] == 1.0
    assert MEASURED["guards_macro_f1"] == 0.5
    assert "benefits" not in MEASURED


def test_categories_alone_can_be_measured():
    measured = figures([judged(None, "high", there=["misleading"], found=["misleading"])], CATEGORIES)
    assert measured["categories_macro_f1"] == 1.0
    assert not {"flagged", "severity_exact", "guards"} & measured.keys()
    assert "flagged" not in report(measured)


def test_rules_and_confusions_count_posts():
    cure, statistic = MEASURED["rules"]
    assert (cure["rule"], cure["fired"], cure["right"], cure["precision"]) == ("misleading.cure", 3, 1, 1 / 3)
    assert (statistic["fired"], statistic["precision_95"]) == (1, wilson(1, 1))
    found = {(row["true"], row["said"]): row["posts"] for row in MEASURED["confusions"]}
    assert found == {
        ("(nothing)", "misleading"): 1,
        ("(nothing)", "boundaries"): 2,
        ("unprofessional", "misleading"): 1,
        ("misleading", "(nothing)"): 1,
        ("boundaries", "(nothing)"): 1,
    }


def test_a_calibrated_score_has_no_error_and_a_wrong_one_has_its_distance():
    fair = [Claim(0.25, seen) for seen in (True, False, False, False)]
    assert calibration(fair)["ece"] == 0
    assert calibration(fair)["brier"] == pytest.approx((0.75**2 + 3 * 0.25**2) / 4)
    boastful = calibration([*fair, *(Claim(0.9, False) for _ in range(4))])
    assert boastful["ece"] == pytest.approx(0.45)
    silent = calibration([*fair, *(Claim(0.0, False) for _ in range(96))])
    assert silent["ece_spoken"] == 0
    assert silent["spoken"] == 4
    assert silent["brier_spoken"] > silent["brier"]


def test_every_score_has_the_bin_that_names_it():
    bins = calibration([Claim(score / 100, False) for score in range(101)])["bins"]
    assert [(row["from"], row["to"], row["pairs"]) for row in bins] == [
        *((low, low + 9, 10) for low in range(0, 90, 10)), (90, 100, 11),
    ]  # fmt: skip


def test_a_pair_is_seen_only_from_medium_as_the_score_promises():
    posts = [judged(true, there=["misleading"], scores={"misleading": 55}) for true in SEVERITIES[1:]]
    row = figures(posts, CATEGORIES)["calibration"]["bins"][5]
    assert (row["pairs"], row["seen"]) == (4, 0.75)


def test_the_probability_of_a_post_is_held_against_medium_or_more():
    posts = [judged(true, flagged=0.55) for true in SEVERITIES] + [judged(None, flagged=0.55)]
    measured = figures(posts, CATEGORIES)["flagged_calibration"]
    row = measured["bins"][5]
    assert (row["pairs"], row["seen"]) == (5, 0.6)
    assert measured["ece"] == pytest.approx(0.05)


def test_the_order_of_posts_does_not_matter_to_any_share():
    turned = figures(list(reversed(POSTS)), CATEGORIES)
    for name, row in MEASURED["categories"].items():
        assert {k: v for k, v in row.items() if k != "f1_95"} == {
            k: v for k, v in turned["categories"][name].items() if k != "f1_95"
        }
    assert turned["rules"] == MEASURED["rules"]
    assert turned["calibration"] == MEASURED["calibration"]


def test_the_report_shows_what_json_carries():
    carried = json.loads(json.dumps(MEASURED))
    shown = report(MEASURED)
    assert report(carried) == shown
    for words in (
        "precision",
        "false alarms on 3 benign",
        "1 of 2",
        "macro F1",
        "Brier score",
        "misleading.cure",
    ):
        assert words in shown
