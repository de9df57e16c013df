"""How often reviewers agree with a rule, and when it is proposed for shadow: by its interval, never in silence."""

import pytest

from governance.guidance.loader import shipped_rulebook
from governance.guidance.overlay import lay_over
from governance.insight.agreement import FEWEST_DECISIONS, FLOOR, Agreement, agreements
from governance.insight.verdicts import upheld
from governance.kernel import clock
from governance.scoring.comparison import Share
from tests.factories.cases import open_for
from tests.fixtures.organisation import add_person

BOOK = shipped_rulebook()
ANY = next(rule for rule in BOOK.rules.values() if rule.sort == "category" and rule.status == "live")


@pytest.mark.parametrize(
    ("closure", "outcome", "stood"),
    [
        (None, None, None),
        ("no_concern", None, False),
        ("coaching", None, True),
        ("not_theirs", None, None),
        ("speak_up_answered", None, None),
        (None, "learning", True),
        ("outcome", "edit_or_takedown", True),
        ("outcome", "no_action", False),
    ],
)
def test_what_counts_as_upheld(closure, outcome, stood):
    assert upheld(closure, outcome) is stood


def closed(session, organisation, author, closure):
    """A case with one finding of rule ANY, closed at the first look."""
    case = open_for(session, author)
    case.stage, case.closure, case.closed_at = "closed", closure, clock.now()
    session.flush()
    return case


@pytest.fixture
def authors(session, organisation):
    return [
        add_person(session, f"Ada {n}", department=organisation.ward, line_manager=organisation.manager)
        for n in range(5)
    ]


@pytest.fixture
def book():
    from dataclasses import replace

    renamed = {**BOOK.rules, "test.rule": replace(ANY, id="test.rule")}
    return replace(BOOK, id="with the rule of the factories", rules=renamed)


def test_few_people_are_hidden_and_then_shown(session, organisation, authors, book):
    for author in authors[:4]:
        closed(session, organisation, author, "coaching")
        closed(session, organisation, author, "no_concern")
    (found,) = agreements(session, book)
    assert (found.rule.id, found.share, found.hardly_ever) == ("test.rule", None, False)
    closed(session, organisation, authors[4], "coaching")
    closed(session, organisation, authors[4], "not_theirs")
    (found,) = agreements(session, book)
    assert found.share == Share(5, 9)


def test_a_rule_that_is_gone_is_left_out(session, organisation, authors):
    closed(session, organisation, authors[0], "coaching")
    assert agreements(session, BOOK) == []


def test_what_reviewers_hardly_ever_uphold_is_proposed(session, organisation, authors, book):
    for _ in range(2):
        for author in authors:
            closed(session, organisation, author, "no_concern")
    (found,) = agreements(session, book)
    assert found.share == Share(0, 10)
    assert found.hardly_ever


@pytest.mark.parametrize(
    ("share", "status", "proposed"),
    [
        (Share(0, FEWEST_DECISIONS), "live", True),
        (Share(0, FEWEST_DECISIONS - 1), "live", False),
        (Share(1, 10), "live", False),
        (Share(2, 30), "live", True),
        (Share(0, 10), "shadow", False),
        (Share(30, 30), "live", False),
        (None, "live", False),
    ],
)
def test_the_interval_decides(share, status, proposed):
    rule = lay_over(BOOK, f'[status]\n"{ANY.id}" = "{status}"', file="x", name="x").rules[ANY.id]
    assert Agreement(rule, share).hardly_ever is proposed
    assert FLOOR == 0.3
