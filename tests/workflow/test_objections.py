"""The author objects to a reviewer; somebody else decides it."""

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.cases.models import Case
from governance.cases.objection.policy import can_decide_objection
from governance.cases.objection.queries import open_to_objection
from governance.cases.queries import visible_to, waits_for
from governance.cases.sight import can_see
from governance.cases.timeline import entries, recusals_told
from governance.kernel.errors import Conflict, GovernanceError, Invalid, Refused
from governance.people.roles import RoleName
from governance.workflow.decide_objection import decide_objection
from governance.workflow.hand_over import hand_over
from governance.workflow.object_to_reviewer import object_to_reviewer
from governance.workflow.stages import acts_for, primary_act
from governance.workflow.triage import triage
from tests.factories.cases import case_at, issue, open_for, to_review, write_opinion
from tests.fixtures.organisation import add_person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _object(session, case, person, reason="I complained about them in March."):
    return object_to_reviewer(
        session, case.subject, case=case, version=case.version, person=person, reason=reason
    )


def _decide(session, actor, case, *, upheld, objection=None, answer="A fair-minded person would doubt it."):
    return decide_objection(
        session,
        actor,
        case=case,
        version=case.version,
        objection=objection or case.objections[-1],
        upheld=upheld,
        answer=answer,
    )


def _look(session, case, actor):
    return triage(
        session,
        actor,
        case=case,
        version=case.version,
        identity="theirs",
        how_known="Asked.",
        outcome="no_concern",
        reason="General words.",
    )


def test_the_holder_stands_still_until_it_is_decided(session, organisation):
    case = open_for(session, organisation.nurse)
    _object(session, case, organisation.manager)
    with pytest.raises(Refused, match="The author objected to your part"):
        _look(session, case, organisation.manager)
    assert primary_act(organisation.manager, case) is None
    assert "recuse" in {act.verb for act in acts_for(organisation.manager, case)}
    waits = session.scalar(select(Case.id).where(Case.id == case.id, waits_for(organisation.manager)))
    assert waits is None
    _decide(session, organisation.hr, case, upheld=False)
    _look(session, case, organisation.manager)
    assert case.stage == "closed"


def test_upheld_somebody_else_holds_it(session, organisation):
    case = open_for(session, organisation.nurse)
    _object(session, case, organisation.manager)
    _decide(session, organisation.hr, case, upheld=True)
    assert case.holder == organisation.director
    assert not can_see(organisation.manager, case)
    told = str(entries(organisation.nurse, case))
    assert "A fair-minded person would doubt it." in told
    assert [one.person for one in recusals_told(organisation.nurse, case)] == [organisation.manager]
    with pytest.raises(Invalid):
        hand_over(
            session,
            organisation.director,
            case=case,
            version=case.version,
            part="holder",
            to=organisation.manager,
            reason="Back.",
        )


def test_upheld_somebody_else_decides(session, organisation):
    case = case_at(session, organisation, "decision")
    _object(session, case, organisation.director)
    with pytest.raises(Refused):
        issue(session, case)
    _decide(session, organisation.hr, case, upheld=True)
    assert case.decider is not None
    assert case.decider != organisation.director


def test_whoever_may_be_asked_for_an_opinion_can_be_objected_to_beforehand(session, organisation):
    second = add_person(session, "Lena Moss", RoleName.CLINICAL_LEAD)
    case = case_at(session, organisation, "review")
    assert {organisation.manager, organisation.director, organisation.clinical_lead, second} <= set(
        open_to_objection(session, case)
    )
    _object(session, case, organisation.clinical_lead)
    with pytest.raises(Refused):
        write_opinion(session, case, organisation.clinical_lead, "clinical")
    _decide(session, organisation.hr, case, upheld=True)
    with pytest.raises(GovernanceError):
        write_opinion(session, case, organisation.clinical_lead, "clinical")
    write_opinion(session, case, second, "clinical")


def test_the_only_one_who_could_write_is_not_taken_out_without_another(session, organisation):
    case = case_at(session, organisation, "review")
    _object(session, case, organisation.clinical_lead)
    with pytest.raises(Conflict, match="Nobody else could write the clinical opinion"):
        _decide(session, organisation.hr, case, upheld=True)


def test_what_is_written_stands(session, organisation):
    case = case_at(session, organisation, "review")
    write_opinion(session, case, organisation.clinical_lead, "clinical")
    with pytest.raises(Invalid) as error:
        _object(session, case, organisation.clinical_lead)
    assert error.value.field == "person"


@pytest.mark.parametrize("who", ["colleague", "nurse", "compliance"])
def test_nobody_without_a_part_is_objected_to(session, organisation, who):
    case = open_for(session, organisation.nurse)
    with pytest.raises(Invalid):
        _object(session, case, getattr(organisation, who))


def test_one_objection_to_a_person_in_a_case(session, organisation):
    case = open_for(session, organisation.nurse)
    _object(session, case, organisation.manager)
    with pytest.raises(Invalid, match="You have objected to Mark Osei before"):
        _object(session, case, organisation.manager)


def test_only_the_author_objects(session, organisation):
    case = open_for(session, organisation.nurse)
    with pytest.raises(Refused, match="Only the author"):
        object_to_reviewer(
            session,
            organisation.manager,
            case=case,
            version=case.version,
            person=organisation.manager,
            reason="No.",
        )


def test_nobody_decides_an_objection_to_themselves(session, organisation):
    lonely = add_person(session, "Lone Wren")
    case = open_for(session, lonely)  # HR holds it
    _object(session, case, organisation.hr)
    with pytest.raises(Refused, match="An objection to you"):
        _decide(session, organisation.hr, case, upheld=False)
    assert can_decide_objection(organisation.director, case) is None  # the next up
    second = add_person(session, "Hal Poole", RoleName.HR)
    _decide(session, second, case, upheld=True)
    assert case.holder == second


def test_two_who_are_objected_to_do_not_decide_for_each_other(session, organisation):
    second = add_person(session, "Hal Poole", RoleName.HR)
    case = open_for(session, add_person(session, "Lone Wren"))
    to_review(session, case, second, route="clinical")
    _object(session, case, case.holder)
    first = case.objections[-1]
    _object(session, case, second)
    with pytest.raises(Refused):
        _decide(session, second, case, upheld=False, objection=first)


def test_the_next_up_and_hr_see_the_case_while_it_waits_and_the_list_says_the_same(session, organisation):
    case = open_for(session, organisation.nurse)
    assert not can_see(organisation.hr, case)
    _object(session, case, organisation.manager)
    for person, sees in ((organisation.hr, True), (organisation.director, True), (organisation.dpo, False)):
        assert can_see(person, case) is sees
        listed = session.scalar(select(Case.id).where(Case.id == case.id, visible_to(person)))
        assert (listed is not None) is sees
    _decide(session, organisation.hr, case, upheld=False)
    assert not can_see(organisation.hr, case)


def test_while_the_guardian_holds_it_another_guardian_decides(session, organisation):
    case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    _object(session, case, organisation.guardian)
    assert not can_see(organisation.hr, case)
    second = add_person(session, "Gwen Ash", RoleName.GUARDIAN)
    _decide(session, second, case, upheld=True)
    assert (case.stage, case.holder) == ("held", second)


@pytest.mark.parametrize(
    ("given", "field"), [({"upheld": None}, "upheld"), ({"upheld": True, "answer": " "}, "answer")]
)
def test_what_is_missing_is_named(session, organisation, given, field):
    case = open_for(session, organisation.nurse)
    _object(session, case, organisation.manager)
    with pytest.raises(Invalid) as error:
        _decide(session, organisation.hr, case, **given)
    assert error.value.field == field


def test_each_act_leaves_one_audit_row_without_words(session, organisation):
    case = open_for(session, organisation.nurse)
    _object(session, case, organisation.manager, "He said that he would finish me.")
    _decide(session, organisation.hr, case, upheld=True)
    rows = session.scalars(select(AuditEntry).where(AuditEntry.event.like("case.objec%"))).all()
    assert [row.event for row in rows] == ["case.objected", "case.objection_decided"]
    assert all("finish" not in row.payload for row in rows)
