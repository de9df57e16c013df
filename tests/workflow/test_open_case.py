"""From score to case."""

import pytest
from sqlalchemy import func, select

from governance.audit.models import AuditEntry
from governance.cases.models import Case, CaseGuard
from governance.kernel.errors import Conflict
from governance.people.roles import RoleName
from governance.posts.models import PostVersion
from governance.workflow.open_case import open_case
from tests.factories.cases import make_assessment, make_post, make_scoring, open_for
from tests.fixtures.organisation import add_person


def _open(session, author, kind="published", **scored):
    scoring = make_scoring(**scored)
    assessment = make_assessment(session, make_post(session, author, kind=kind).latest, scoring)
    return open_case(session, assessment=assessment, scoring=scoring)


@pytest.mark.parametrize("severity", ["medium", "high", "critical"])
def test_medium_or_more_opens_a_case_with_the_line_manager(session, organisation, severity):
    case = _open(session, organisation.nurse, severity=severity)
    assert (case.stage, case.severity, case.holder) == ("triage", severity, organisation.manager)
    assert case.reference.startswith("CASE-")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "case.opened")).one()
    assert entry.thing_id == case.id


@pytest.mark.parametrize("severity", ["none", "low"])
def test_under_medium_opens_nothing_and_keeps_no_guard(session, organisation, severity):
    assert _open(session, organisation.nurse, severity=severity, guards=["protected_disclosure"]) is None
    assert session.scalar(select(func.count(Case.id))) == 0
    assert session.scalar(select(func.count()).select_from(CaseGuard)) == 0


def test_a_draft_never_opens_a_case(session, organisation):
    assert _open(session, organisation.nurse, kind="draft", severity="critical") is None


def test_no_line_manager_means_the_next_up_the_tree(session, organisation):
    organisation.manager.active = False
    assert _open(session, organisation.nurse).holder == organisation.director


def test_a_line_manager_without_the_role_is_passed_over(session, organisation):
    sister = add_person(session, "Sis Lark", line_manager=organisation.manager)
    organisation.nurse.line_manager = sister
    assert _open(session, organisation.nurse).holder == organisation.manager


def test_nobody_above_means_the_least_busy_of_hr(session, organisation):
    lonely = add_person(session, "Lone Wren")
    assert _open(session, lonely).holder == organisation.hr
    second = add_person(session, "Hal Poole", RoleName.HR)
    assert _open(session, lonely).holder == second


def test_a_manager_in_hr_never_holds_the_case_about_themselves(session, organisation):
    organisation.hr.line_manager = None
    with_others = add_person(session, "Hal Poole", RoleName.HR)
    assert _open(session, organisation.hr).holder == with_others


def test_a_loop_of_line_managers_ends(session, organisation):
    organisation.director.line_manager = organisation.manager
    organisation.manager.active = organisation.director.active = False
    assert _open(session, organisation.nurse).holder == organisation.hr


def test_nobody_at_all_is_said_with_the_cure(session, organisation):
    for person in (organisation.hr, organisation.manager, organisation.director):
        person.active = False
    with pytest.raises(Conflict, match="give another person the HR role"):
        _open(session, organisation.nurse)


def test_the_reporter_does_not_hold_it(session, organisation):
    case = open_for(session, organisation.nurse, reporter=organisation.manager)
    assert case.holder == organisation.director
    assert {part.part for part in case.parts} == {"subject", "reporter"}


def test_speaking_up_goes_to_the_guardian_first(session, organisation):
    case = _open(session, organisation.nurse, guards=["protected_disclosure"])
    assert (case.stage, case.holder) == ("held", organisation.guardian)
    assert [(guard.guard, guard.spans) for guard in case.guards] == [
        ("protected_disclosure", [{"start": 0, "end": 3}])
    ]


@pytest.mark.parametrize("guard", ["protected_belief", "union_activity", "own_health"])
def test_other_guards_go_to_hr(session, organisation, guard):
    case = _open(session, organisation.nurse, guards=[guard])
    assert (case.stage, case.holder) == ("triage", organisation.hr)


@pytest.mark.parametrize("guards", [["protected_disclosure"], ["protected_disclosure", "own_health"]])
def test_without_a_guardian_speaking_up_goes_to_hr_not_to_the_line(session, organisation, guards):
    organisation.guardian.active = False
    case = _open(session, organisation.nurse, guards=guards)
    assert (case.stage, case.holder) == ("triage", organisation.hr)


def test_a_new_version_adds_to_the_open_case(session, organisation):
    case = _open(session, organisation.nurse, severity="medium")
    post, version = case.post, case.version
    post.versions.append(
        PostVersion(number=2, text="Other words", written_by=post.author, written_at=case.opened_at)
    )
    scoring = make_scoring("critical", guards=["protected_disclosure"])
    later = make_assessment(session, post.latest, scoring)
    assert open_case(session, assessment=later, scoring=scoring) is case
    session.flush()
    assert (case.severity, case.stage, case.holder) == ("critical", "held", organisation.guardian)
    assert case.version > version
    events = len(case.events)
    assert open_case(session, assessment=later, scoring=scoring) is case
    assert len(case.events) == events
    assert session.scalar(select(func.count(Case.id))) == 1


def test_after_closing_a_post_may_have_a_new_case(session, organisation):
    first = _open(session, organisation.nurse)
    first.stage, first.closure, first.closed_at = "closed", "no_concern", first.opened_at
    scoring = make_scoring(rulebook="test-2")
    again = make_assessment(session, first.post.latest, scoring)
    second = open_case(session, assessment=again, scoring=scoring)
    assert second is not first
    assert int(second.reference[-4:]) == int(first.reference[-4:]) + 1


@pytest.mark.parametrize(
    ("category", "route"),
    [
        ("confidentiality", "data_protection"),
        ("misleading", "clinical"),
        ("unprofessional", "hr"),
        ("boundaries", "both"),
    ],
)
def test_the_category_suggests_the_route(session, organisation, category, route):
    assert _open(session, organisation.nurse, categories=[category]).suggested_route == route
