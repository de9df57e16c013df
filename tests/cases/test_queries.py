"""Only what a person may see."""

from sqlalchemy import select

from governance.cases.models import Case
from governance.cases.queries import outcomes_of_similar, visible_to
from governance.cases.sight import can_see
from governance.people.roles import RoleName
from governance.workflow.answer_concern import answer_concern
from governance.workflow.ask_help import ask_help
from governance.workflow.recuse import recuse
from tests.factories.cases import case_at, issue, open_for
from tests.fixtures.organisation import add_person

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


def test_query_and_policy_say_the_same_of_everybody(session, organisation):
    for stage in ("triage", "review", "reply", "decision", "issued"):
        case_at(session, organisation, stage)
    for guard in ("protected_disclosure", "own_health"):
        open_for(session, organisation.nurse, guards=[guard])
    left = case_at(session, organisation, "review")
    add_person(session, "Hal Poole", RoleName.HR)  # who could write the opinion instead
    recuse(session, organisation.hr, case=left, version=left.version, reason="Related.")
    open_for(session, organisation.manager)
    open_for(session, organisation.colleague, reporter=organisation.director)
    answered = open_for(session, organisation.colleague, guards=["protected_disclosure"])
    answer_concern(
        session,
        organisation.guardian,
        case=answered,
        version=answered.version,
        concern="Staffing.",
        answer="Done.",
    )
    asked = case_at(session, organisation, "triage")
    ask_help(
        session,
        organisation.manager,
        case=asked,
        version=asked.version,
        asked=organisation.dpo,
        question="Is this personal data?",
    )
    gone = add_person(session, "Gone Away", RoleName.HR)
    gone.active = False
    session.flush()
    cases = session.scalars(select(Case)).all()
    for person in [*(getattr(organisation, who) for who in EVERYBODY), gone]:
        listed = set(session.scalars(select(Case.id).where(visible_to(person))))
        assert listed == {case.id for case in cases if can_see(person, case)}, person.name


def test_similar_cases_are_counted_by_outcome(session, organisation):
    now = case_at(session, organisation, "decision")
    for outcome in ("learning", "learning", "no_action"):
        other = case_at(session, organisation, "decision")
        issue(session, other, outcome)
    different = case_at(session, organisation, "decision", categories=["boundaries"])
    issue(session, different, "reflection")
    assert outcomes_of_similar(session, now) == [("learning", 2), ("no_action", 1)]
