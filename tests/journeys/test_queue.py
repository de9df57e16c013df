"""The queue in a browser: by keys, for several cases at once, and with a view of one's own."""

import pytest
from playwright.sync_api import expect

from tests.factories.cases import open_for

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.fixture
def references(session, organisation):
    made = [open_for(session, organisation.nurse).reference for _ in range(3)]
    session.commit()
    return made


def test_keys_move_and_never_act_and_are_switched_off(organisation, browse, references, axe):
    page = browse(organisation.manager)
    page.goto("/cases/")
    links = page.locator("[data-queue-row]")
    expect(links).to_have_count(3)
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(links.nth(0)).to_be_focused()
    page.locator("#reference").focus()
    page.keyboard.type("j?k")  # typed, not obeyed
    expect(page.locator("#reference")).to_have_value("j?k")
    first = links.nth(0).inner_text()
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(first)
    page.goto("/cases/")
    page.keyboard.press("?")
    expect(page.locator("h1")).to_have_text("Keys in the queue")
    assert axe(page) == []
    page.get_by_role("button", name="Switch the keys off").click()
    expect(page.locator("main")).to_contain_text("switched off")
    page.goto("/cases/")
    expect(links).to_have_count(3)
    page.keyboard.press("j")
    expect(links.nth(0)).not_to_be_focused()


def test_several_are_handed_over_and_two_are_joined(organisation, browse, references, axe):
    page = browse(organisation.manager)
    page.goto("/cases/")
    for reference in references[:2]:
        page.get_by_label(f"Tick {reference}").check()
    page.get_by_role("button", name="Join duplicates").click()
    page.get_by_label("Which one goes on?").select_option(references[0])
    page.get_by_label("Why?").fill("The same words twice.")
    assert axe(page) == []
    page.get_by_role("button", name="Join these cases").click()
    expect(page.get_by_role("status")).to_contain_text("1 case was done")
    page.goto("/cases/")
    expect(page.locator("[data-queue-row]")).to_have_count(2)
    page.get_by_label(f"Tick {references[2]}").check()
    page.get_by_role("button", name="Hand over").click()
    page.get_by_label("Who should hold them?").select_option(
        label=page.locator("option", has_text="Dora Lindt").inner_text()
    )
    page.get_by_label("Why?").fill("On leave.")
    page.get_by_role("button", name="Hand these cases to somebody").click()
    expect(page.get_by_role("status")).to_contain_text("1 case was done")


def test_a_view_of_ones_own(organisation, browse, references, axe):
    page = browse(organisation.manager, width=375)
    page.goto("/cases/?view=team&severity=high")
    page.get_by_text("Keep what is shown as a view of yours").click()
    page.get_by_label("Name of the view").fill("Grave ones")
    page.get_by_role("button", name="Keep this view").click()
    kept = page.get_by_role("link", name="Grave ones 3")
    expect(kept).to_be_visible()
    assert axe(page) == []
    kept.click()
    expect(page.locator("[data-queue-row]")).to_have_count(3)
