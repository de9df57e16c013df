"""The queue: only what a person may see, the worst first."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from governance.cases.models import Case
from governance.cases.queries import Filters, about, outcomes_of_similar, queue, view_counts, visible_to
from governance.cases.sight import can_see
from governance.kernel import clock
from governance.people.roles import RoleName
from governance.workflow.answer_concern import answer_concern
from governance.workflow.recuse import recuse
from tests.factories.cases import case_at, issue, open_for
from tests.fixtures.organisation import add_person

EVERYBODY = (
    "nurse",
    "colleague",
    "manager",
    "director",
    "clinical_lead",
    "hr",
    "compliance",
    "guardian",
    "dpo",
    "admin",
)


def _listed(session, person, **filters):
    return session.scalars(queue(person, Filters(**filters))).unique().all()


def test_query_and_policy_say_the_same_of_everybody(session, organisation):
    for stage in ("triage", "review", "reply", "decision", "issued"):
        case_at(session, organisation, stage)
    for guard in ("protected_disclosure", "own_health"):
        open_for(session, organisation.nurse, guards=[guard])
    left = case_at(session, organisation, "review")
    add_person(session, "Hal Poole", RoleName.HR)  # who could write the opinion instead
    recuse(session, organisation.hr, case=left, version=left.version, reason="Related.")
    open_for(session, organisation.manager)
    open_for(session, organisation.colleague, reporter=organisation.director)
    answered = open_for(session, organisation.colleague, guards=["protected_disclosure"])
    answer_concern(session, organisation.guardian, case=answered, version=answered.version, answer="Done.")
    gone = add_person(session, "Gone Away", RoleName.HR)
    gone.active = False
    session.flush()
    cases = session.scalars(select(Case)).all()
    for person in [*(getattr(organisation, who) for who in EVERYBODY), gone]:
        listed = set(session.scalars(select(Case.id).where(visible_to(person))))
        assert listed == {case.id for case in cases if can_see(person, case)}, person.name


def test_harm_first_then_longest_waiting(session, organisation):
    now = clock.now()
    made = []
    for days, severity in ((1, "medium"), (9, "high"), (2, "high"), (30, "medium"), (0, "critical")):
        with clock.at(now - timedelta(days=days)):
            made.append(open_for(session, organisation.nurse, severity=severity))
    ages = [made.index(case) for case in _listed(session, organisation.manager)]
    assert ages == [4, 1, 2, 3, 0]


def test_the_guardians_cases_are_in_nobody_elses_list(session, organisation):
    held = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    assert _listed(session, organisation.guardian) == [held]
    for who in EVERYBODY:
        if who != "guardian":
            for view in ("mine", "team", "waiting"):
                assert held not in _listed(session, getattr(organisation, who), view=view)


def test_own_cases_are_apart(session, organisation):
    case = open_for(session, organisation.manager)
    for view in ("mine", "team", "waiting"):
        assert _listed(session, organisation.manager, view=view) == []
    assert about(session, organisation.manager) == [case]


def test_views_and_their_counts(session, organisation):
    first = open_for(session, organisation.nurse)
    deciding = case_at(session, organisation, "decision")
    assert _listed(session, organisation.manager) == [first]
    assert _listed(session, organisation.manager, view="waiting") == [deciding]
    assert set(_listed(session, organisation.director, view="team")) == {first, deciding}
    assert view_counts(session, organisation.director) == {"mine": 1, "team": 2, "waiting": 1, "closed": 0}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"severity": "critical"}, [0]),
        ({"category": "boundaries"}, [1]),
        ({"stage": "triage"}, [0, 1]),
        ({"stage": "review"}, []),
        ({"reference": "-0002"}, [1]),
        ({"reference": "case-"}, [0, 1]),
        ({"reference": "%"}, []),
    ],
)
def test_filters(session, organisation, filters, found):
    made = [
        open_for(session, organisation.nurse, severity="critical"),
        open_for(session, organisation.nurse, categories=["boundaries"]),
    ]
    assert _listed(session, organisation.manager, **filters) == [made[place] for place in found]


def test_similar_cases_are_counted_by_outcome(session, organisation):
    now = case_at(session, organisation, "decision")
    for outcome in ("learning", "learning", "no_action"):
        other = case_at(session, organisation, "decision")
        issue(session, other, outcome)
    different = case_at(session, organisation, "decision", categories=["boundaries"])
    issue(session, different, "reflection")
    assert outcomes_of_similar(session, now) == [("learning", 2), ("no_action", 1)]
