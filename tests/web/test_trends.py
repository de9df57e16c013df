"""Trends in the browser's eyes and without one: figures drawn under the policy, tables, CSV, and who sees what."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from governance.insight import weeks
from governance.people.models import DepartmentHead
from tests.factories.trends import Said, make_posts, weeks_ago
from tests.fixtures.organisation import Organisation, add_department, add_person

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PAGES = ("/trends/", "/trends/posts", "/trends/categories", "/trends/departments", "/trends/cases")
HOSTILE = "</script><script>alert(1)</script>"


@pytest.fixture
def busy(session, organisation: Organisation) -> Organisation:
    """The organisation with a year of posts by two groups of people, one of them in a hostile department."""
    session.add(DepartmentHead(department_id=organisation.ward.id, person_id=organisation.manager.id))
    ward = add_department(session, HOSTILE, organisation.ward)
    people = [
        add_person(session, f"Person {n}", department=place)
        for n in range(7)
        for place in (ward, organisation.ward)
    ]
    said = [
        Said(
            one,
            weeks_ago(ago),
            "medium" if n % 5 == 0 else "none",
            {"boundaries": "medium"} if n % 5 == 0 else {},
            ["education"],
        )
        for n, one in enumerate(people)
        for ago in range(1, 30)
    ]
    make_posts(session, said)
    session.commit()
    return organisation


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))


def test_each_page_says_its_finding_and_gives_its_tables_as_csv(busy, visitor):
    visit = visitor(busy.compliance)
    links = []
    for address in PAGES:
        page = visit.get(address)
        assert page.status_code == 200
        assert "<figcaption>" in page.text
        assert HOSTILE not in page.text
        links += re.findall(r'href="([^"]*format=csv[^"]*)"', page.text)
    assert len(links) >= 5
    for link in links:
        answer = visit.get(link.replace("&amp;", "&"))
        assert answer.mimetype == "text/csv"
        assert "attachment" in answer.headers["Content-Disposition"]
        assert len(rows_of(answer)) > 1


@SQLITE
def test_csv_holds_the_figures_of_the_table(busy, visitor):
    visit = visitor(busy.compliance)
    rows = rows_of(visit.get("/trends/posts?format=csv"))
    assert rows[0] == ["Period", "Posts", "Flagged", "Flagged, %", "Did good"]
    last_week = next(row for row in rows if row[0].startswith(weeks.label(weeks.this_week() - 1)))
    assert last_week[1:] == ["14", "3", "21.4", "14"]
    assert rows[-1][1] == str(14 * 29)
    assert visit.get("/trends/posts?format=csv&figure=nothing").status_code == 404


@SQLITE
def test_one_more_post_changes_the_table(busy, session, visitor):
    visit = visitor(busy.compliance)
    before = rows_of(visit.get("/trends/posts?format=csv"))[-1]
    make_posts(session, [Said(busy.nurse, weeks_ago(1), "high")])
    session.commit()
    after = rows_of(visit.get("/trends/posts?format=csv"))[-1]
    assert [int(after[n]) - int(before[n]) for n in (1, 2)] == [1, 1]


@SQLITE
def test_filters_stand_in_the_address_and_wrong_ones_are_answered(busy, visitor):
    visit = visitor(busy.compliance)
    page = visit.get(f"/trends/posts?of=department:{busy.ward.id}")
    assert re.search(rf'value="department:{busy.ward.id}" selected', page.text)
    assert "Show everybody's posts" in page.text
    for wrong in (
        "from=soon",
        "from=2026-W20&to=2026-W10",
        "platform=x&profession=nurse",
        "of=name:Nia",
        "of=department:0",
    ):
        answer = visit.get(f"/trends/posts?{wrong}")
        assert answer.status_code == 422
        assert "There is a problem" in answer.text
        assert visit.get(f"/trends/posts?{wrong}&format=csv").mimetype == "text/html"


@SQLITE
def test_head_sees_their_department_and_others_an_explanation(busy, visitor):
    headed = visitor(busy.manager).get("/trends/departments").text
    assert busy.ward.name in headed
    assert busy.ward.parent.name not in headed
    for person in (busy.clinical_lead, busy.director):
        page = visitor(person).get("/trends/posts")
        assert page.status_code == 200
        assert "You are not entered as head" in page.text
        assert "<figure" not in page.text
    assert visitor(busy.manager).get(f"/trends/posts?of=department:{busy.ward.parent_id}").status_code == 422
    assert visitor(busy.nurse).get("/trends/").status_code == 403


@SQLITE
def test_empty_organisation_has_no_figure_and_no_error(organisation, visitor):
    for address in PAGES:
        page = visitor(organisation.compliance).get(address)
        assert page.status_code == 200
        assert "app-chart" not in page.text


@SQLITE
def test_index_posts_categories_departments_and_cases_link_to_each_other(busy, visitor):
    page = visitor(busy.compliance).get("/trends/?from=2026-W20").text
    for address in PAGES:
        assert re.search(rf'href="{address}\?from=2026-W20&amp;to=', page)


@pytest.mark.browser
@SQLITE
def test_charts_are_drawn_named_and_call_nobody(
    busy: Organisation, browse: Callable[..., Page], axe: Callable[[Page], list[str]]
):
    page = browse(busy.compliance)
    for address in PAGES[:-1]:
        page.goto(address)
        charts = page.locator("[data-chart]")
        expect(charts.first).to_have_attribute("data-drawn", "yes")
        for chart in charts.all():
            expect(chart).to_have_attribute("data-drawn", "yes")
            assert len(chart.get_attribute("aria-label") or "") > 30
            assert chart.locator("svg.main-svg").count() >= 1
        assert page.locator(".modebar-btn").count() == 0
        sharing = re.compile("share|upload|cloud", re.IGNORECASE)
        assert page.get_by_role("button", name=sharing).count() == 0
        assert axe(page) == []


@pytest.mark.browser
@SQLITE
def test_trends_fit_a_telephone(busy: Organisation, browse: Callable[..., Page]):
    page = browse(busy.compliance, width=375)
    for address in PAGES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.browser
@SQLITE
def test_tables_stand_without_javascript(busy: Organisation, browse: Callable[..., Page]):
    page = browse(busy.compliance, java_script_enabled=False)
    page.goto("/trends/posts")
    page.locator("summary", has_text="the figures as a table").first.click()
    expect(page.get_by_role("table", name="Posts by period")).to_be_visible()
