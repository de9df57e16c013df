"""Random people try random verbs: whatever they do, a case keeps to its table, its parts and its trail."""

import json

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.cases import policy, sight, standing
from governance.cases.models import Case
from governance.cases.queries import visible_to, waits_for
from governance.cases.titles import PROPORTIONALITY
from governance.kernel.errors import GovernanceError
from governance.people.roles import RoleName
from governance.workflow.answer_concern import answer_concern
from governance.workflow.close_case import close_case
from governance.workflow.decide import decide
from governance.workflow.give_opinion import give_opinion
from governance.workflow.hand_over import hand_over
from governance.workflow.recuse import recuse
from governance.workflow.release_from_hold import release_from_hold
from governance.workflow.reply import reply
from governance.workflow.stages import WAY, primary_act
from governance.workflow.triage import triage
from tests.factories.cases import open_for
from tests.fixtures.organisation import add_person

PEOPLE = st.integers(0, 13)
GUARDS = st.sets(st.sampled_from(["protected_disclosure", "protected_belief", "own_health"]), max_size=2)
VERBS = {
    "triage": triage,
    "give_opinion": give_opinion,
    "reply": reply,
    "decide": decide,
    "close_case": close_case,
    "recuse": recuse,
    "hand_over": hand_over,
    "release_from_hold": release_from_hold,
    "answer_concern": answer_concern,
}


class Casework(RuleBasedStateMachine):
    """Fourteen people and one case. Each run is rolled back at its end."""

    def __init__(self, session, organisation):
        super().__init__()
        self.session = session
        self.people = [
            organisation.nurse,
            organisation.colleague,
            organisation.manager,
            organisation.director,
            organisation.clinical_lead,
            organisation.hr,
            organisation.compliance,
            organisation.guardian,
            organisation.dpo,
            organisation.admin,
            add_person(session, "Second Hr", RoleName.HR),
            add_person(session, "Second Lead", RoleName.CLINICAL_LEAD, RoleName.MANAGER),
            add_person(session, "Second Guardian", RoleName.GUARDIAN),
            add_person(session, "All Roles", RoleName.HR, RoleName.DPO, RoleName.CLINICAL_LEAD),
        ]
        self.done: list[str] = []

    @initialize(author=PEOPLE, reporter=st.none() | PEOPLE, guards=GUARDS)
    def open(self, author, reporter, guards):
        told = self.people[reporter] if reporter is not None and reporter != author else None
        self.case = open_for(
            self.session, self.people[author], reporter=told, severity="medium", guards=sorted(guards)
        )

    def _try(self, verb, actor, **given):
        case, before = self.case, (self.case.stage, self.case.version, len(self.case.events))
        kept = standing.kept_out(actor, case)
        savepoint = self.session.begin_nested()
        try:
            VERBS[verb](self.session, actor, case=case, version=case.version, **given)
            self.session.flush()
        except GovernanceError:
            savepoint.rollback()
            self.session.expire_all()
            assert (case.stage, case.version, len(case.events)) == before
            return
        savepoint.commit()
        self.session.expire_all()
        assert kept is None or (verb == "reply" and standing.is_subject(actor, case))
        acts = {act.verb: act for act in WAY[before[0]].acts}
        assert case.stage in acts[verb].leads_to
        assert case.version > before[1]
        self.done.append(verb)
        if before[0] == "review" and case.stage == "reply":
            self.done.append("invite_reply")

    @rule(
        actor=PEOPLE,
        decider=PEOPLE,
        outcome=st.sampled_from(["review", "review", "review", "no_concern", "coaching"]),
        route=st.sampled_from(["clinical", "hr", "both", "data_protection"]),
    )
    def first_look(self, actor, decider, outcome, route):
        self._try(
            "triage",
            self.people[actor],
            identity="theirs",
            how_known="Asked them.",
            outcome=outcome,
            reason="As said.",
            message="A word.",
            route=route,
            decider=self.people[decider],
        )

    @precondition(lambda self: self.case.stage not in ("closed", "held"))
    @rule(pick=PEOPLE, route=st.sampled_from(["clinical", "hr", "both", "data_protection"]))
    def somebody_does_what_it_waits_for(self, pick, route):
        case = self.case
        waited = [(one, act) for one in self.people if (act := primary_act(one, case))]
        if not waited:
            return
        person, act = waited[pick % len(waited)]
        who = self.people.index(person)
        if act.verb == "triage":
            self.first_look(who, pick, "review", route)
        elif act.verb == "give_opinion":
            for kind in ("clinical", "hr", "data_protection"):
                if policy.can_give_opinion(person, case, kind) is None:
                    self.opinion(who, kind)
                    break
        elif act.verb == "reply":
            self.answer(who, True)
        elif act.verb == "decide":
            self.judge(who, True)
        elif act.verb == "close_case":
            self.close(who)

    @rule(actor=PEOPLE, kind=st.sampled_from(["clinical", "hr", "data_protection"]))
    def opinion(self, actor, kind):
        self._try(
            "give_opinion",
            self.people[actor],
            kind=kind,
            seriousness="low",
            findings="Found.",
            sources=["A source"],
        )

    @precondition(lambda self: self.case.stage in ("reply", "decision"))
    @rule(actor=PEOPLE, author=st.booleans())
    def answer(self, actor, author):
        who = self.case.subject if author else self.people[actor]
        self._try("reply", who, text="An answer.")

    @precondition(lambda self: self.case.stage in ("decision", "review"))
    @rule(actor=PEOPLE, named=st.booleans())
    def judge(self, actor, named):
        self._try(
            "decide",
            self.case.decider if named else self.people[actor],
            outcome="learning",
            reasons="Reasons.",
            sources=["A source"],
            proportionality=dict.fromkeys(PROPORTIONALITY, "weighed"),
        )

    @precondition(lambda self: self.case.stage == "issued")
    @rule(actor=PEOPLE)
    def close(self, actor):
        self._try("close_case", self.people[actor], reason="Done.")

    @rule(actor=PEOPLE)
    def step_back(self, actor):
        self._try("recuse", self.people[actor], reason="A conflict.")

    @rule(actor=PEOPLE, to=PEOPLE, part=st.sampled_from(["holder", "decider"]), holder=st.booleans())
    def give(self, actor, to, part, holder):
        who = self.case.holder if holder else self.people[actor]
        self._try("hand_over", who, part=part, to=self.people[to], reason="Away.")

    @precondition(lambda self: self.case.stage == "held")
    @rule(actor=PEOPLE, release=st.booleans())
    def guardian_acts(self, actor, release):
        if release:
            self._try("release_from_hold", self.people[actor], concern="Staffing.", reason="Look.")
        else:
            self._try("answer_concern", self.people[actor], concern="Staffing.", answer="Answered.")

    @invariant()
    def trail_has_one_row_a_step(self):
        if not hasattr(self, "case"):
            return
        rows = self.session.scalars(
            select(AuditEntry).where(AuditEntry.thing == "case", AuditEntry.thing_id == self.case.id)
        ).all()
        assert len(rows) == len(self.done) + 1
        assert all(set(json.loads(row.payload)) for row in rows)

    @invariant()
    def people_keep_to_one_part(self):
        if not hasattr(self, "case"):
            return
        case = self.case
        out = {case.subject_id, *(one.person_id for one in case.recusals)}
        out |= {part.person_id for part in case.parts if part.part == "reporter"}
        assert case.holder_id not in out
        if case.stage in ("review", "reply", "decision"):
            assert case.decider_id not in out
        writers = {one.author_id for one in case.opinions if one.author_id}
        assert case.decider_id not in writers
        assert len(writers) == sum(one.author_id is not None for one in case.opinions)

    @invariant()
    def list_and_page_agree(self):
        if not hasattr(self, "case"):
            return
        self.session.flush()
        for person in self.people[len(self.done) % 3 :: 3]:
            listed = self.session.scalar(select(Case.id).where(Case.id == self.case.id, visible_to(person)))
            assert (listed is not None) == sight.can_see(person, self.case), person.name
            if listed is None or standing.is_subject(person, self.case):
                continue
            waits = self.session.scalar(select(Case.id).where(Case.id == self.case.id, waits_for(person)))
            act = primary_act(person, self.case)
            due = act is not None and act.verb != "end_reply_time"
            assert (waits is not None) == due, (person.name, self.case.stage)

    def teardown(self):
        self.session.rollback()


@pytest.mark.slow
def test_whatever_people_try_a_case_keeps_to_its_rules(session, organisation):
    run_state_machine_as_test(
        lambda: Casework(session, organisation),
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
