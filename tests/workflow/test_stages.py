"""The table of stages: who may do what, where."""

import importlib

import pytest
from sqlalchemy import select

from governance.cases.desk.acts import DESK_VERBS
from governance.cases.models import STAGES
from governance.kernel.errors import Conflict
from governance.people.models import Person
from governance.people.roles import PERMISSIONS
from governance.workflow.circle_acts import CIRCLE_VERBS
from governance.workflow.stages import WAY, act_of, acts_for, primary_act
from tests.factories.cases import case_at, open_for

MAY = {
    "held": {"guardian": {"answer_concern", "release_from_hold", "hand_over", "recuse", "pause_clock"}},
    "triage": {
        "manager": {"triage", "join", "hand_over", "recuse", "pause_clock"},
        "director": {"join", "hand_over"},
    },
    "review": {
        "manager": {"hand_over", "recuse", "undo", "pause_clock"},
        "director": {"hand_over", "recuse", "pause_clock"},
        "clinical_lead": {"give_opinion", "recuse"},
        "hr": {"give_opinion", "recuse", "pause_clock"},
    },
    "reply": {
        "nurse": {"reply"},
        "manager": {"hand_over", "recuse", "pause_clock"},
        "director": {"hand_over", "recuse", "pause_clock"},
        "clinical_lead": {"recuse"},
        "hr": {"recuse", "pause_clock"},
    },
    "decision": {
        "nurse": {"reply"},
        "manager": {"hand_over", "recuse", "pause_clock"},
        "director": {"decide", "hand_over", "recuse", "pause_clock"},
        "clinical_lead": {"recuse"},
        "hr": {"recuse", "pause_clock"},
    },
    "countersign": {
        "hr": {"pause_clock"},
        "manager": {"hand_over", "recuse", "pause_clock"},
        "director": {"hand_over", "undo", "pause_clock"},
        "newcomer": {"write_second_opinion", "recuse", "pause_clock"},
    },
    "issued": {
        "hr": {"pause_clock"},
        "nurse": {"appeal"},
        "manager": {"close_case", "hand_over", "pause_clock"},
        "director": {"close_case", "hand_over", "pause_clock"},
    },
    "appeal": {
        "hr": {"pause_clock"},
        "manager": {"hand_over", "recuse", "pause_clock"},
        "director": {"answer_appeal", "hand_over", "pause_clock"},
        "newcomer": {"hear_appeal", "recuse", "pause_clock"},
    },
    "closed": {
        "nurse": {"appeal"},
        "manager": {"reopen_case"},
        "director": {"reopen_case", "undo"},
    },
}
"""The nurse wrote it, her manager holds the case, the director (his line manager) decides; who is not listed may nothing.

What people do with a case on their desk, objections and restrictions have tests of their own."""
BESIDE = DESK_VERBS | CIRCLE_VERBS
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


@pytest.mark.parametrize("stage", list(MAY))
def test_who_may_do_what(session, organisation, stage):
    guards = ["protected_disclosure"] if stage == "held" else []
    case = case_at(session, organisation, stage, guards=guards)
    people = {who: getattr(organisation, who) for who in EVERYBODY} | {"newcomer": newcomer(session)}
    found = {who: {act.verb for act in acts_for(one, case)} - BESIDE for who, one in people.items() if one}
    assert {who: verbs for who, verbs in found.items() if verbs} == MAY[stage]


def test_the_reporter_may_nothing(session, organisation):
    case = open_for(session, organisation.nurse, reporter=organisation.hr)
    assert acts_for(organisation.hr, case) == []


def test_one_primary_action_for_whom_it_waits(session, organisation):
    case = case_at(session, organisation, "decision")
    assert primary_act(organisation.director, case).verb == "decide"
    assert primary_act(organisation.manager, case) is None
    assert primary_act(organisation.nurse, case) is None


def test_the_table_is_whole():
    assert tuple(WAY) == STAGES
    for stage in WAY.values():
        for act in stage.acts:
            verb = importlib.import_module(f"governance.workflow.{act.verb}")
            assert callable(getattr(verb, act.verb))
            assert act.permission in PERMISSIONS
            assert set(act.leads_to) <= set(STAGES)


def reached_from(start):
    reached = {start}
    while more := {to for stage in reached for to in WAY[stage].leads_to} - reached:
        reached |= more
    return reached


def newcomer(session):
    return session.scalar(select(Person).where(Person.name == "Sol Varga"))


def test_every_stage_is_reached_and_every_way_ends():
    assert reached_from("held") | reached_from("triage") == set(STAGES)
    assert all("closed" in reached_from(stage) for stage in STAGES)


def test_a_verb_of_another_stage_is_a_conflict(session, organisation):
    case = case_at(session, organisation, "triage")
    with pytest.raises(Conflict, match="First look"):
        act_of(case, "decide")
