"""Appeals: within the time for it, heard by somebody new, never to the author's harm."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from governance.cases.appealing import last_day, may_hear, variations
from governance.kernel import clock
from governance.kernel.errors import GovernanceError, Invalid, Refused
from governance.workflow import obstacles
from governance.workflow.answer_appeal import answer_appeal
from governance.workflow.appeal import appeal
from governance.workflow.close_case import close_case
from governance.workflow.countersign import countersign
from governance.workflow.hear_appeal import hear_appeal
from governance.workflow.name_hearer import name_hearer
from governance.workflow.recuse import recuse
from tests.factories.cases import add_newcomer, case_at, issue, second_of, second_opinion


def make(session, case, actor=None, **given):
    asked = {"grounds": "Nobody asked the ward.", "version": case.version}
    return appeal(session, actor or case.subject, case=case, **(asked | given))


def hear(session, case, result, actor=None, **given):
    asked = {"reasons": "I asked the ward.", "version": case.version}
    return hear_appeal(session, actor or case.appeal.hearer, case=case, result=result, **(asked | given))


@pytest.fixture
def case(session, organisation):
    return case_at(session, organisation, "appeal")


def test_an_appeal_goes_to_somebody_who_has_not_acted(session, organisation, case):
    assert (case.stage, case.appeal.hearer.name) == ("appeal", "Sol Varga")
    for who in ("manager", "director", "clinical_lead", "hr"):
        assert "has acted in this case" in may_hear(getattr(organisation, who), case)


def test_upheld_the_decision_stays_in_force(session, case):
    decision = case.decision
    hear(session, case, "upheld")
    assert (case.stage, case.closure, case.decision) == ("closed", "outcome", decision)
    assert len(case.decisions) == 1


def test_varied_something_lighter_takes_its_place(session, case):
    old = case.decision
    hear(session, case, "varied", outcome="supportive_conversation", conditions="With somebody they choose.")
    assert (case.decision.outcome, case.decision.basis) == ("supportive_conversation", "appeal")
    assert (case.appeal.new_decision, old.issued.ended_at is not None) == (case.decision, True)


@pytest.mark.parametrize("outcome", ["", "reflection", "learning", "police", "no_action", "court"])
def test_it_never_becomes_heavier(session, case, outcome):
    assert variations(case) == ("supportive_conversation",)
    with pytest.raises(Invalid) as error:
        hear(session, case, "varied", outcome=outcome)
    assert error.value.field == "outcome"


def test_overturned_nothing_is_asked_any_more(session, case):
    hear(session, case, "overturned")
    assert (case.decision.outcome, case.stage) == ("no_action", "closed")


def test_an_appeal_is_heard_once(session, case):
    hear(session, case, "upheld")
    with pytest.raises(Refused, match="heard once"):
        make(session, case)


def test_until_the_last_day_and_not_after(session, organisation):
    case = case_at(session, organisation, "issued")
    last = last_day(case)
    end = clock.now() + timedelta(days=(last - clock.local_date(clock.now())).days)
    add_newcomer(session)
    with clock.at(end + timedelta(days=1)), pytest.raises(Refused, match="time to appeal ended"):
        make(session, case)
    with clock.at(end):
        make(session, case)
    assert case.stage == "appeal"


def test_a_closed_case_opens_again_for_it(session, organisation):
    case = case_at(session, organisation, "closed")
    add_newcomer(session)
    make(session, case)
    assert (case.stage, case.closed_at, case.closure) == ("appeal", None, None)


@pytest.mark.parametrize("who", ["colleague", "manager", "director"])
def test_only_the_author_appeals(session, organisation, who):
    case = case_at(session, organisation, "issued")
    with pytest.raises(GovernanceError, match=r"Only the author|no such case"):
        make(session, case, getattr(organisation, who))


def test_the_decider_may_say_something_to_it_once(session, organisation, case):
    said = {"case": case, "answer": "I did ask."}
    answer_appeal(session, organisation.director, version=case.version, **said)
    assert case.appeal.answer == "I did ask."
    with pytest.raises(Refused, match="have answered"):
        answer_appeal(session, organisation.director, version=case.version, **said)


def test_an_appeal_is_taken_though_nobody_can_hear_it_yet(session, organisation):
    case = case_at(session, organisation, "issued")
    make(session, case)
    assert (case.stage, case.appeal.hearer) == ("appeal", None)
    with pytest.raises(Invalid, match="has acted"):
        name_hearer(session, case.holder, case=case, version=case.version, to=organisation.hr)
    new = add_newcomer(session)
    name_hearer(session, case.holder, case=case, version=case.version, to=new)
    hear(session, case, "upheld")
    assert case.stage == "closed"


def test_whoever_steps_back_is_followed_by_somebody_else(session, case):
    other = add_newcomer(session, "Thea Bird")
    recuse(session, case.appeal.hearer, case=case, version=case.version, reason="My neighbour.")
    assert case.appeal.hearer is other


def test_with_something_left_to_do_it_goes_back_to_be_closed_later(session, case, monkeypatch):
    monkeypatch.setattr(obstacles, "CLOSING", (lambda _session, _case: ["Ask for the takedown"],))
    hear(session, case, "upheld")
    assert case.stage == "issued"
    monkeypatch.setattr(obstacles, "CLOSING", ())
    close_case(session, case.holder, case=case, version=case.version, reason="It is down.")
    assert case.stage == "closed"


def test_the_database_lets_nobody_hear_an_appeal_against_themselves(session, case):
    case.appeal.hearer_id = case.appeal.decider_id
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_formal_outcome_is_varied_to_an_informal_one(session, organisation):
    case = case_at(session, organisation, "countersign")
    second_opinion(session, case, "police")
    countersign(session, second_of(case), case=case, version=case.version, agrees=True)
    add_newcomer(session, "Thea Bird")
    make(session, case)
    assert not {"police", "formal_investigation", "referral_considered", "no_action"} & set(variations(case))
    hear(session, case, "varied", outcome="learning")
    assert case.decision.outcome == "learning"


def test_no_action_can_only_be_upheld_or_overturned(session, organisation):
    case = case_at(session, organisation, "decision")
    add_newcomer(session)
    issue(session, case, "no_action")
    make(session, case)
    assert variations(case) == ()
