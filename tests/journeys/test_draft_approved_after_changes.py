"""A nurse checks a draft, asks before posting, changes it as asked, and records it as posted; no case comes of it."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from governance.cases.models import Case
from governance.posts.models import Post
from tests.factories.posts import GOOD, make_account, words

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


def test_a_draft_is_approved_after_changes(session, organisation, browse, axe):
    address = f"{make_account(session, organisation.nurse).url}/status/424242"
    risky, people = words("medium"), organisation
    nurse, manager = browse(people.nurse), browse(people.manager)
    check_and_ask(nurse, risky)
    assert axe(nurse) == []
    draft = nurse.url
    ask_for_changes(manager)
    change(nurse, draft)
    approve(manager)
    record_as_posted(nurse, draft, address)
    assert axe(nurse) == []

    session.rollback()
    post = session.scalars(select(Post)).one()
    assert (post.kind, post.url, [version.number for version in post.versions]) == (
        "published",
        address,
        [1, 2],
    )
    assert [approval.outcome for approval in post.approvals] == ["changes_asked", "approved"]
    assert session.scalar(select(func.count(Case.id))) == 0


def check_and_ask(nurse, risky):
    nurse.goto("/check")
    nurse.fill("#text", risky)
    nurse.select_option("#platform", "x")
    nurse.get_by_role("button", name="Check my words").click()
    expect(nurse.locator(".app-finding").first).to_be_visible()
    assert "Nothing was stored" in nurse.inner_text("#answer")
    nurse.get_by_role("button", name="Send as a draft for approval").click()
    assert nurse.input_value("#text") == risky
    nurse.get_by_role("button", name="Send this draft for approval").click()
    assert "sent to Mark Osei" in nurse.inner_text("body")


def ask_for_changes(manager):
    manager.goto("/approvals")
    manager.get_by_role("link", name="Nia Rowan").click()
    expect(manager.locator("mark").first).to_be_visible()
    manager.get_by_role("button", name="Ask Nia Rowan for changes").click()
    assert "There is a problem" in manager.inner_text("main")
    manager.get_by_label("Your comment to the author").fill(
        "Lovely idea. Could you tell it without the person?"
    )
    manager.get_by_role("button", name="Ask Nia Rowan for changes").click()
    assert "No draft waits for you" in manager.inner_text("main")


def change(nurse, draft):
    nurse.goto(draft)
    assert "Could you tell it without the person?" in nurse.inner_text("main")
    nurse.get_by_role("link", name="Change the words").click()
    nurse.get_by_label("Your words").fill(GOOD)
    nurse.get_by_role("button", name="Send the new words for approval").click()


def approve(manager):
    manager.goto("/approvals")
    manager.get_by_role("link", name="Nia Rowan").click()
    assert "Earlier words" in manager.inner_text("main")
    manager.get_by_label("Your comment to the author").fill("Even better, thank you.")
    manager.get_by_role("button", name="Approve and tell Nia Rowan").click()


def record_as_posted(nurse, draft, address):
    nurse.goto(draft)
    assert "Even better, thank you." in nurse.inner_text("main")
    nurse.get_by_role("link", name="Record it as posted").click()
    nurse.get_by_label("Day it was posted").fill("2026-01-05")
    nurse.get_by_label("Time").fill("14:05")
    nurse.get_by_label("Address of the post").fill(address)
    nurse.get_by_role("button", name="Record it as posted").click()
    assert "Thank you for asking first" in nurse.inner_text("body")
