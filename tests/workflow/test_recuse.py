"""Stepping back."""

import pytest

from governance.cases.sight import can_see
from governance.kernel.errors import Conflict, GovernanceError, Invalid, Refused
from governance.people.roles import RoleName
from governance.workflow.decide import decide
from governance.workflow.recuse import recuse
from tests.factories.cases import case_at, open_for, to_review, write_opinion
from tests.fixtures.organisation import add_person


def _back(session, actor, case, reason="We are friends."):
    return recuse(session, actor, case=case, version=case.version, reason=reason)


def test_the_holder_goes_to_the_next_up(session, organisation):
    case = open_for(session, organisation.nurse)
    _back(session, organisation.manager, case)
    assert case.holder == organisation.director
    assert not can_see(organisation.manager, case)
    _back(session, organisation.director, case)
    assert case.holder == organisation.hr


def test_where_nobody_is_left_it_says_the_cure(session, organisation):
    case = open_for(session, organisation.nurse, guards=["own_health"])
    with pytest.raises(Conflict, match="give another person the HR role"):
        _back(session, organisation.hr, case)


def test_a_decider_is_named_anew_and_the_old_one_cannot_decide(session, organisation):
    case = case_at(session, organisation, "decision")
    _back(session, organisation.director, case)
    assert case.decider == organisation.manager
    assert {part.person_id for part in case.parts if part.part == "decider"} == {organisation.manager.id}
    with pytest.raises(Refused, match="stepped back"):
        decide(
            session,
            organisation.director,
            case=case,
            version=case.version,
            outcome="learning",
            reasons="Mine",
            sources=["x"],
        )


def test_somebody_who_holds_and_decides_leaves_both(session, organisation):
    case = case_at(session, organisation, "decision")
    fresh = add_person(session, "Hal Poole", RoleName.HR)
    _back(session, organisation.director, case)
    assert (case.holder, case.decider) == (organisation.manager, organisation.manager)
    _back(session, organisation.manager, case)
    assert case.decider == fresh
    assert case.holder in (organisation.hr, fresh)


def test_an_asked_writer_steps_back_and_another_writes(session, organisation):
    case = case_at(session, organisation, "review")
    other = add_person(session, "Cy Marsh", RoleName.CLINICAL_LEAD)
    _back(session, organisation.clinical_lead, case)
    assert not can_see(organisation.clinical_lead, case)
    assert can_see(other, case)


@pytest.mark.parametrize(
    ("route", "who", "role"),
    [("data_protection", "dpo", RoleName.DPO), ("clinical", "clinical_lead", RoleName.CLINICAL_LEAD)],
)
def test_the_only_writer_is_told_what_to_do_before_stepping_back(session, organisation, route, who, role):
    case = to_review(session, open_for(session, organisation.nurse), organisation.director, route)
    savepoint = session.begin_nested()
    with pytest.raises(Conflict, match="need not write it: ask your administrator to give another person"):
        _back(session, getattr(organisation, who), case)
    savepoint.rollback()
    session.expire_all()
    other = add_person(session, "Oz Quill", role)
    _back(session, getattr(organisation, who), case)
    write_opinion(session, case, other, route)
    assert case.stage == "reply"


def test_the_only_writer_is_not_made_the_decider(session, organisation):
    case = to_review(session, open_for(session, organisation.nurse), organisation.director, "hr")
    _back(session, organisation.manager, case)
    lead = add_person(session, "Hal Poole", RoleName.HR)
    _back(session, organisation.director, case)
    assert case.decider in (organisation.hr, lead)
    writer = lead if case.decider == organisation.hr else organisation.hr
    write_opinion(session, case, writer, "hr")
    assert case.stage == "reply"


def test_a_decider_stays_where_only_the_writer_could_take_over(session, organisation):
    case = to_review(session, open_for(session, organisation.nurse), organisation.director, "hr")
    _back(session, organisation.manager, case)
    with pytest.raises(Conflict, match="give another person the HR role"):
        _back(session, organisation.director, case)


@pytest.mark.parametrize("guards", [["protected_disclosure"], ["protected_disclosure", "own_health"]])
def test_a_guardian_goes_to_the_next_guardian_then_to_hr_and_never_to_the_line(session, organisation, guards):
    case = open_for(session, organisation.nurse, guards=guards)
    second = add_person(session, "Gia Moss", RoleName.GUARDIAN)
    _back(session, organisation.guardian, case)
    assert (case.stage, case.holder) == ("held", second)
    _back(session, second, case)
    assert (case.stage, case.holder) == ("triage", organisation.hr)


@pytest.mark.parametrize("who", ["nurse", "colleague", "compliance", "dpo"])
def test_whoever_has_no_part_has_nothing_to_step_back_from(session, organisation, who):
    case = open_for(session, organisation.nurse)
    with pytest.raises(GovernanceError) as error:
        _back(session, getattr(organisation, who), case)
    assert error.value.status in (403, 404)


def test_a_reason_is_needed(session, organisation):
    case = open_for(session, organisation.nurse)
    with pytest.raises(Invalid):
        _back(session, organisation.manager, case, " ")
    assert case.recusals == []
