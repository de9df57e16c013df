"""A nurse registers, checks and records a post; its case is worked by four people; the trends count one more."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.cases.models import Case
from governance.cases.titles import JUST_CULTURE
from governance.kernel import clock
from tests.factories.posts import words
from tests.factories.trends import Said, make_posts
from tests.fixtures.organisation import add_person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
ANSWER = "I see it now. I have taken it down, and I am sorry.\nIt was a long night."
STEPS = [
    "opened",
    "triaged",
    "opinion_given",
    "opinion_given",
    "reply_invited",
    "replied",
    "decided",
    "closed",
]
REASONS = "No harm was meant, the post is gone, and the author saw it at once."


def test_from_a_post_to_the_trend(session, organisation, browse, axe):
    yesterday = clock.now() - timedelta(days=1)
    others = [add_person(session, f"Other {number}") for number in range(6)]
    make_posts(session, [Said(one, clock.local_date(yesterday), "medium") for one in others])
    session.commit()
    pages = {
        who: browse(getattr(organisation, who))
        for who in ("nurse", "manager", "clinical_lead", "hr", "director", "compliance")
    }
    before = flagged_posts(pages["compliance"])

    nurse = pages["nurse"]
    register(nurse)
    check_and_record(nurse, words("medium"), yesterday)
    session.rollback()
    reference = session.scalars(select(Case.reference)).one()
    session.rollback()  # a session that has read holds SQLite's one write lock
    case = f"/cases/{reference}"

    take_first_look(pages["manager"], reference)
    give_opinion(pages["clinical_lead"], case, "clinical opinion", "Two details point to one person.")
    nurse.goto(case)
    expect(nurse.locator("body")).to_contain_text("What others thought")
    assert "Two details point to one person." not in nurse.inner_text("main")
    give_opinion(pages["hr"], case, "HR opinion", "A slip at the end of a long week.")
    answer(nurse, case, axe)
    decide(pages["director"], case, axe)
    close(pages["manager"], case)
    nurse.goto(case)
    expect(nurse.locator("body")).to_contain_text("A supportive conversation")
    expect(nurse.locator("body")).to_contain_text(REASONS)
    assert axe(nurse) == []

    assert flagged_posts(pages["compliance"]) == before + 1
    assert steps_in_the_trail(session) == STEPS


def steps_in_the_trail(session):
    """What the audit trail says of the case, the looks at it apart."""
    session.rollback()
    events = session.scalars(
        select(AuditEntry.event)
        .where(AuditEntry.thing == "case", AuditEntry.event != "case.viewed")
        .order_by(AuditEntry.id)
    )
    return [event.removeprefix("case.") for event in events]


def flagged_posts(compliance):
    """The flagged posts of the last line of the table of posts."""
    compliance.goto("/trends/posts")
    table = compliance.locator("table").first
    names = table.locator("thead th").all_text_contents()
    place = next(number for number, name in enumerate(names) if "lagged" in name)
    rows = table.locator("tbody tr")
    cell = rows.nth(rows.count() - 1).locator("th, td").nth(place)
    return int(cell.text_content().strip())


def register(nurse):
    nurse.goto("/accounts/register")
    nurse.locator("main form input[type=checkbox]").check()
    nurse.get_by_role("button", name="Note that I have read it").click()
    nurse.get_by_role("button", name="Start").click()
    nurse.get_by_label("X (Twitter)").check()
    nurse.get_by_role("button", name="Continue").click()
    nurse.get_by_label("Handle").fill("@nia_on_nights")
    nurse.get_by_label("Address of the profile").fill("https://x.com/nia_on_nights")
    nurse.get_by_role("button", name="Continue").click()
    nurse.get_by_label("What do you use this account for?").fill("Small things I learn on nights.")
    nurse.get_by_label("Anyone").check()
    nurse.get_by_role("button", name="Continue").click()
    nurse.get_by_role("button", name="Continue").click()
    nurse.get_by_role("button", name="Register this account").click()
    expect(nurse.locator("body")).to_contain_text("The account is registered")


def check_and_record(nurse, text, moment):
    nurse.goto("/check")
    nurse.fill("#text", text)
    nurse.select_option("#platform", "x")
    nurse.get_by_role("button", name="Check my words").click()
    expect(nurse.locator(".app-finding").first).to_be_visible()
    nurse.get_by_role("button", name="Record it as posted").click()
    expect(nurse.locator("h1")).to_have_text("Record a post that is out")
    assert nurse.input_value("#text") == text
    posted = clock.local(moment)
    nurse.get_by_label("Day it was posted").fill(f"{posted:%Y-%m-%d}")
    nurse.get_by_label("Time in the United Kingdom").fill(f"{posted:%H:%M}")
    nurse.get_by_label("Address of the post").fill("https://x.com/nia_on_nights/status/717171")
    nurse.get_by_role("button", name="Record this post").click()
    expect(nurse).to_have_url(re.compile(r"/posts/\d+"))


def take_first_look(manager, reference):
    manager.goto("/cases/")
    manager.get_by_role("link", name=reference).click()
    manager.get_by_role("link", name="Take the first look").click()
    manager.get_by_role("button", name="Save the first look").click()
    expect(manager.locator("body")).to_contain_text("There is a problem")
    manager.get_by_label("Yes: their account, and their words").check()
    manager.get_by_label("How do you know?").fill("It is her registered account.")
    manager.get_by_label("Others should look at it before anybody decides").check()
    manager.get_by_label("Why?").fill("Somebody may be recognised.")
    manager.get_by_label("Clinical and HR opinions").check()
    chosen = manager.get_by_label("who decides in the end?")
    chosen.select_option(label=chosen.locator("option", has_text="Dora Lindt").text_content())
    manager.get_by_role("button", name="Save the first look").click()
    expect(manager.locator("body")).to_contain_text("Being reviewed")


def give_opinion(writer, case, name, findings):
    writer.goto(case)
    writer.get_by_role("link", name=f"Write the {name}").click()
    writer.get_by_label("Low: a slip that anybody could make").check()
    writer.get_by_label("What do you find?").fill(findings)
    for question in JUST_CULTURE.values():
        writer.get_by_role("group", name=question).get_by_label("No", exact=True).check()
    writer.get_by_label("Other sources").fill("Local social media policy")
    writer.get_by_role("button", name="Give this opinion").click()
    expect(writer.locator("body")).to_contain_text(findings)


def answer(nurse, case, axe):
    nurse.goto("/cases/yours")
    expect(nurse.locator("body")).to_contain_text("Please answer by")
    nurse.goto(case)
    nurse.get_by_role("link", name="Write your answer").click()
    expect(nurse.locator("body")).to_contain_text("Two details point to one person.")
    assert "Clem Hart" not in nurse.inner_text("main")
    assert axe(nurse) == []
    nurse.get_by_label("Your answer", exact=True).fill(ANSWER)
    nurse.get_by_label("Who is with you?").fill("Una Rep")
    nurse.get_by_role("button", name="Send your answer").click()
    expect(nurse.locator("body")).to_contain_text("Waiting for a decision")


def decide(director, case, axe):
    director.goto(case)
    expect(director.locator("body")).to_contain_text("It was a long night.")
    director.get_by_role("link", name="Write the decision").click()
    expect(director.locator("h1")).to_have_text("Your decision")
    assert axe(director) == []
    director.get_by_label("A supportive conversation").check()
    director.get_by_label("Why?").fill(REASONS)
    director.get_by_label("Other sources").fill("Local social media policy")
    director.get_by_role("button", name="Give this decision to Nia Rowan").click()
    expect(director.locator("body")).to_contain_text("Decision given")


def close(manager, case):
    manager.goto(case)
    manager.get_by_role("link", name="Close the case").click()
    manager.get_by_label("What was done?").fill("We talked on Friday.")
    manager.get_by_role("button", name="Close and tell Nia Rowan").click()
    expect(manager.locator("body")).to_contain_text("Outcome given")
