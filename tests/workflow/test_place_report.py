"""Reports that wait: placed with their author, or set aside."""

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.guidance.loader import shipped_rulebook
from governance.kernel.errors import Conflict, Invalid, Missing, Refused, Stale
from governance.workflow.place_report import place_report
from governance.workflow.set_aside_report import set_aside_report
from governance.workflow.triage import triage
from tests.factories.reports import report
from tests.fixtures.organisation import add_person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _place(session, actor, made, person, **given):
    asked = {"version": made.version, "reason": "The handle is in her staff profile."} | given
    return place_report(session, actor, report=made, person=person, rulebook=shipped_rulebook(), **asked)


def _close(session, case, outcome="no_concern"):
    triage(
        session,
        case.holder,
        case=case,
        version=case.version,
        identity="theirs",
        how_known="Asked.",
        outcome=outcome,
        reason="General words.",
    )


def test_hr_finds_out_whose_it_is_and_the_first_look_follows(session, organisation):
    made = report(session, organisation.colleague, None)
    case = _place(session, organisation.hr, made, organisation.nurse)
    assert (made.state, made.case, made.person) == ("in_case", case, organisation.nurse)
    assert (case.stage, case.holder, case.origin) == ("triage", organisation.manager, "report")
    assert "report.placed" in session.scalars(select(AuditEntry.event)).all()


@pytest.mark.parametrize(
    ("who", "error"),
    [("manager", Missing), ("colleague", Refused), ("guardian", Missing), ("nurse", Missing)],
)
def test_only_hr_places_a_report(session, organisation, who, error):
    made = report(session, organisation.colleague, None)
    with pytest.raises(error):
        _place(session, getattr(organisation, who), made, organisation.director)
    assert made.state == "waiting"


def test_nobody_places_a_report_on_themselves_or_its_reporter(session, organisation):
    made = report(session, organisation.colleague, None)
    for person in (organisation.hr, organisation.colleague, None):
        with pytest.raises(Invalid) as error:
            _place(session, organisation.hr, made, person)
        assert error.value.field == "person"


def test_an_older_page_and_a_second_act_are_conflicts(session, organisation):
    made = report(session, organisation.colleague, None)
    with pytest.raises(Stale):
        _place(session, organisation.hr, made, organisation.nurse, version=made.version - 1)
    set_aside_report(
        session, organisation.hr, report=made, version=made.version, reason="Nobody of this name works here."
    )
    assert made.state == "set_aside"
    with pytest.raises(Conflict):
        _place(session, organisation.hr, made, organisation.nurse)


def test_something_new_opens_what_was_reviewed(session, organisation):
    first = report(session, organisation.colleague, organisation.nurse).case
    _close(session, first)
    other = add_person(session, "Ola Berg", line_manager=organisation.manager)
    made = report(session, other, organisation.nurse)
    assert made.reviewed_before
    second = _place(
        session, organisation.hr, made, organisation.nurse, reason="The patient's daughter has written in."
    )
    assert second is not first
    assert second.post is first.post
