"""Finding reports, and whom a reporter means."""

import pytest

from governance.people.roles import RoleName
from governance.reports.policy import can_handle
from governance.reports.queries import earlier_reports, how_many_wait, person_named, waiting_for
from tests.factories.posts import GOOD, make_account
from tests.factories.reports import report
from tests.fixtures.organisation import add_person
from tests.workflow.test_place_report import _close

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_list_of_who_looks_after_them(session, organisation):
    made = report(session, organisation.colleague, None)
    second = add_person(session, "Hal Poole", RoleName.HR)
    own = report(session, organisation.hr, None, text=GOOD + " Truly.")
    assert session.scalars(waiting_for(organisation.hr)).all() == [made]
    assert session.scalars(waiting_for(second)).all() == [made, own]
    assert how_many_wait(session, organisation.guardian) == 0
    assert how_many_wait(session, organisation.manager) == 0


def test_what_the_same_person_reported_before_is_counted(session, organisation):
    made = [report(session, organisation.colleague, organisation.nurse, text=f"{GOOD} {n}") for n in range(3)]
    _close(session, made[0].case)
    counted = earlier_reports(session, made[2])
    assert (counted.number, counted.no_concern) == (2, 1)
    assert earlier_reports(session, made[0]).number == 0


def test_list_and_policy_say_the_same_of_everybody(session, organisation):
    made = [
        report(session, organisation.colleague, None),
        report(session, organisation.hr, None, text=GOOD + " One."),
        report(session, organisation.hr, None, "patient_complaint", text=GOOD + " Two."),
    ]
    for person in (organisation.hr, organisation.guardian, organisation.manager, organisation.colleague):
        listed = set(session.scalars(waiting_for(person)))
        assert listed == {one for one in made if can_handle(person, one) is None}, person.name


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("@Ward_Nia", True),
        ("ward_nia ", True),
        ("https://x.com/ward_nia/", True),
        ("Nia Rowan", False),
        ("", False),
        ("@somebody_else", False),
    ],
)
def test_a_handle_or_an_address_names_somebody_and_a_name_does_not(session, organisation, words, found):
    account = make_account(session, organisation.nurse)
    account.handle_key, account.url = "ward_nia", "https://x.com/ward_nia"
    session.flush()
    assert person_named(session, "x", words) == ((organisation.nurse, account) if found else (None, None))


def test_a_work_address_names_somebody(session, organisation):
    named = person_named(session, "facebook", f" {organisation.nurse.email.upper()} ")
    assert named == (organisation.nurse, None)
