"""The pages of fairness."""

import io

import pytest

from governance.kernel import clock
from tests.factories.trends import Said, make_posts
from tests.fixtures.organisation import add_person

HEAD = "email,grade,qualified_in,ethnicity\n"


@pytest.fixture
def posted(session, organisation):
    """Forty nurses and forty doctors who posted; half of the nurses were flagged, six of the doctors."""
    today = clock.local_date(clock.now())
    said = []
    for number in range(80):
        nurse = number < 40
        person = add_person(
            session,
            f"Author {number}",
            department=organisation.ward,
            profession="nurse" if nurse else "doctor",
        )
        flagged = number < 20 or 40 <= number < 46
        said.append(Said(person, today, "medium" if flagged else "none"))
    make_posts(session, said)
    session.commit()
    return [one.author.email for one in said]


def test_groups_stand_beside_each_other(organisation, visitor, posted):
    page = visitor(organisation.compliance).get("/fairness/").text
    assert "32% of 80 people who posted" in page
    assert "3.3 times as often as all others" in page
    assert "Author 1" not in page


def test_a_figure_has_an_address_and_a_spreadsheet(organisation, visitor, posted):
    compliance = visitor(organisation.compliance)
    sheet = compliance.get("/fairness/?by=profession&format=csv&figure=flagged")
    assert (sheet.status_code, sheet.mimetype) == (200, "text/csv")
    assert "Nurse,40,20,50.0" in sheet.text
    assert compliance.get("/fairness/?by=profession&format=csv&figure=nothing").status_code == 404
    assert compliance.get("/fairness/?by=star-sign").status_code == 404


@pytest.mark.parametrize("by", ["grade", "qualified_in", "ethnicity"])
def test_without_a_supply_the_page_says_so(organisation, visitor, posted, by):
    page = visitor(organisation.compliance).get(f"/fairness/?by={by}").text
    assert "has not been supplied, so there is no figure" in page
    assert "app-chart" not in page


def test_hr_supplies_and_compliance_sees_groups_alone(organisation, visitor, posted):
    rows = "".join(
        f"{email},Band 6,{'UK' if number % 2 else 'Abroad'},Group {number % 40 // 20}\n"
        for number, email in enumerate(posted)
    )
    hr = visitor(organisation.hr)
    sent = hr.post("/fairness/supply", {"file": (io.BytesIO((HEAD + rows).encode()), "equality.csv")})
    assert sent.status_code == 303
    assert "80 people" in hr.get("/fairness/supply").text
    page = visitor(organisation.compliance).get("/fairness/?by=qualified_in").text
    assert "Abroad" in page
    assert posted[0] not in page


def test_a_file_that_cannot_be_read_says_what_to_do(organisation, visitor):
    hr = visitor(organisation.hr)
    sent = hr.post("/fairness/supply", {"file": (io.BytesIO(b"nonsense"), "equality.csv")})
    assert sent.status_code == 422
    assert "The first line must name these columns" in sent.text
    assert hr.post("/fairness/supply", {}).status_code == 422


def test_agreement_is_for_compliance(organisation, visitor):
    compliance = visitor(organisation.compliance)
    page = compliance.get("/fairness/agreement")
    assert page.status_code == 200
    assert "No case has two opinions yet" in page.text
    assert compliance.get("/fairness/agreement?format=csv&figure=seriousness-pairs").status_code == 404
    assert visitor(organisation.hr).get("/fairness/agreement").status_code == 403
