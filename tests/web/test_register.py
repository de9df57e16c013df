"""The register: who sees whose accounts, search, filters, pages, the CSV, and counts for heads."""

import csv
import io

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.kernel import clock
from governance.people.models import DepartmentHead
from governance.people.roles import RoleName
from tests.factories.accounts import make_account


@pytest.fixture
def accounts(session, organisation, person):
    """Accounts of the nurse (confirmed, review overdue), the colleague (waiting) and somebody elsewhere."""
    elsewhere = person("Elsa Far", line_manager=None)
    made = {
        "nurse": make_account(
            session, organisation.nurse, handle="ward_seven", confirmed_by=organisation.manager
        ),
        "colleague": make_account(session, organisation.colleague, handle="col_abara"),
        "elsewhere": make_account(
            session, elsewhere, platform="blog", handle="far away", url="https://far.example/"
        ),
    }
    made["nurse"].privacy_review_due_on = clock.local_date(clock.now()).replace(year=2020)
    session.commit()
    return made


def handles(reply):
    return {handle for handle in ("ward_seven", "col_abara", "far away") if f">{handle}</a>" in reply.text}


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("manager", {"ward_seven", "col_abara"}),
        ("director", {"ward_seven", "col_abara"}),
        ("compliance", {"ward_seven", "col_abara", "far away"}),
        ("dpo", {"ward_seven", "col_abara", "far away"}),
    ],
)
def test_who_sees_whose(visitor, organisation, accounts, role, seen):
    assert handles(visitor(getattr(organisation, role)).get("/register/")) == seen


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("words=NIA", {"ward_seven"}),
        ("words=@col_", {"col_abara"}),
        ("words=far.example", {"far away"}),
        ("words=%25", set()),
        ("words=_", {"ward_seven", "col_abara"}),
        ("platform=blog", {"far away"}),
        ("platform=nothing", {"ward_seven", "col_abara", "far away"}),
        ("state=verified", {"ward_seven"}),
        ("state=pending", {"col_abara", "far away"}),
        ("due=overdue", {"ward_seven"}),
        ("due=overdue&state=pending", set()),
        ("page=999", {"ward_seven", "col_abara", "far away"}),
        ("page=nonsense&words=%00nia", {"ward_seven"}),
    ],
)
def test_search_and_filters_stand_in_the_address(visitor, organisation, accounts, asked, found):
    reply = visitor(organisation.compliance).get(f"/register/?{asked}")
    assert reply.status_code == 200
    assert handles(reply) == found
    assert ("No account fits" in reply.text) is (found == set())


def test_pages_keep_the_filter(visitor, organisation, session, person):
    for number in range(30):
        make_account(session, person(f"Person {number:02}"), handle=f"many_{number:02}")
    session.commit()
    visit = visitor(organisation.compliance)
    first = visit.get("/register/?words=many_&state=pending")
    assert "Showing 1 to 25 of 30 accounts" in first.text
    assert "words=many_&amp;state=pending&amp;page=2" in first.text
    assert "Showing 26 to 30 of 30" in visit.get("/register/?words=many_&state=pending&page=2").text


def test_an_empty_register_says_what_would_be_there(visitor, organisation):
    page = visitor(organisation.manager).get("/register/").text
    assert "people in your line of management register" in page
    assert "None waits now" in visitor(organisation.manager).get("/register/waiting").text


def test_waiting_lists_what_one_may_confirm(visitor, organisation, accounts, session):
    make_account(session, organisation.compliance, handle="own_one")
    session.commit()
    assert handles(visitor(organisation.manager).get("/register/waiting")) == {"col_abara"}
    page = visitor(organisation.compliance).get("/register/waiting")
    assert handles(page) == {"col_abara", "far away"}
    assert "own_one" not in page.text
    assert "2 accounts wait" in visitor(organisation.compliance).get("/register/").text


def test_the_csv_holds_what_the_list_shows_and_runs_no_formula(visitor, organisation, accounts, session):
    accounts["colleague"].purpose = '=HYPERLINK("https://evil.example","x")'
    session.commit()
    reply = visitor(organisation.compliance).get("/register/export.csv?state=pending")
    rows = list(csv.reader(io.StringIO(reply.data.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Person", "Department", "Platform", "Handle"]
    assert {row[3] for row in rows[1:]} == {"col_abara", "far away"}
    assert {row[5][:2] for row in rows[1:]} == {"'=", "Wo"}
    assert "attachment" in reply.headers["Content-Disposition"]
    taken = session.scalars(select(AuditEntry).where(AuditEntry.event == "account.accounts_exported")).one()
    assert (taken.actor_id, taken.payload) == (organisation.compliance.id, '{"rows":2}')


def test_a_manager_takes_no_more_than_they_see(visitor, organisation, accounts):
    text = visitor(organisation.manager).get("/register/export.csv").text
    assert "ward_seven" in text
    assert "far away" not in text


def test_a_head_of_department_sees_counts_and_nobody(visitor, organisation, accounts, session, person):
    head = person("Hedy Moss", department=organisation.ward)
    session.add(DepartmentHead(department_id=organisation.ward.parent_id, person_id=head.id))
    for number in range(4):
        extra = person(f"Extra {number}", department=organisation.ward, line_manager=organisation.manager)
        make_account(session, extra, confirmed_by=organisation.manager)
    session.commit()
    assert "/register/counts" in visitor(head).get("/accounts/").text
    page = visitor(head).get("/register/counts")
    assert page.status_code == 200
    assert organisation.ward.name in page.text
    assert "Nia Rowan" not in page.text
    assert "ward_seven" not in page.text
    assert ">6<" in "".join(page.text.split())
    assert "fewer than 5" in page.text
    assert visitor(organisation.nurse).get("/register/counts").status_code == 403
    assert visitor(head).get("/register/").status_code == 403
    assert visitor(head).get(f"/accounts/{accounts['nurse'].id}").status_code == 404


def test_a_small_department_shows_no_figures(visitor, organisation, accounts):
    page = visitor(organisation.compliance).get("/register/counts").text
    assert "so few people could be recognised" in page


def test_a_manager_without_the_role_sees_nothing(visitor, organisation, accounts, session):
    organisation.manager.roles = [role for role in organisation.manager.roles if role.name == RoleName.STAFF]
    session.commit()
    visit = visitor(organisation.manager)
    assert visit.get("/register/").status_code == 403
    assert visit.get(f"/accounts/{accounts['nurse'].id}").status_code == 404
