"""Who should look first."""

import pytest

from governance.cases.models import OPINION_KINDS, ROUTES
from governance.cases.routing import kinds_of, opens_case, suggest_route
from governance.guidance.loader import shipped_rulebook

ROUTE_OF = {"a": "clinical", "b": "hr", "c": "both", "d": "data_protection"}


@pytest.mark.parametrize(
    ("pairs", "route"),
    [
        ([("a", "high")], "clinical"),
        ([("a", "high"), ("b", "medium")], "clinical"),
        ([("a", "high"), ("b", "high")], "both"),
        ([("a", "high"), ("c", "high")], "both"),
        ([("b", "high"), ("d", "high")], "data_protection"),
        ([("unknown", "high")], "both"),
        ([], "both"),
    ],
)
def test_the_worst_category_suggests(pairs, route):
    assert suggest_route(pairs, ROUTE_OF) == route


def test_every_category_of_the_rulebook_has_a_known_route():
    assert {category.route for category in shipped_rulebook().categories.values()} <= set(ROUTES)


def test_each_route_asks_for_known_opinions():
    assert {kind for route in ROUTES for kind in kinds_of(route)} == set(OPINION_KINDS)


def test_medium_opens():
    assert [name for name in ("none", "low", "medium", "high", "critical") if opens_case(name)] == [
        "medium",
        "high",
        "critical",
    ]
