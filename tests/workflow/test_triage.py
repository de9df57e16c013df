"""The first look."""

import pytest

from governance.audit.models import AuditEntry
from governance.cases.identity_check import IDENTITY_ADVICE, IDENTITY_TITLES, identity_of
from governance.cases.timeline import entries
from governance.kernel.errors import Conflict, Invalid, Refused, Stale
from governance.people.roles import RoleName
from governance.reports.policy import can_handle
from governance.workflow.triage import triage
from tests.factories.cases import case_at, open_for
from tests.factories.reports import report
from tests.fixtures.organisation import add_person


def _look(session, case, actor=None, **given):
    asked = {
        "identity": "theirs",
        "how_known": "It is their registered account.",
        "outcome": "no_concern",
        "reason": "General words about falls.",
        "version": case.version,
    }
    return triage(session, actor or case.holder, case=case, **(asked | given))


@pytest.fixture
def case(session, organisation):
    return open_for(session, organisation.nurse)


def test_no_concern_closes_and_tells_the_author_why(session, organisation, case):
    _look(session, case)
    assert (case.stage, case.closure) == ("closed", "no_concern")
    assert case.closed_at is not None
    assert case.events[-1].reason == "General words about falls."
    assert session.query(AuditEntry).filter_by(event="case.closed", thing_id=case.id).count() == 1


@pytest.mark.parametrize("identity", ["hacked", "fake", "same_name", "not_words"])
def test_not_theirs_closes(session, organisation, case, identity):
    _look(session, case, identity=identity, outcome="not_theirs", how_known="We looked at it together.")
    assert (case.stage, case.closure, identity_of(case)) == ("closed", "not_theirs", identity)
    assert IDENTITY_TITLES[identity] in str(entries(organisation.nurse, case))
    assert IDENTITY_ADVICE[identity]


def test_somebody_of_the_same_name_gives_the_report_back_to_who_finds_out(session, organisation):
    made = report(session, organisation.colleague, organisation.nurse)
    first = made.case
    _look(session, first, identity="same_name", outcome="not_theirs", how_known="A namesake in Leeds.")
    assert (made.state, made.case, made.person) == ("waiting", None, None)
    assert made.handled_reason == "Not Nia Rowan: A namesake in Leeds."
    assert can_handle(organisation.hr, made) is None


def test_a_hacked_account_gives_no_report_back(session, organisation):
    made = report(session, organisation.colleague, organisation.nurse)
    _look(session, made.case, identity="hacked", outcome="not_theirs", how_known="Its password was sold.")
    assert (made.state, made.case.closure) == ("in_case", "not_theirs")


def test_coaching_sends_a_message_at_low_harm(session, organisation):
    mild = open_for(session, organisation.nurse, severity="medium")
    _look(session, mild, outcome="coaching", message="Kind words, and one thing to try.")
    assert mild.closure == "coaching"
    assert "Kind words, and one thing to try." in [event.new for event in mild.events]


def test_review_names_route_and_decider_and_asks_for_opinions(session, organisation, case):
    _look(session, case, outcome="review", route="both", decider=organisation.director)
    assert (case.stage, case.route, case.decider) == ("review", "both", organisation.director)
    assert {opinion.kind for opinion in case.opinions} == {"clinical", "hr"}
    assert {(part.person_id, part.part) for part in case.parts} == {
        (organisation.nurse.id, "subject"),
        (organisation.director.id, "decider"),
    }
    assert [(event.field, event.old, event.new) for event in case.events if event.field == "stage"] == [
        ("stage", "triage", "review")
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"identity": ""}, "identity"),
        ({"identity": "not_theirs"}, "identity"),
        ({"how_known": " "}, "how_known"),
        ({"outcome": "dismissal"}, "outcome"),
        ({"reason": ""}, "reason"),
        ({"identity": "hacked", "outcome": "review"}, "outcome"),
        ({"outcome": "not_theirs"}, "outcome"),
        ({"outcome": "coaching", "message": "A word"}, "outcome"),
        ({"outcome": "review", "route": "court"}, "route"),
        ({"outcome": "review", "route": "hr"}, "decider"),
        ({"reason": "half \ud83d"}, "reason"),
        ({"reason": "nul \x00"}, "reason"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_kept(session, case, given, field):
    before = (case.version, len(case.events))
    with pytest.raises(Invalid) as error:
        _look(session, case, **given)
    assert error.value.field == field
    session.flush()
    assert (case.version, len(case.events), case.stage) == (*before, "triage")


@pytest.mark.parametrize("who", ["nurse", "compliance", "guardian"])
def test_nobody_decides_who_may_not(session, organisation, case, who):
    with pytest.raises(Invalid) as error:
        _look(session, case, outcome="review", route="hr", decider=getattr(organisation, who))
    assert error.value.field == "decider"


def test_the_only_one_who_could_write_an_opinion_cannot_decide(session, organisation, case):
    with pytest.raises(Invalid, match="Nobody but Clem Hart could write the clinical opinion"):
        _look(session, case, outcome="review", route="clinical", decider=organisation.clinical_lead)
    add_person(session, "Cy Marsh", RoleName.CLINICAL_LEAD)
    _look(session, case, outcome="review", route="clinical", decider=organisation.clinical_lead)
    assert case.decider == organisation.clinical_lead


@pytest.mark.parametrize("who", ["nurse", "director", "clinical_lead", "hr", "guardian"])
def test_only_the_holder_takes_it(session, organisation, case, who):
    with pytest.raises((Refused, Exception)) as error:
        _look(session, case, getattr(organisation, who))
    assert error.value.status in (403, 404)


def test_an_older_page_is_told_what_changed(session, organisation):
    case = open_for(session, organisation.nurse)
    seen = case.version
    _look(session, case, outcome="review", route="hr", decider=organisation.director)
    with pytest.raises(Stale) as error:
        _look(session, case, version=seen)
    assert any("Being reviewed" in line for line in error.value.changes)


def test_it_happens_once(session, organisation):
    case = case_at(session, organisation, "review")
    with pytest.raises(Conflict, match="Being reviewed"):
        _look(session, case)
