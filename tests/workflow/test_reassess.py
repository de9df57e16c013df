"""A later version of a post whose case is open."""

import pytest

from governance.cases.models import Opinion
from governance.cases.sight import can_see
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid
from governance.people.roles import RoleName
from governance.posts.models import PostVersion
from governance.workflow.decide import decide
from governance.workflow.open_case import open_case
from governance.workflow.release_from_hold import release_from_hold
from tests.factories.cases import (
    add_newcomer,
    case_at,
    issue,
    make_assessment,
    make_scoring,
    to_review,
    write_opinion,
)
from tests.fixtures.organisation import add_person

UNDER_WAY = ("review", "reply", "decision")


def new_version(session, case, severity="medium", **scored):
    """The author changes the words, and they are checked into the case."""
    post = case.post
    number = len(post.versions) + 1
    post.versions.append(
        PostVersion(number=number, text=f"Words {number}", written_by=post.author, written_at=clock.now())
    )
    session.flush()
    scoring = make_scoring(severity, **scored)
    assessment = make_assessment(session, post.latest, scoring)
    assert open_case(session, assessment=assessment, scoring=scoring) is case
    session.flush()
    return assessment


def release(session, case):
    release_from_hold(
        session,
        case.holder,
        case=case,
        version=case.version,
        concern="Staffing.",
        reason="Somebody is known.",
    )


@pytest.mark.parametrize("stage", ["triage", *UNDER_WAY])
def test_speaking_up_that_comes_to_light_stops_the_case(session, organisation, stage):
    case = case_at(session, organisation, stage)
    new_version(session, case, guards=["protected_disclosure"])
    assert (case.stage, case.holder) == ("held", organisation.guardian)
    assert (case.decider, case.route) == (None, None)
    for who in ("manager", "director", "clinical_lead", "hr"):
        assert not can_see(getattr(organisation, who), case), who
    with pytest.raises(Conflict):
        decide(
            session,
            organisation.guardian,
            case=case,
            version=case.version,
            outcome="learning",
            reasons="x",
            sources=["x"],
        )


@pytest.mark.parametrize("stage", UNDER_WAY)
def test_what_the_guardian_releases_begins_again_and_ends(session, organisation, stage):
    case = case_at(session, organisation, stage)
    new_version(session, case, guards=["protected_disclosure"])
    release(session, case)
    assert (case.stage, case.holder) == ("triage", organisation.manager)
    to_review(session, case, organisation.director)
    if stage == "review":
        assert case.stage == "review"
        write_opinion(session, case, organisation.clinical_lead, "clinical")
        write_opinion(session, case, organisation.hr, "hr")
    assert case.stage == "reply", "what is written stands"
    assert case.decider == organisation.director
    assert session.query(Opinion).filter_by(case_id=case.id).count() == 2


def test_another_route_lets_go_of_what_was_not_written(session, organisation):
    case = case_at(session, organisation, "review")
    write_opinion(session, case, organisation.clinical_lead, "clinical")
    new_version(session, case, guards=["protected_disclosure"])
    release(session, case)
    to_review(session, case, organisation.director, "data_protection")
    assert {one.kind: one.written_at is not None for one in case.opinions} == {
        "clinical": True,
        "data_protection": False,
    }
    write_opinion(session, case, organisation.dpo, "data_protection")
    assert case.stage == "reply"


@pytest.mark.parametrize("guard", ["protected_belief", "union_activity", "own_health"])
@pytest.mark.parametrize("stage", UNDER_WAY)
def test_other_guards_that_come_to_light_bring_it_to_hr(session, organisation, stage, guard):
    case = case_at(session, organisation, stage)
    new_version(session, case, guards=[guard])
    assert (case.stage, case.holder, case.decider) == (stage, organisation.hr, organisation.director)
    assert not can_see(organisation.manager, case)


def test_hr_who_holds_it_already_keeps_it(session, organisation):
    case = case_at(session, organisation, "decision", guards=["own_health"])
    add_person(session, "Hal Poole", RoleName.HR)
    new_version(session, case, guards=["own_health", "union_activity"])
    assert case.holder == organisation.hr


def test_without_a_guardian_it_stays_at_its_stage_with_hr(session, organisation):
    case = case_at(session, organisation, "review")
    organisation.guardian.active = False
    new_version(session, case, guards=["protected_disclosure"])
    assert (case.stage, case.holder) == ("review", organisation.hr)


def test_a_guard_that_came_late_asks_the_form_at_the_decision(session, organisation):
    case = case_at(session, organisation, "decision")
    new_version(session, case, guards=["own_health"])
    with pytest.raises(Invalid, match="What was the tone"):
        decide(
            session,
            organisation.director,
            case=case,
            version=case.version,
            outcome="learning",
            reasons="x",
            sources=["x"],
        )
    add_newcomer(session)
    assert issue(session, case).guarded


def test_a_case_stands_on_every_check_until_it_is_closed(session, organisation):
    case = case_at(session, organisation, "triage", severity="medium", categories=["unprofessional"])
    first, middle = case.assessment, new_version(session, case, "critical", categories=["confidentiality"])
    newest = new_version(session, case, "low", categories=["misleading"])
    assert case.checks == [first, middle, newest]
    assert (case.assessment, case.severity, case.suggested_route) == (first, "critical", "data_protection")
    told = [(event.old, event.new) for event in case.events if event.field == "assessment"]
    assert [old[:9] for old, _ in told] == ["version 1", "version 2"]
    assert [new[:9] for _, new in told] == ["version 2", "version 3"]
    suggested = [event for event in case.events if event.field == "suggested_route"]
    assert [(event.old, event.new) for event in suggested] == [("hr", "data_protection")]


def test_the_author_answers_what_became_worse_before_it_is_decided(session, organisation):
    case = case_at(session, organisation, "decision", severity="medium")
    new_version(session, case, "low")
    assert case.stage == "decision"
    new_version(session, case, "critical")
    assert case.stage == "reply"
