"""The pages of objections and restrictions."""

import pytest

from governance.cases.models import Case
from tests.factories.cases import case_at, open_for
from tests.factories.posts import Visits

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def visits(session, visitor):
    return lambda person: Visits(session, visitor(person))


def _version(session, case_id):
    session.expire_all()
    return session.get_one(Case, case_id).version


def test_the_author_objects_and_hr_decides(session, organisation, visits):
    case = open_for(session, organisation.nurse)
    case_id, place = case.id, f"/cases/{case.reference}"
    author = visits(organisation.nurse)
    assert "Object to somebody who acts in your case" in author.get(place).text
    assert "Mark Osei" in author.get(f"{place}/object").text
    told = {"version": _version(session, case_id), "person": str(organisation.manager.id)}
    assert author.post(f"{place}/object", told).status_code == 422
    assert author.post(f"{place}/object", told | {"reason": "We are at law."}).status_code == 303
    assert "not decided yet" in author.get(place).text

    holder = visits(organisation.manager)
    assert "The author objected to your part" in holder.get(f"{place}/first-look").text
    hr = visits(organisation.hr)
    assert case.reference in hr.get("/").text
    page = hr.get(f"{place}/objection").text
    assert "We are at law." in page
    assert "Decide it and tell Nia Rowan" in page
    objection = session.get_one(Case, case_id).objections[0].id
    answer = hr.post(
        f"{place}/objection",
        {
            "version": _version(session, case_id),
            "objection": str(objection),
            "upheld": "yes",
            "answer": "A fair-minded person would doubt it.",
        },
    )
    assert answer.status_code == 303
    assert "A fair-minded person would doubt it." in author.get(place).text
    assert holder.get(place).status_code == 403
    assert case.reference not in hr.get("/").text


def test_restrict_and_lift(session, organisation, visits):
    case = case_at(session, organisation, "decision")
    case_id, place = case.id, f"/cases/{case.reference}"
    hr = visits(organisation.hr)
    assert "Restrict it to named people" in hr.get(place).text
    named = {
        "version": _version(session, case_id),
        "people": [str(organisation.dpo.id)],
        "reason": "The author is well known here.",
    }
    assert hr.post(f"{place}/restrict", named).status_code == 303
    page = visits(organisation.dpo).get(place).text
    assert "Hana Reyes, Priya Dunn" in page
    author = visits(organisation.nurse).get(place).text
    assert "few named people" in author
    assert "Priya Dunn" not in author
    lifted = {"version": _version(session, case_id), "reason": "It is over."}
    assert "The author is well known here." in hr.get(f"{place}/lift-restriction").text
    assert hr.post(f"{place}/lift-restriction", lifted).status_code == 303
    assert visits(organisation.dpo).get(place).status_code == 404


def test_an_older_page_is_told_what_changed_and_keeps_the_text(session, organisation, visits):
    case = open_for(session, organisation.nurse)
    place, seen = f"/cases/{case.reference}", case.version
    author = visits(organisation.nurse)
    told = {"version": seen, "person": str(organisation.manager.id), "reason": "The words that must be kept"}
    assert author.post(f"{place}/object", told).status_code == 303
    again = author.post(f"{place}/object", told)
    assert again.status_code == 409
    assert "The words that must be kept" in again.text
