"""Shares by group: what is counted, what is hidden, and the arithmetic beside known values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from governance.equality.models import EqualityFact
from governance.insight.fairness import (
    NOT_SAID,
    Measured,
    groups,
    lines,
    measured,
    rate_ratio,
)
from governance.insight.report_fairness import fairness_figure, fairness_figures
from governance.insight.suppression import FEWEST
from governance.kernel import clock
from governance.people.models import Person
from tests.factories.cases import case_at, issue, open_for
from tests.factories.trends import Said, make_posts
from tests.fixtures.organisation import add_department, add_person


def test_a_ratio_beside_a_published_example():
    # Physicians' Health Study (NEJM 1989;321:129-35), heart attacks: 139 of 11,037 on aspirin, 239 of 11,034 on placebo;
    # relative risk 0.58, 95 % interval 0.47 to 0.72.
    found = rate_ratio(139, 11_037, 239, 11_034)
    assert found is not None
    assert found.value == pytest.approx(0.58, abs=0.005)
    assert found.interval == pytest.approx((0.47, 0.72), abs=0.006)
    assert found.apart


def test_a_ratio_stays_finite_and_says_nothing_of_nobody():
    assert rate_ratio(0, 10, 5, 10).interval[0] > 0
    assert rate_ratio(5, 10, 0, 10).value > 1
    assert rate_ratio(0, 10, 0, 10) is None
    assert rate_ratio(0, 0, 1, 10) is None
    assert rate_ratio(10, 10, 10, 10).value == 1


@given(st.integers(1, 500), st.integers(1, 500), st.data())
def test_a_ratio_lies_in_its_interval(of, other_of, data):
    hit, other = data.draw(st.integers(0, of)), data.draw(st.integers(0, other_of))
    found = rate_ratio(hit, of, other, other_of)
    if hit + other:
        assert found.interval[0] <= found.value <= found.interval[1]
    else:
        assert found is None


def people(*sizes: tuple[str, int, int]) -> tuple[Measured, dict[int, str]]:
    """Groups as (name, people, hits)."""
    members, hit, number = {}, set(), 0
    for name, of, hits in sizes:
        for place in range(of):
            number += 1
            members[number] = name
            if place < hits:
                hit.add(number)
    return Measured(frozenset(members), frozenset(hit)), members


def test_a_small_group_is_hidden_and_so_is_one_beside_it():
    measure, members = people(("A", 40, 10), ("B", 20, 8), ("C", 3, 1))
    assert {line.group for line in lines(measure, members, sensitive=False) if line.hidden} == {"B", "C"}


def test_few_hits_are_hidden_for_what_was_supplied_alone():
    measure, members = people(("A", 40, 10), ("B", 30, 9), ("C", 20, 2))
    assert not [line for line in lines(measure, members, sensitive=False) if line.hidden]
    assert {line.group for line in lines(measure, members, sensitive=True) if line.hidden} == {"B", "C"}


def test_whoever_is_in_no_group_is_counted_apart():
    measure, members = people(("A", 40, 10), ("B", 30, 9))
    for person in [person for person, group in members.items() if group == "B"]:
        del members[person]
    found = lines(measure, members, sensitive=False)
    assert [line.group for line in found] == ["A", NOT_SAID]


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=7),
    st.booleans(),
)
def test_nothing_small_is_shown_or_can_be_subtracted(sizes, sensitive):
    measure, members = people(*((f"G{n}", of, min(of, hits)) for n, (of, hits) in enumerate(sizes)))
    found = lines(measure, members, sensitive=sensitive)
    hidden = [line.group for line in found if line.hidden]
    for line in found:
        if not line.hidden:
            assert line.of >= FEWEST
            if sensitive:
                assert not 0 < line.hit < FEWEST
                assert not 0 < line.of - line.hit < FEWEST
    if hidden and len(found) > len(hidden):
        behind = [person for person in measure.of if members[person] in hidden]
        assert len(hidden) >= 2
        assert len(behind) >= FEWEST


def test_what_happened_to_whom(session, organisation):
    posted = [add_person(session, f"Ann {n}") for n in range(3)]
    today = clock.local_date(clock.now())
    make_posts(session, [Said(posted[0], today, "medium"), Said(posted[1], today)])
    case = case_at(session, organisation, "decision")
    issue(session, case)
    open_for(session, organisation.colleague)
    open_for(session, posted[2], guards=["protected_disclosure"])
    found = measured(session)
    nurse, colleague = organisation.nurse.id, organisation.colleague.id
    assert posted[0].id in found["flagged"].hit
    assert posted[1].id in found["flagged"].of - found["flagged"].hit
    assert found["escalated"] == Measured(frozenset({nurse, colleague}), frozenset({nurse}))
    assert found["upheld"].of == {nurse}
    assert posted[2].id not in found["escalated"].of, "a case that a guardian holds is counted nowhere"


def test_departments_are_compared_where_the_tree_parts(session, organisation):
    trust = add_department(session, "Trust")
    organisation.ward.parent.parent = trust
    west = add_department(session, "West", trust)
    porter = add_person(session, "Pat West", department=add_department(session, "Ward", west))
    for person in session.scalars(select(Person)):
        person.department = person.department if _below(person.department, trust) else west
    session.flush()
    found = groups(session, "department")
    assert found[porter.id] == west.name
    assert found[organisation.nurse.id] == organisation.ward.parent.name


def _below(department, trust):
    while department is not None and department is not trust:
        department = department.parent
    return department is trust


def test_without_a_supply_there_is_no_figure(session, organisation):
    assert fairness_figures(session, "ethnicity") == []
    session.add(EqualityFact(person_id=organisation.nurse.id, ethnicity="Asian"))
    session.flush()
    assert fairness_figures(session, "ethnicity") == [], "no file was supplied"


def test_a_figure_says_what_chance_does_not_explain():
    measure, members = people(("Nurse", 60, 30), ("Doctor", 60, 6), ("Porter", 3, 1))
    figure = fairness_figure("flagged", measure, lines(measure, members, sensitive=False))
    assert "Nurse" in figure.sentence or "hidden" in figure.note
    assert figure.table is not None
    assert figure.table.has_hidden
    assert figure.table.total[1:3] == [123, 37]


def test_too_few_people_in_all_hide_the_whole_figure():
    measure, members = people(("Nurse", 3, 2))
    figure = fairness_figure("upheld", measure, lines(measure, members, sensitive=False))
    assert (figure.table, figure.chart) == (None, None)
    assert "fewer than five people" in figure.sentence
