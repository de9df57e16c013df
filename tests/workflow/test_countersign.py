"""Two people, really: the second opinion is written blind, compared, and differing leads somewhere fair."""

import pytest
from sqlalchemy.exc import IntegrityError

from governance.cases.countersigning import (
    awaited,
    may_countersign,
    needs_second_person,
    sent_back,
    to_settle,
)
from governance.cases.models import Countersignature
from governance.cases.sight import decisions_told, may_see_proposals
from governance.cases.timeline import changes_since, entries
from governance.kernel.errors import Conflict, GovernanceError, Invalid, Refused
from governance.people.roles import RoleName
from governance.workflow.countersign import countersign
from governance.workflow.hand_over import hand_over
from governance.workflow.recuse import recuse
from governance.workflow.write_second_opinion import write_second_opinion
from tests.factories.cases import add_newcomer, case_at, issue, open_for, second_of, second_opinion
from tests.fixtures.organisation import add_person


@pytest.fixture
def case(session, organisation):
    """Decided by the director: the police are told. Somebody from HR is asked to countersign."""
    return case_at(session, organisation, "countersign")


def compare(session, case, agrees, **given):
    return countersign(session, second_of(case), case=case, version=case.version, agrees=agrees, **given)


@pytest.mark.parametrize(
    ("scored", "outcome", "needs"),
    [
        ({}, "learning", False),
        ({}, "data_protection_report", False),
        ({}, "formal_investigation", True),
        ({}, "referral_considered", True),
        ({}, "police", True),
        ({"severity": "critical"}, "no_action", True),
        ({"guards": ["union_activity"]}, "no_action", True),
    ],
)
def test_when_a_second_person_is_needed(session, organisation, scored, outcome, needs):
    assert needs_second_person(open_for(session, organisation.nurse, **scored), outcome) is needs


def test_nothing_is_issued_until_two_people_stand_behind_it(session, organisation, case):
    assert (case.stage, case.decision) == ("countersign", None)
    second_opinion(session, case, "police")
    assert (case.stage, case.decision) == ("countersign", None)
    compare(session, case, True)
    assert (case.stage, case.decision.outcome) == ("issued", "police")


def test_the_second_person_is_somebody_new_who_answers_to_nobody_who_decided(session, organisation, case):
    people = [organisation.nurse, organisation.manager, organisation.director, organisation.clinical_lead]
    assert all(may_countersign(one, case) for one in people)
    under = add_person(session, "Una Under", RoleName.HR, line_manager=organisation.director)
    assert "could not freely differ" in may_countersign(under, case)
    assert may_countersign(add_newcomer(session, "Another"), case) is None


def test_the_second_person_reads_nothing_of_the_decision_before_their_own(session, case):
    second = second_of(case)
    assert not may_see_proposals(second, case)
    assert decisions_told(second, case) == []
    told = str([(one.what, one.changes, one.reasons) for one in entries(second, case)])
    assert "police" not in told.lower()
    assert "police" not in " ".join(changes_since(second, case, 1)).lower()
    second_opinion(session, case, "police")
    assert decisions_told(second, case) == case.decisions
    assert "police" in str(entries(second, case)).lower()


def test_nobody_who_may_yet_be_asked_reads_it_either_and_never_the_author(session, organisation, case):
    for person in (organisation.nurse, organisation.manager, organisation.hr, organisation.clinical_lead):
        assert decisions_told(person, case) == []
        assert "police" not in str(entries(person, case)).lower()
    assert decisions_told(organisation.director, case) == case.decisions
    second_opinion(session, case, "learning")
    assert "learning" not in str(entries(organisation.nurse, case)).lower()
    issue(session, case, "learning", changed="The lesser step is enough.")
    compare(session, case, True)
    assert decisions_told(organisation.nurse, case) == [case.decision]
    assert len(decisions_told(organisation.manager, case)) == 2
    assert "police" not in str(entries(organisation.nurse, case)).lower()


def test_comparing_comes_after_ones_own_opinion(session, case):
    with pytest.raises(Refused, match="First write"):
        compare(session, case, True)
    second_opinion(session, case, "police")
    with pytest.raises(Refused, match="have written"):
        second_opinion(session, case, "learning")


def test_another_outcome_goes_back_and_the_decider_says_what_changed(session, case):
    second_opinion(session, case, "learning")
    assert case.stage == "decision"
    assert sent_back(case).outcome == "learning"
    with pytest.raises(Invalid) as error:
        issue(session, case, "learning")
    assert error.value.field == "changed"
    decision = issue(session, case, "learning", changed="A lesser step is enough.")
    assert (decision.number, decision.basis, case.stage) == (2, "anew", "countersign")
    assert [one.outcome for one in case.decisions] == ["police", "learning"]
    assert not awaited(case).blind
    compare(session, case, True, comment="Yes.")
    assert case.decision is decision


def test_the_same_outcome_on_other_reasons_can_go_back_once(session, case):
    second_opinion(session, case, "police")
    with pytest.raises(Invalid, match="in what you differ"):
        compare(session, case, False)
    compare(session, case, False, comment="The reasons name somebody else.")
    assert (case.stage, sent_back(case).comment) == ("decision", "The reasons name somebody else.")


def differ_twice(session, case):
    second_opinion(session, case, "learning")
    issue(session, case, "police", changed="Nothing: it is a crime.")
    compare(session, case, False, outcome="reflection", comment="It is not one.")


def test_differing_twice_brings_a_third_who_chooses_between_the_two(session, organisation, case):
    third = add_newcomer(session, "Thea Bird")
    differ_twice(session, case)
    assert (case.stage, case.decider, to_settle(case)) == ("decision", third, ("police", "reflection"))
    with pytest.raises(Invalid, match="Two people differed twice"):
        issue(session, case, "learning")
    settled = issue(session, case, "reflection")
    assert (settled.basis, case.stage, case.decision) == ("settled", "issued", settled)


def test_the_case_is_not_given_back_to_those_who_differed(session, organisation, case):
    add_newcomer(session, "Thea Bird")
    second = second_of(case)
    differ_twice(session, case)
    for one in (organisation.director, second):
        with pytest.raises(Invalid):
            hand_over(
                session,
                case.holder,
                case=case,
                version=case.version,
                part="decider",
                to=one,
                reason="Busy.",
            )


def test_without_a_third_person_the_second_is_told_so_and_nothing_is_kept(session, case):
    second_opinion(session, case, "learning")
    issue(session, case, "police", changed="Nothing.")
    version = case.version
    with pytest.raises(Conflict, match="as a third person"):
        compare(session, case, False, outcome="reflection", comment="No.")
    session.rollback()
    assert version is not None


def test_the_second_time_another_outcome_has_to_be_named(session, case):
    add_newcomer(session, "Thea Bird")
    second_opinion(session, case, "learning")
    issue(session, case, "police", changed="Nothing.")
    for outcome in ("", "police"):
        with pytest.raises(Invalid) as error:
            compare(session, case, False, outcome=outcome, comment="No.")
        assert error.value.field == "outcome"


def test_whoever_steps_back_is_followed_by_somebody_who_is_blind_again(session, organisation, case):
    old, new = second_of(case), add_newcomer(session, "Thea Bird")
    second_opinion(session, case, "police")
    recuse(session, old, case=case, version=case.version, reason="We are cousins.")
    assert (second_of(case), awaited(case).blind, awaited(case).written_at) == (new, True, None)
    assert {one.answer for one in case.countersignatures} == {"stepped_back", None}


def test_the_decider_does_not_choose_who_checks_them(session, organisation, case):
    other = add_newcomer(session, "Thea Bird")
    asked = {"case": case, "part": "second", "to": other, "reason": "Away."}
    with pytest.raises(Conflict, match="You made the decision"):
        hand_over(session, organisation.director, version=case.version, **asked)
    hand_over(session, organisation.manager, version=case.version, **asked)
    assert second_of(case) is other


@pytest.mark.parametrize("who", ["nurse", "manager", "director", "hr", "clinical_lead", "compliance"])
def test_nobody_else_writes_it(session, organisation, case, who):
    with pytest.raises(GovernanceError) as error:
        write_second_opinion(
            session,
            getattr(organisation, who),
            case=case,
            version=case.version,
            outcome="police",
            reasons="Mine.",
        )
    assert error.value.status in (403, 404)


def test_the_database_lets_nobody_countersign_their_own(session, organisation, case):
    session.add(
        Countersignature(
            case_id=case.id,
            decision_id=case.decisions[-1].id,
            decider_id=case.decider_id,
            reviewer_id=case.decider_id,
            blind=True,
            asked_at=case.opened_at,
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()
