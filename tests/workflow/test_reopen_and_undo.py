"""Going back: a closed case opens again with a reason; one's own last act is taken back while it touched nobody."""

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.cases.models import CasePart
from governance.kernel.errors import Conflict, Invalid, Refused
from governance.workflow import obstacles
from governance.workflow.answer_concern import answer_concern
from governance.workflow.appeal import appeal
from governance.workflow.close_case import close_case
from governance.workflow.hear_appeal import hear_appeal
from governance.workflow.open_case import open_case
from governance.workflow.reopen_case import reopen_case
from governance.workflow.triage import triage
from governance.workflow.undo import undo
from tests.factories.cases import (
    add_newcomer,
    case_at,
    issue,
    make_assessment,
    make_scoring,
    open_for,
    second_of,
    second_opinion,
    to_review,
)


def take_back(session, case, actor):
    return undo(session, actor, case=case, version=case.version, reason="The wrong case.")


def reopen(session, case, actor, **given):
    asked = {"to": "triage", "reason": "A screenshot turned up.", "version": case.version}
    return reopen_case(session, actor, case=case, **(asked | given))


def close_at_first_look(session, case):
    triage(
        session,
        case.holder,
        case=case,
        version=case.version,
        identity="theirs",
        how_known="Asked.",
        outcome="no_concern",
        reason="Nothing in it.",
    )


def test_a_reopened_case_begins_with_a_first_look_and_nothing_is_in_force(session, organisation):
    case = case_at(session, organisation, "closed")
    reopen(session, case, organisation.manager)
    assert (case.stage, case.decision, case.decider, case.closed_at) == ("triage", None, None, None)
    assert (case.decisions[0].issued.ended_at is not None, case.opinions[0].written_at is not None) == (
        True,
        True,
    )
    part = session.get(CasePart, (case.id, organisation.director.id))
    assert part.part == "decider", "who decided writes no opinion later"


def test_or_with_a_further_opinion_for_the_same_decider(session, organisation):
    case = case_at(session, organisation, "closed")
    with pytest.raises(Invalid, match="That opinion is written"):
        reopen(session, case, organisation.manager, to="review", route="both")
    reopen(session, case, organisation.manager, to="review", route="data_protection")
    assert (case.stage, case.decider) == ("review", organisation.director)
    assert [one.kind for one in case.opinions if one.written_at is None] == ["data_protection"]


@pytest.mark.parametrize("who", ["nurse", "clinical_lead", "hr"])
def test_others_do_not_reopen_it(session, organisation, who):
    case = case_at(session, organisation, "closed")
    with pytest.raises(Refused):
        reopen(session, case, getattr(organisation, who))


def test_an_appeal_that_was_decided_is_the_end(session, organisation):
    case = case_at(session, organisation, "appeal")
    hear_appeal(
        session,
        case.appeal.hearer,
        case=case,
        version=case.version,
        result="overturned",
        reasons="No ground.",
    )
    with pytest.raises(Refused, match="An appeal was decided"):
        reopen(session, case, organisation.manager)


def test_a_concern_that_was_answered_stays_so(session, organisation):
    case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    answer_concern(
        session, organisation.guardian, case=case, version=case.version, concern="Two short.", answer="Done."
    )
    with pytest.raises(Refused, match="That stays so"):
        reopen(session, case, organisation.guardian)


def test_not_beside_another_open_case_of_the_post(session, organisation):
    case = open_for(session, organisation.nurse)
    close_at_first_look(session, case)
    scoring = make_scoring("high", rulebook="test-2")
    other = open_case(
        session, assessment=make_assessment(session, case.post.latest, scoring), scoring=scoring
    )
    for act in (reopen, take_back):
        with pytest.raises(Conflict, match=other.reference):
            act(session, case, organisation.manager)


def test_a_first_look_that_asked_for_opinions_is_taken_back(session, organisation):
    case = open_for(session, organisation.nurse)
    since = case.stage_since
    to_review(session, case, organisation.director)
    take_back(session, case, organisation.manager)
    assert (case.stage, case.decider, case.route, case.opinions) == ("triage", None, None, [])
    assert case.stage_since == since, "its time goes on"
    assert [event.verb for event in case.events][-2:] == ["triage", "undo"]
    assert session.scalars(select(AuditEntry).where(AuditEntry.event == "case.undone")).one()
    to_review(session, case, organisation.clinical_lead, "hr")
    assert case.decider is organisation.clinical_lead


def test_a_closing_is_taken_back(session, organisation):
    case = open_for(session, organisation.nurse)
    close_at_first_look(session, case)
    take_back(session, case, organisation.manager)
    assert (case.stage, case.closed_at, case.closure) == ("triage", None, None)
    decided = case_at(session, organisation, "closed")
    take_back(session, decided, organisation.director)
    assert (decided.stage, decided.decision.outcome) == ("issued", "reflection")


def test_a_decision_is_taken_back_until_the_second_person_has_written(session, organisation):
    case = case_at(session, organisation, "countersign")
    second = second_of(case)
    take_back(session, case, organisation.director)
    assert (case.stage, case.countersignatures) == ("decision", [])
    assert session.get(CasePart, (case.id, second.id)) is None
    issue(session, case, "police")
    second_opinion(session, case, "police")
    with pytest.raises(Refused, match="somebody has acted"):
        take_back(session, case, organisation.director)


def test_what_was_given_to_the_author_is_not(session, organisation):
    case = case_at(session, organisation, "issued")
    with pytest.raises(Conflict):
        take_back(session, case, organisation.director)


def test_nobody_takes_back_what_another_did(session, organisation):
    case = case_at(session, organisation, "closed")
    with pytest.raises(Refused, match="Only the person"):
        take_back(session, case, organisation.manager)


def test_an_appeal_stands_in_the_way(session, organisation):
    case = case_at(session, organisation, "closed")
    add_newcomer(session)
    appeal(session, organisation.nurse, case=case, version=case.version, grounds="No.")
    with pytest.raises(Conflict):
        take_back(session, case, organisation.director)


def test_what_was_sent_stands_in_the_way(session, organisation, monkeypatch):
    case = case_at(session, organisation, "closed")
    monkeypatch.setattr(
        obstacles,
        "TAKING_BACK",
        (lambda _session, _case, event: [f"a letter about '{event.verb}' went out"],),
    )
    with pytest.raises(Conflict, match="a letter about 'close_case' went out"):
        take_back(session, case, organisation.director)


def test_what_is_left_to_do_stands_in_the_way_of_closing(session, organisation, monkeypatch):
    monkeypatch.setattr(obstacles, "CLOSING", (lambda _session, _case: ["ask for the takedown"],))
    issued, first = case_at(session, organisation, "issued"), open_for(session, organisation.colleague)
    with pytest.raises(Conflict, match="First: ask for the takedown"):
        close_case(session, organisation.director, case=issued, version=issued.version, reason="Done.")
    with pytest.raises(Conflict, match="ask for the takedown"):
        close_at_first_look(session, first)
