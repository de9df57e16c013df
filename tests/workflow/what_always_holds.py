"""What holds of a case whatever people try: their parts, its stages, its decisions, and who may read them."""

from hypothesis.stateful import RuleBasedStateMachine, invariant

from governance.cases import sight
from governance.cases.countersigning import awaited
from governance.cases.models import Case
from governance.cases.outcomes import FORMAL
from governance.cases.timeline import entries
from governance.workflow.stages import WAY


class WhatAlwaysHolds(RuleBasedStateMachine):
    """The invariants about one case, `case`, once it is open."""

    case: Case | None = None

    @invariant()
    def people_keep_to_one_part(self):
        if self.case is None:
            return
        case = self.case
        out = {case.subject_id, *(one.person_id for one in case.recusals)}
        out |= {part.person_id for part in case.parts if part.part == "reporter"}
        assert case.holder_id not in out
        if case.stage in ("review", "reply", "decision"):
            assert case.decider_id not in out
        writers = {one.author_id for one in case.opinions if one.author_id}
        deciders = {one.decider_id for one in case.decisions if one.basis != "appeal"} | {case.decider_id}
        seconds = {one.reviewer_id for one in case.countersignatures}
        hearers = {case.appeal.hearer_id} - {None} if case.appeal else set()
        groups = [{case.subject_id}, writers, deciders - {None}, seconds, hearers]
        assert sum(map(len, groups)) == len(set().union(*groups)), "one person in two roles that must differ"
        assert len(writers) == sum(one.author_id is not None for one in case.opinions)
        if hearers:
            assert case.holder_id not in hearers
        assert case.holder_id not in {one.reviewer_id for one in [awaited(case)] if one}

    @invariant()
    def stages_follow_one_another(self):
        if self.case is None:
            return
        moves = [(one.old, one.new) for one in self.case.events if one.field == "stage"]
        at = "held" if any(one.verb == "hold" for one in self.case.events[:2]) else "triage"
        for old, new in moves:
            assert old == at
            assert new in WAY[old].leads_to or (old, new) == ("review", "reply")
            at = new
        assert at == self.case.stage

    @invariant()
    def two_people_stand_behind_it(self):
        if self.case is None:
            return
        case = self.case
        if case.stage in ("issued", "appeal"):
            assert case.decision is not None
        for one in case.decisions:
            if one.issued is None or one.basis in ("settled", "appeal"):
                continue
            if one.outcome in FORMAL or case.severity == "critical" or case.guards:
                agreed = [sign for sign in case.countersignatures if sign.decision_id == one.id]
                assert [sign.answer for sign in agreed][-1] == "agreed"

    @invariant()
    def what_is_not_issued_is_read_by_few(self):
        if self.case is None:
            return
        case, asked = self.case, awaited(self.case)
        unissued = [one for one in case.decisions if one.issued is None]
        assert not set(sight.decisions_told(case.subject, case)) & set(unissued)
        if asked is not None and asked.blind and asked.written_at is None:
            told = str(entries(asked.reviewer, case))
            assert not set(sight.decisions_told(asked.reviewer, case)) & set(unissued)
            assert "before a second person has seen it" not in told
