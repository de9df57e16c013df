"""Random people try random verbs: whatever they do, a case keeps to its table, its parts and its trail."""

import importlib
import json
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.cases import policy, sight, standing
from governance.cases.candidates import (
    possible_deciders,
    possible_hearers,
    possible_holders,
    possible_seconds,
)
from governance.cases.countersigning import awaited, to_settle
from governance.cases.desk.acts import DESK_VERBS
from governance.cases.models import Case
from governance.cases.queries import visible_to, waits_for
from governance.cases.titles import PROPORTIONALITY
from governance.kernel.errors import GovernanceError
from governance.people.models import Person
from governance.people.roles import RoleName
from governance.workflow.hand_over import handed_parts
from governance.workflow.stages import WAY, acts_for, primary_act
from governance.workflow.steps import ALWAYS_BESIDE
from tests.factories.cases import JUST_CULTURE, open_for
from tests.fixtures.organisation import add_person
from tests.workflow.what_always_holds import WhatAlwaysHolds

PEOPLE = st.integers(0, 16)
ROUTES = st.sampled_from(["clinical", "hr", "both", "data_protection"])
GUARDS = st.sets(st.sampled_from(["protected_disclosure", "protected_belief", "own_health"]), max_size=2)
DEEP = {
    "decide",
    "write_second_opinion",
    "countersign",
    "appeal",
    "hear_appeal",
    "reopen_case",
    "undo",
    "hand_over",
}
TRIED: Counter[str] = Counter()
"""What was done in all runs together."""
WEIGHED = dict.fromkeys(PROPORTIONALITY, "weighed")
VERBS = {
    act.verb: getattr(importlib.import_module(f"governance.workflow.{act.verb}"), act.verb)
    for stage in WAY.values()
    for act in stage.acts
}


class Casework(WhatAlwaysHolds):
    """Seventeen people and one case. Each run is rolled back at its end."""

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
            add_person(session, "Third Hr", RoleName.HR),
            add_person(session, "Fourth Hr", RoleName.HR),
            add_person(session, "Third Manager", RoleName.MANAGER),
        ]
        self.done: list[str] = []

    @initialize(
        author=PEOPLE,
        reporter=st.none() | PEOPLE,
        guards=GUARDS,
        severity=st.sampled_from(["medium", "medium", "critical"]),
        ahead=st.lists(st.tuples(PEOPLE, st.booleans()), max_size=14),
        ends=st.booleans(),
    )
    def open(self, author, reporter, guards, severity, ahead, ends):
        told = self.people[reporter] if reporter is not None and reporter != author else None
        self.case = open_for(
            self.session, self.people[author], reporter=told, severity=severity, guards=sorted(guards)
        )
        for pick, agrees in ahead:
            if self.case.stage not in ("closed", "held"):
                self.somebody_does_what_it_waits_for(pick, "both", agrees)
        if ends and self.case.stage == "triage":
            self.first_look(self.people.index(self.case.holder), 0, "no_concern", "hr")
            if len(ahead) % 2 and self.case.stage == "closed":
                self.open_again(0, holder=True, to="triage", route="hr")

    def _try(self, verb, actor, stale=False, **given):
        case, before = self.case, (self.case.stage, self.case.version, len(self.case.events))
        kept = standing.kept_out(actor, case)
        in_force = case.decision
        savepoint = self.session.begin_nested()
        try:
            version = self._old_version() if stale else case.version
            VERBS[verb](self.session, actor, case=case, version=version, **given)
            self.session.flush()
        except GovernanceError:
            savepoint.rollback()
            self.session.expire_all()
            assert (case.stage, case.version, len(case.events)) == before
            return
        savepoint.commit()
        self.session.expire_all()
        assert not stale or verb == "give_opinion", "an old version was taken"
        assert kept is None or (verb in ("reply", "appeal") and standing.is_subject(actor, case))
        acts = {act.verb: act for act in WAY[before[0]].acts}
        assert case.stage in acts[verb].leads_to
        assert case.version > before[1]
        self.done.append(verb)
        if verb in ("triage", "give_opinion") and case.stage == "reply":
            self.done.append("invite_reply")
        if verb in ("countersign", "hear_appeal") and case.decision not in (in_force, None):
            self.done.append("issue")

    def _old_version(self):
        """That of somebody who has not seen the last event; tasks and the desk stand beside and make no conflict."""
        beside = ALWAYS_BESIDE | DESK_VERBS
        return [one.version for one in self.case.events if one.verb not in beside][-1] - 1

    @rule(
        actor=PEOPLE,
        decider=PEOPLE,
        outcome=st.sampled_from(["review", "review", "review", "no_concern", "coaching"]),
        route=ROUTES,
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

    @rule(pick=st.integers(0, 200), to=PEOPLE, route=ROUTES, yes=st.booleans())
    def somebody_does_what_they_may(self, pick, to, route, yes):
        verbs: dict[str, list[Person]] = {}
        for one in self.people:
            for act in acts_for(one, self.case):
                verbs.setdefault(act.verb, []).append(one)
        if verbs:
            verb = sorted(verbs)[pick % len(verbs)]
            self._do(verbs[verb][pick % len(verbs[verb])], verb, to, route, yes)

    @precondition(lambda self: self.case.stage not in ("closed", "held"))
    @rule(pick=PEOPLE, route=ROUTES, yes=st.booleans())
    def somebody_does_what_it_waits_for(self, pick, route, yes):
        waited = [(one, act.verb) for one in self.people if (act := primary_act(one, self.case))]
        if waited:
            self._do(*waited[pick % len(waited)], pick, route, yes)

    def _do(self, person, verb, to, route, yes):
        who, outcome = self.people.index(person), "police" if yes else "learning"
        {
            "triage": lambda: self.first_look(who, to, "review", route),
            "give_opinion": lambda: self.opinion(who, self._owed(person)),
            "reply": lambda: self.answer(who, author=True),
            "decide": lambda: self.judge(who, named=True, outcome=outcome),
            "write_second_opinion": lambda: self.second(who, outcome, named=True),
            "countersign": lambda: self.compare(who, agrees=yes, named=True),
            "appeal": lambda: self.object_to_it(who, author=True),
            "answer_appeal": lambda: self.say_something_to_it(who, decider=True),
            "hear_appeal": lambda: self.hear(who, "varied" if yes else "upheld", named=True),
            "name_hearer": lambda: self.name(who, to),
            "close_case": lambda: self.close(who),
            "reopen_case": lambda: self.open_again(
                who, holder=False, to="triage" if yes else "review", route=route
            ),
            "undo": lambda: self.take_back(who, last=True),
            "recuse": lambda: self.step_back(who),
            "hand_over": lambda: self._hand_on(who, to, handed_parts(self.case)[-yes]),
            "release_from_hold": lambda: self.guardian_acts(who, release=True),
            "answer_concern": lambda: self.guardian_acts(who, release=False),
        }.get(verb, lambda: None)()

    def _hand_on(self, who, to, part):
        could = {
            "holder": possible_holders,
            "decider": possible_deciders,
            "second": possible_seconds,
            "hearer": possible_hearers,
        }[part](self.session, self.case)
        known = [one for one in could if one in self.people]
        if known:
            self.give(who, self.people.index(known[to % len(known)]), part, holder=False)

    def _owed(self, person):
        kinds = ("clinical", "hr", "data_protection")
        return next(kind for kind in kinds if policy.can_give_opinion(person, self.case, kind) is None)

    @rule(actor=PEOPLE, kind=st.sampled_from(["clinical", "hr", "data_protection"]))
    def opinion(self, actor, kind):
        self._try(
            "give_opinion",
            self.people[actor],
            kind=kind,
            seriousness="low",
            findings="Found.",
            sources=["A source"],
            just_culture=JUST_CULTURE,
        )

    @precondition(lambda self: self.case.stage in ("reply", "decision"))
    @rule(actor=PEOPLE, author=st.booleans())
    def answer(self, actor, author):
        who = self.case.subject if author else self.people[actor]
        self._try("reply", who, text="An answer.")

    @precondition(lambda self: self.case.stage in ("decision", "review"))
    @rule(actor=PEOPLE, named=st.booleans(), outcome=st.sampled_from(["learning", "police", "no_action"]))
    def judge(self, actor, named, outcome):
        between = to_settle(self.case)
        self._try(
            "decide",
            self.case.decider if named else self.people[actor],
            outcome=between[0] if between and named else outcome,
            reasons="Reasons.",
            sources=["A source"],
            changed="Nothing.",
            proportionality=WEIGHED,
        )

    @precondition(lambda self: self.case.stage == "countersign")
    @rule(actor=PEOPLE, outcome=st.sampled_from(["learning", "police"]), named=st.booleans())
    def second(self, actor, outcome, named):
        asked = awaited(self.case)
        who = asked.reviewer if named and asked else self.people[actor]
        self._try("write_second_opinion", who, outcome=outcome, reasons="Mine.")

    @precondition(lambda self: self.case.stage == "countersign")
    @rule(actor=PEOPLE, agrees=st.booleans(), named=st.booleans())
    def compare(self, actor, agrees, named):
        asked = awaited(self.case)
        who = asked.reviewer if named and asked else self.people[actor]
        self._try("countersign", who, agrees=agrees, comment="As I read it.", outcome="reflection")

    @precondition(lambda self: self.case.stage in ("issued", "closed", "reply"))
    @rule(actor=PEOPLE, author=st.booleans())
    def object_to_it(self, actor, author):
        who = self.case.subject if author else self.people[actor]
        self._try("appeal", who, grounds="It is not so.")

    @precondition(lambda self: self.case.stage == "appeal")
    @rule(actor=PEOPLE, result=st.sampled_from(["upheld", "varied", "overturned"]), named=st.booleans())
    def hear(self, actor, result, named):
        hearer = self.case.appeal.hearer
        self._try(
            "hear_appeal",
            hearer if named and hearer else self.people[actor],
            result=result,
            reasons="Heard.",
            outcome="supportive_conversation",
            proportionality=WEIGHED,
        )

    @precondition(lambda self: self.case.stage == "appeal")
    @rule(actor=PEOPLE, to=PEOPLE)
    def name(self, actor, to):
        self._try("name_hearer", self.people[actor], to=self.people[to])

    @precondition(lambda self: self.case.stage == "appeal")
    @rule(actor=PEOPLE, decider=st.booleans())
    def say_something_to_it(self, actor, decider):
        who = self.case.appeal.decision.decider if decider else self.people[actor]
        self._try("answer_appeal", who, answer="I did.")

    @precondition(lambda self: self.case.stage == "closed")
    @rule(
        actor=PEOPLE,
        holder=st.booleans(),
        to=st.sampled_from(["triage", "review"]),
        route=st.sampled_from(["hr", "data_protection"]),
    )
    def open_again(self, actor, holder, to, route):
        who = self.case.holder if holder else self.people[actor]
        self._try("reopen_case", who, to=to, route=route, reason="Something new.")

    @rule(actor=PEOPLE, last=st.booleans())
    def take_back(self, actor, last):
        did = [event.actor for event in self.case.events if event.actor is not None]
        self._try("undo", did[-1] if last and did else self.people[actor], reason="A slip.")

    @rule(actor=PEOPLE, holder=st.booleans())
    def from_an_old_page(self, actor, holder):
        who = self.case.holder if holder else self.people[actor]
        self._try("hand_over", who, stale=True, part="holder", to=self.people[actor], reason="Away.")
        self._try("reply", self.case.subject, stale=True, text="An answer.")
        self._try("undo", who, stale=True, reason="A slip.")

    @precondition(lambda self: self.case.stage == "issued")
    @rule(actor=PEOPLE)
    def close(self, actor):
        self._try("close_case", self.people[actor], reason="Done.")

    @rule(actor=PEOPLE)
    def step_back(self, actor):
        self._try("recuse", self.people[actor], reason="A conflict.")

    @rule(
        actor=PEOPLE,
        to=PEOPLE,
        part=st.sampled_from(["holder", "decider", "second", "hearer"]),
        holder=st.booleans(),
    )
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
        if self.case is None:
            return
        rows = self.session.scalars(
            select(AuditEntry).where(AuditEntry.thing == "case", AuditEntry.thing_id == self.case.id)
        ).all()
        assert len(rows) == len(self.done) + 1
        assert all(set(json.loads(row.payload)) for row in rows)

    @invariant()
    def list_and_page_agree(self):
        if self.case is None:
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
        TRIED.update(self.done)
        self.session.rollback()


@pytest.mark.slow
def test_whatever_people_try_a_case_keeps_to_its_rules(session, organisation):
    TRIED.clear()
    run_state_machine_as_test(
        lambda: Casework(session, organisation),
        settings=settings(
            max_examples=40,
            stateful_step_count=20,
            deadline=None,
            phases=[Phase.generate],  # shrinking a way of forty steps takes minutes, and says little more
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
    assert DEEP - TRIED.keys() == set(), "the runs no longer go deep enough to say anything of these"
