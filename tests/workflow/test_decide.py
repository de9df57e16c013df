"""The decision."""

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from governance.audit.models import AuditEntry
from governance.cases.models import OUTCOMES, CasePart, Decision
from governance.cases.titles import PROPORTIONALITY
from governance.kernel.errors import Conflict, GovernanceError, Invalid
from governance.workflow.decide import decide
from governance.workflow.reply import reply
from tests.factories.cases import add_newcomer, case_at, issue, open_for, to_review, write_opinion


def _decide(session, case, actor=None, **given):
    asked = {
        "outcome": "learning",
        "reasons": "It went out, and it is gone.",
        "sources": ["Good medical practice, paragraph 88"],
        "version": case.version,
    }
    return decide(session, actor or case.decider, case=case, **(asked | given))


def test_the_decision_is_issued_with_reasons_and_sources(session, organisation):
    case = case_at(session, organisation, "decision")
    decision = _decide(session, case)
    assert (case.stage, case.decision) == ("issued", decision)
    assert (decision.decider, decision.guarded, decision.proportionality) == (
        organisation.director,
        False,
        None,
    )
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "case.decided")).one()
    assert "It went out" not in entry.payload


def test_no_outcome_is_a_sanction_that_a_hearing_gives():
    assert not {"dismissal", "warning", "suspension"} & set(OUTCOMES)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"outcome": "dismissal"}, "outcome"),
        ({"reasons": ""}, "reasons"),
        ({"sources": []}, "sources"),
    ],
)
def test_what_is_missing_is_named(session, organisation, given, field):
    case = case_at(session, organisation, "decision")
    with pytest.raises(Invalid) as error:
        _decide(session, case, **given)
    assert error.value.field == field
    assert session.scalar(select(Decision)) is None


@pytest.mark.parametrize("who", ["nurse", "manager", "clinical_lead", "hr", "compliance"])
def test_only_the_named_decider(session, organisation, who):
    case = case_at(session, organisation, "decision")
    with pytest.raises(GovernanceError) as error:
        _decide(session, case, getattr(organisation, who))
    assert error.value.status in (403, 404)


def test_not_before_the_author_could_answer(session, organisation):
    case = case_at(session, organisation, "reply")
    with pytest.raises(Conflict, match="author's answer"):
        _decide(session, case)


@pytest.fixture
def guarded(session, organisation):
    case = open_for(session, organisation.nurse, guards=["own_health"])
    add_newcomer(session)
    to_review(session, case, organisation.director, "clinical")
    write_opinion(session, case, organisation.clinical_lead, "clinical")
    reply(session, organisation.nurse, case=case, version=case.version, text="It is my illness to tell.")
    return case


def test_a_guard_asks_for_every_question(session, organisation, guarded):
    answers = dict.fromkeys(PROPORTIONALITY, "weighed")
    for missing in PROPORTIONALITY:
        with pytest.raises(Invalid) as error:
            _decide(session, guarded, proportionality=answers | {missing: " "})
        assert error.value.field == missing
    decision = _decide(session, guarded, proportionality=answers)
    assert (decision.guarded, decision.proportionality) == (True, answers)


def test_the_database_keeps_no_guarded_decision_without_the_form(session, guarded):
    session.add(
        Decision(
            case=guarded,
            decider=guarded.decider,
            outcome="learning",
            reasons="Because",
            sources=[],
            guarded=True,
            decided_at=guarded.opened_at,
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_database_lets_no_decider_have_written_an_opinion(session, organisation):
    case = case_at(session, organisation, "decision")
    session.execute(delete(CasePart).where(CasePart.case_id == case.id, CasePart.part == "decider"))
    case_id, hr_id = case.id, organisation.hr.id
    session.expunge_all()
    session.add(CasePart(case_id=case_id, person_id=hr_id, part="decider"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_decision_is_never_changed(session, organisation):
    case = case_at(session, organisation, "decision")
    issue(session, case)
    case.decision.reasons = "Other reasons"
    with pytest.raises(Exception, match="refuse"):
        session.flush()
