"""The pages of reports."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.kernel import clock
from governance.reports.models import Report
from tests.factories.posts import GOOD, Visits, make_account
from tests.factories.reports import PNG, report

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def visits(session, visitor):
    return lambda person: Visits(session, visitor(person))


def _form(**more):
    yesterday = clock.local_date(clock.now() - timedelta(days=1))
    return {
        "way": "report",
        "about_whom": "Somebody on Ward 7",
        "platform": "x",
        "posted_on": yesterday.isoformat(),
        "posted_at": "12:30",
        "text": GOOD,
        "worry": "A patient could know themselves in it.",
    } | more


def _made(session):
    session.expire_all()
    return session.scalars(select(Report)).one()


def test_a_colleague_reports_with_a_picture(session, organisation, visits):
    make_account(session, organisation.nurse).handle_key = "ward_nia"
    visit = visits(organisation.colleague)
    files = {"file": (io.BytesIO(PNG), "screen shot.png")}
    answer = visit.post("/reports/new", _form(about_whom="@Ward_Nia", **files))
    made = _made(session)
    assert (answer.status_code, answer.location) == (303, f"/reports/{made.id}")
    assert (made.person, made.case.subject, len(made.evidence)) == (organisation.nurse, organisation.nurse, 1)
    page = visit.get(answer.location).text
    assert "Being looked at" in page
    assert "Nia Rowan" not in page  # whose account it is, is not told to whoever reports it
    assert made.case.reference not in page


def test_what_was_typed_is_kept_and_the_fault_named(session, organisation, visits):
    answer = visits(organisation.colleague).post("/reports/new", _form(platform="", worry="Kept words"))
    assert answer.status_code == 422
    assert "Choose where it was posted." in answer.text
    assert "Kept words" in answer.text
    assert session.scalars(select(Report)).all() == []


def test_ones_own_address_is_taken_for_a_report_of_ones_own(organisation, visits):
    answer = visits(organisation.colleague).post(
        "/reports/new", _form(about_whom=organisation.colleague.email)
    )
    assert "That is you" in answer.text


@pytest.mark.parametrize(("who", "offered"), [("nurse", False), ("manager", True), ("hr", True)])
def test_who_may_write_down_what_came_from_outside(organisation, visits, who, offered):
    page = visits(getattr(organisation, who)).get("/reports/new").text
    assert ("A patient or member of the public complained" in page) is offered


def test_hr_places_a_report_that_waits(session, organisation, visits):
    made = report(session, organisation.colleague, None)
    visit = visits(organisation.hr)
    assert made.reference in visit.get("/reports/waiting").text
    page = visit.get(f"/reports/{made.id}").text
    assert "It is not known whose post this is" in page
    assert "Col Abara" in page
    assert "Nia Rowan" in visit.get(f"/reports/{made.id}/place").text
    answer = visit.post(
        f"/reports/{made.id}/place",
        {"version": made.version, "person": str(organisation.nurse.id), "reason": "Her staff profile."},
    )
    assert (answer.status_code, answer.location) == (303, "/reports/waiting")
    assert _made(session).person == organisation.nurse


def test_a_report_is_set_aside(session, organisation, visits):
    made = report(session, organisation.colleague, None)
    visit = visits(organisation.hr)
    assert "No case is opened" in visit.get(f"/reports/{made.id}/set-aside").text
    assert visit.post(f"/reports/{made.id}/set-aside", {"version": made.version}).status_code == 422
    answer = visit.post(
        f"/reports/{made.id}/set-aside", {"version": made.version, "reason": "Nobody of ours."}
    )
    assert answer.status_code == 303
    assert "Closed" in visits(organisation.colleague).get(f"/reports/{made.id}").text


def test_a_stranger_to_a_report_sees_nothing_of_it(session, organisation, visits):
    made = report(session, organisation.colleague, organisation.nurse, files=[("a.png", PNG)])
    file = f"/reports/{made.id}/evidence/{made.evidence[0].id}"
    for who in ("clinical_lead", "compliance", "admin", "guardian", "dpo"):
        visit = visits(getattr(organisation, who))
        assert visit.get(f"/reports/{made.id}").status_code == 404, who
        assert visit.get(file).status_code == 404, who
    author = visits(organisation.nurse)
    assert author.get(f"/reports/{made.id}").status_code == 404
    assert author.get(file).data == PNG
    seen = session.scalars(select(AuditEntry).where(AuditEntry.event == "report.evidence_viewed")).one()
    assert seen.actor_id == organisation.nurse.id


def test_the_case_page_tells_each_reader_what_they_may_know(session, organisation, visits):
    made = report(session, organisation.colleague, organisation.nurse, files=[("a.png", PNG)])
    place = f"/cases/{made.case.reference}"
    holder = visits(organisation.manager).get(place).text
    assert "A patient could know themselves in it." in holder
    assert "What the check said of these words" in holder
    assert "Col Abara" not in holder
    author = visits(organisation.nurse).get(place).text
    assert "How it was reported" in author
    assert "a.png" in author
    assert "Col Abara" not in author
    assert "A patient could know themselves in it." not in author


def test_telling_us_oneself_counts(session, organisation, visits):
    made = report(session, organisation.nurse, None, "self_report")
    place = f"/cases/{made.case.reference}"
    assert "That counts in their favour" in visits(organisation.manager).get(place).text
    assert "That counts in your favour" in visits(organisation.nurse).get(place).text
    assert made.reference in visits(organisation.nurse).get("/reports/").text
