"""Agreement of those who decide without seeing each other."""

import pytest

from governance.insight.second_readers import Pair, blind_pairs, by_category, by_people, kappa
from tests.factories.cases import case_at, issue, second_of, second_opinion


def pairs(*outcomes, people=(1, 2)):
    return [Pair(*people, decided, seconded, frozenset({"boundaries"})) for decided, seconded in outcomes]


@pytest.mark.parametrize(
    ("outcomes", "value"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")], 0.0),
        ([("a", "a")], None),
        ([], None),
    ],
)
def test_kappa(outcomes, value):
    assert kappa(pairs(*outcomes)) == (value if value is None else pytest.approx(value))


def test_either_may_have_decided():
    assert len(by_people([*pairs(("a", "a")), *pairs(("a", "b"), people=(2, 1))])[1, 2]) == 2


def test_only_what_was_written_blind_counts(session, organisation):
    case = case_at(session, organisation, "countersign")
    assert blind_pairs(session) == []
    second = second_of(case)
    second_opinion(session, case, "learning")
    issue(session, case, "learning", changed="The lesser step.")
    (pair,) = blind_pairs(session)
    assert (pair.decider_id, pair.reviewer_id) == (organisation.director.id, second.id)
    assert (pair.decided, pair.seconded) == ("police", "learning")
    assert by_category([pair]) == {"confidentiality": [pair]}
