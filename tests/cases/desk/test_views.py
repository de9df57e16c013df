"""The queue: the worst first, and what stands in which view."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from governance.cases.desk.own import drop_view, keep_view, keeps, keys_on, switch_keys
from governance.cases.desk.policy import live_claims
from governance.cases.desk.urgency import look_by
from governance.cases.desk.views import (
    COUNT_UP_TO,
    Filters,
    count_words,
    how_many,
    queue,
    untaken,
    view_counts,
)
from governance.cases.models import Case
from governance.cases.queries import about
from governance.kernel import clock
from governance.kernel.errors import Invalid, Missing
from governance.workflow.claim import claim
from governance.workflow.defer import defer
from governance.workflow.hand_over import hand_over
from tests.factories.cases import case_at, open_for

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


def test_harm_and_the_time_that_is_left(session, organisation):
    now, made = clock.now(), []
    for days, severity in ((1, "medium"), (9, "high"), (2, "high"), (90, "medium"), (0, "critical")):
        with clock.at(now - timedelta(days=days)):
            made.append(open_for(session, organisation.nurse, severity=severity))
    ages = [made.index(case) for case in _listed(session, organisation.manager)]
    assert ages == [3, 4, 1, 2, 0]  # what is long overdue, then what is grave and fresh


def test_the_place_of_a_case_follows_its_harm_and_its_time(session, organisation):
    case = open_for(session, organisation.nurse, severity="medium")
    assert case.look_by == look_by("medium", case.due_at, case.stage_since)
    case.severity = "critical"
    session.flush()
    assert case.look_by == look_by("critical", case.due_at, case.stage_since)
    case.due_at = None
    session.flush()
    assert case.look_by == look_by("critical", None, case.stage_since)


def test_what_is_overdue(session, organisation):
    case = open_for(session, organisation.nurse)
    assert _listed(session, organisation.manager, view="overdue") == []
    with clock.at(case.due_at):
        assert _listed(session, organisation.manager, view="overdue") == [case]


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
    assert view_counts(session, organisation.director) == {
        "mine": 1,
        "team": 2,
        "unassigned": 1,
        "waiting": 1,
        "overdue": 0,
        "aside": 0,
    }


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


def _claim(session, actor, case):
    return claim(session, actor, case=case, version=case.version)


def test_what_nobody_has_taken_up(session, organisation):
    case = open_for(session, organisation.nurse)
    review = case_at(session, organisation, "review")
    assert set(_listed(session, organisation.director, view="unassigned")) == {case, review}
    _claim(session, organisation.manager, case)
    _claim(session, organisation.clinical_lead, review)
    assert _listed(session, organisation.director, view="unassigned") == [review]  # HR's opinion
    _claim(session, organisation.hr, review)
    assert _listed(session, organisation.director, view="unassigned") == []
    with clock.at(clock.now() + timedelta(hours=25)):
        assert set(_listed(session, organisation.director, view="unassigned")) == {case, review}


def test_handing_on_ends_a_claim(session, organisation):
    case = open_for(session, organisation.nurse)
    _claim(session, organisation.manager, case)
    hand_over(
        session,
        organisation.manager,
        case=case,
        version=case.version,
        part="holder",
        to=organisation.director,
        reason="Leave.",
    )
    assert live_claims(case) == []
    assert session.scalars(select(Case).where(untaken())).all() == [case]


def test_put_aside_until_its_day(session, organisation):
    case = open_for(session, organisation.nurse)
    until = clock.local_date(clock.now()) + timedelta(days=2)
    defer(
        session,
        organisation.manager,
        case=case,
        version=case.version,
        until=until,
        reason="The witness is away.",
    )
    assert _listed(session, organisation.manager) == []
    assert _listed(session, organisation.manager, view="unassigned") == []
    assert _listed(session, organisation.manager, view="aside") == [case]
    with clock.at(clock.now() + timedelta(days=2)):
        assert _listed(session, organisation.manager) == [case]
        assert _listed(session, organisation.manager, view="aside") == []


def test_counts_stop_where_nobody_reads_on(session, organisation, monkeypatch):
    monkeypatch.setattr("governance.cases.desk.views.COUNT_UP_TO", 2)
    for _ in range(4):
        open_for(session, organisation.nurse)
    assert how_many(session, organisation.manager, Filters(severity="high")) == 3
    assert count_words(3) == "2+"


def test_counts_in_words():
    assert [count_words(number) for number in (12, COUNT_UP_TO, COUNT_UP_TO + 1)] == ["12", "999", "999+"]


def test_views_are_kept_by_name_and_are_ones_own(session, organisation):
    for name, query in (("Leaks", "category=confidentiality"), ("leaks", "severity=high"), ("B", "")):
        keep_view(session, organisation.manager, name=name, query=query)
    assert [(one.name, one.query) for one in keeps(session, organisation.manager)] == [
        ("B", ""),
        ("Leaks", "severity=high"),
    ]
    kept = keeps(session, organisation.manager)[0]
    with pytest.raises(Missing):
        drop_view(session, organisation.hr, kept.id)
    drop_view(session, organisation.manager, kept.id)
    assert [one.name for one in keeps(session, organisation.manager)] == ["Leaks"]
    with pytest.raises(Invalid, match="name"):
        keep_view(session, organisation.manager, name=" ", query="")


def test_no_more_views_than_are_counted_at_each_look(session, organisation):
    for number in range(12):
        keep_view(session, organisation.manager, name=f"View {number}", query="")
    with pytest.raises(Invalid, match="Remove one first"):
        keep_view(session, organisation.manager, name="One more", query="")


def test_keys_are_on_until_somebody_switches_them_off(session, organisation):
    assert keys_on(session, organisation.manager)
    switch_keys(session, organisation.manager, on=False)
    assert not keys_on(session, organisation.manager)
    assert keys_on(session, organisation.hr)
    switch_keys(session, organisation.manager, on=True)
    assert keys_on(session, organisation.manager)
