"""The start page of each role: what waits for them, and nothing of others'."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from governance.people.models import Person
from governance.people.roles import RoleName
from tests.factories.accounts import make_account
from tests.factories.cases import case_at, open_for
from tests.factories.trends import Said, make_posts, weeks_ago
from tests.fixtures.applications import Visitor
from tests.fixtures.organisation import Organisation, add_person, add_role

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PARTS = {
    RoleName.STAFF: set(),
    RoleName.MANAGER: {"Cases that wait for you", "Drafts to approve", "Accounts to confirm"},
    RoleName.CLINICAL_LEAD: {"Cases that wait for you", "Drafts to approve"},
    RoleName.HR: {"Cases that wait for you"},
    RoleName.COMPLIANCE: {"How it goes", "Accounts to confirm"},
    RoleName.GUARDIAN: {"Cases held for you"},
    RoleName.DPO: {"Cases that wait for you"},
    RoleName.ADMIN: {"People"},
}
ALL = set().union(*PARTS.values())


def headings(page: str) -> set[str]:
    return {part for part in ALL if f">{part}</h2>" in page}


def test_show_gives_each_role_its_own_parts(organisation: Organisation, visitor: Callable[[Person], Visitor]):
    for role, parts in PARTS.items():
        answer = visitor(organisation.in_role(role)).get("/")
        assert answer.status_code == 200
        assert headings(answer.text) == parts, role
        assert "Check a post" in answer.text
        assert "What is looked at, and why" in answer.text


@SQLITE
def test_several_roles_are_stacked_with_what_waits_first(
    session: Session, organisation: Organisation, visitor: Callable[[Person], Visitor]
):
    both = organisation.compliance
    both.roles += [add_role(session, RoleName.MANAGER), add_role(session, RoleName.GUARDIAN)]
    session.commit()
    page = visitor(both).get("/").text
    assert {"How it goes", "Cases held for you", "Drafts to approve", "Accounts to confirm"} == headings(page)
    stacked = [
        "Cases held for you",
        "Drafts to approve",
        "Accounts to confirm",
        "A post of your own",
        "How it goes",
    ]
    assert sorted(stacked, key=lambda title: page.index(f">{title}</h2>")) == stacked


@SQLITE
def test_staff_see_what_they_are_asked_and_by_when(
    session: Session, organisation: Organisation, visitor: Callable[[Person], Visitor]
):
    case = case_at(session, organisation, "reply")
    make_account(session, organisation.nurse, handle="nia_rowan")
    session.commit()
    page = visitor(organisation.nurse).get("/").text
    assert f"Give your answer in {case.reference}" in page
    assert "Show that nia_rowan is yours" in page
    assert case.reference not in visitor(organisation.colleague).get("/").text


@SQLITE
def test_held_case_is_on_the_guardians_page_alone(
    session: Session, organisation: Organisation, visitor: Callable[[Person], Visitor]
):
    held = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    session.commit()
    seen = {role for role in RoleName if held.reference in visitor(organisation.in_role(role)).get("/").text}
    assert seen == {RoleName.GUARDIAN, RoleName.STAFF}  # the nurse is its author


@SQLITE
def test_administrator_sees_who_has_no_key(organisation: Organisation, visitor: Callable[[Person], Visitor]):
    page = visitor(organisation.admin).get("/").text
    assert "9 people have no sign-in of their own" in page
    assert "1 person has nobody entered above them" in page


@pytest.mark.browser
@SQLITE
def test_start_pages_read_well_for_everybody(
    session: Session,
    organisation: Organisation,
    browse: Callable[..., Page],
    axe: Callable[[Page], list[str]],
):
    case_at(session, organisation, "reply")
    open_for(session, organisation.colleague)
    crowd = [add_person(session, f"Person {n}", department=organisation.ward) for n in range(6)]
    make_posts(session, [Said(one, weeks_ago(ago), "medium") for one in crowd for ago in range(1, 12)])
    session.commit()
    for role in RoleName:
        page = browse(organisation.in_role(role), width=375)
        page.goto("/")
        if role is RoleName.COMPLIANCE:
            expect(page.locator("[data-chart]").first).to_have_attribute("data-drawn", "yes")
        assert axe(page) == [], role
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, role
