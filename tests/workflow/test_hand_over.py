"""Handing over."""

import pytest

from governance.kernel.errors import Conflict, GovernanceError, Invalid
from governance.people.roles import RoleName
from governance.workflow.hand_over import hand_over
from tests.factories.cases import case_at, open_for
from tests.fixtures.organisation import add_person


def _give(session, actor, case, to, part="holder", reason="On leave."):
    return hand_over(session, actor, case=case, version=case.version, part=part, to=to, reason=reason)


def test_to_a_named_manager(session, organisation):
    case = open_for(session, organisation.nurse)
    other = add_person(session, "Mo Tarn", RoleName.MANAGER)
    _give(session, organisation.manager, case, other)
    event = case.events[-1]
    assert case.holder == other
    assert (event.field, event.old, event.new, event.reason) == (
        "holder",
        "Mark Osei",
        "Mo Tarn",
        "On leave.",
    )


def test_the_holders_line_manager_stands_in(session, organisation):
    case = open_for(session, organisation.nurse)
    _give(session, organisation.director, case, organisation.director)
    assert case.holder == organisation.director


def test_another_decider(session, organisation):
    case = case_at(session, organisation, "decision")
    _give(session, organisation.manager, case, organisation.manager, part="decider")
    assert case.decider == organisation.manager


@pytest.mark.parametrize(
    ("part", "who", "says"),
    [
        ("holder", "nurse", "it is about a post of theirs"),
        ("holder", "colleague", "not a manager or in HR"),
        ("holder", "manager", "holds this case already"),
        ("decider", "hr", "wrote an opinion"),
        ("decider", "nurse", "it is about a post of theirs"),
        ("decider", "director", "named to decide this case already"),
        ("decider", "compliance", "not a manager, clinical lead or in HR"),
    ],
)
def test_not_to_somebody_who_may_not(session, organisation, part, who, says):
    case = case_at(session, organisation, "decision")
    with pytest.raises(Invalid, match=says):
        _give(session, organisation.manager, case, getattr(organisation, who), part=part)


def test_a_guarded_case_stays_with_hr(session, organisation):
    case = open_for(session, organisation.nurse, guards=["union_activity"])
    with pytest.raises(Invalid, match="HR looks after it"):
        _give(session, organisation.hr, case, organisation.manager)


def test_a_held_case_stays_with_guardians(session, organisation):
    case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    with pytest.raises(Invalid, match="not a speak-up guardian"):
        _give(session, organisation.guardian, case, organisation.manager)


def test_no_decider_before_the_first_look(session, organisation):
    case = open_for(session, organisation.nurse)
    with pytest.raises(Conflict, match="named at the first look"):
        _give(session, organisation.manager, case, organisation.director, part="decider")


@pytest.mark.parametrize("who", ["nurse", "clinical_lead", "hr", "colleague"])
def test_others_do_not_hand_it_on(session, organisation, who):
    case = open_for(session, organisation.nurse)
    with pytest.raises(GovernanceError) as error:
        _give(session, getattr(organisation, who), case, organisation.director)
    assert error.value.status in (403, 404)
