"""A case that only named people see."""

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.cases.models import Case
from governance.cases.queries import visible_to
from governance.cases.sight import can_see
from governance.cases.timeline import entries
from governance.kernel.errors import GovernanceError, Invalid, Refused
from governance.people.roles import RoleName
from governance.workflow.lift_restriction import lift_restriction
from governance.workflow.object_to_reviewer import object_to_reviewer
from governance.workflow.restrict_case import restrict_case
from governance.workflow.stages import acts_for
from tests.factories.cases import case_at, open_for, write_opinion
from tests.fixtures.organisation import add_person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
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


def _restrict(session, actor, case, *people, reason="The author is well known here."):
    return restrict_case(session, actor, case=case, version=case.version, people=people, reason=reason)


def _seen_by(session, organisation, case):
    seen = set()
    for who in EVERYBODY:
        person = getattr(organisation, who)
        listed = session.scalar(select(Case.id).where(Case.id == case.id, visible_to(person)))
        assert (listed is not None) == can_see(person, case), who
        if listed is not None:
            seen.add(who)
    return seen


def test_a_role_alone_opens_it_no_more(session, organisation):
    case = case_at(session, organisation, "decision")
    second = add_person(session, "Hal Poole", RoleName.HR)
    assert can_see(second, case)
    _restrict(session, organisation.hr, case)
    assert not can_see(second, case)
    assert _seen_by(session, organisation, case) == {"nurse", "manager", "director", "clinical_lead", "hr"}


def test_who_is_named_sees_it_and_the_names_can_change(session, organisation):
    case = case_at(session, organisation, "decision")
    _restrict(session, organisation.hr, case, organisation.dpo)
    assert can_see(organisation.dpo, case)
    _restrict(session, organisation.hr, case)
    assert not can_see(organisation.dpo, case)
    changes = [(one.old, one.new) for one in case.events if one.field == "restriction"]
    assert changes[1] == ("Hana Reyes, Priya Dunn", "Hana Reyes")


def test_lifted_it_is_as_before(session, organisation):
    case = case_at(session, organisation, "decision")
    before = _seen_by(session, organisation, case)
    _restrict(session, organisation.hr, case)
    lift_restriction(session, organisation.hr, case=case, version=case.version, reason="It is over.")
    assert _seen_by(session, organisation, case) == before
    trail = session.scalars(select(AuditEntry.event).where(AuditEntry.event.like("case.restrict%"))).all()
    assert trail == ["case.restricted", "case.restriction_lifted"]


@pytest.mark.parametrize("who", ["manager", "director", "clinical_lead"])
def test_only_hr_guardian_and_data_protection_restrict(session, organisation, who):
    case = case_at(session, organisation, "decision")
    with pytest.raises(Refused):
        _restrict(session, getattr(organisation, who), case)


@pytest.mark.parametrize("who", ["nurse", "colleague"])
def test_who_cannot_be_named(session, organisation, who):
    case = case_at(session, organisation, "decision")
    with pytest.raises(Invalid) as error:
        _restrict(session, organisation.hr, case, getattr(organisation, who))
    assert error.value.field == "people"


def test_an_opinion_that_is_asked_for_must_be_writable_inside(session, organisation):
    case = case_at(session, organisation, "review")
    with pytest.raises(Invalid, match="Nobody whom you named could write the clinical opinion"):
        _restrict(session, organisation.hr, case)


def test_inside_the_named_lead_writes_and_another_may_not(session, organisation):
    other = add_person(session, "Lena Moss", RoleName.CLINICAL_LEAD)
    case = case_at(session, organisation, "review")
    _restrict(session, organisation.hr, case, organisation.clinical_lead)
    with pytest.raises(GovernanceError):
        write_opinion(session, case, other, "clinical")
    write_opinion(session, case, organisation.clinical_lead, "clinical")


def test_what_was_raised_stays_with_the_guardians(session, organisation):
    case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    second = add_person(session, "Gwen Ash", RoleName.GUARDIAN)
    _restrict(session, organisation.guardian, case)
    assert can_see(second, case)
    assert _seen_by(session, organisation, case) == {"nurse", "guardian"}


def test_an_objection_opens_a_restricted_case_to_nobody_else(session, organisation):
    case = case_at(session, organisation, "decision")
    _restrict(session, organisation.hr, case)
    second = add_person(session, "Hal Poole", RoleName.HR)
    object_to_reviewer(
        session,
        organisation.nurse,
        case=case,
        version=case.version,
        person=organisation.director,
        reason="We are at law.",
    )
    assert not can_see(second, case)
    assert "decide_objection" in {act.verb for act in acts_for(organisation.hr, case)}


def test_the_author_is_not_told_the_names(session, organisation):
    case = case_at(session, organisation, "decision")
    _restrict(session, organisation.hr, case, organisation.dpo)
    assert "Priya Dunn" not in str(entries(organisation.nurse, case))
    assert "Priya Dunn" in str(entries(organisation.hr, case))
