"""Every page for every role, on the demo organisation: reached by links, clean for axe, the policy and a small screen.

Pages come from the links and from the application's own routes, so that a new page is caught without being listed here.
"""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.cases.desk.models import CaseDeferral, HelpRequest
from governance.cases.models import STAGES, Case
from governance.cases.sight import can_see
from governance.cases.tasks.models import CaseTask
from governance.cases.tasks.policy import may_do
from governance.cli.seeding.demo_files import SignIn, demo_files, demo_sign_ins
from governance.concerns.models import Concern
from governance.people.models import Person
from governance.posts.models import Post
from governance.reports.models import Report
from governance.reports.policy import can_handle
from governance.workflow.stages import acts_for
from tests.fixtures.applications import Visitor
from tests.fixtures.looking import looks_wrong
from tests.fixtures.walking import page_endpoints, walk

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database_url", ["demo"], indirect=True)]

Visit = Callable[[Person], Visitor]
ANSWERS = (
    ("platform", {"platform": "bluesky"}),
    (
        "address",
        {"handle": "@page.walker.bsky.social", "url": "https://bsky.app/profile/page.walker.bsky.social"},
    ),
    ("purpose", {"purpose": "To say what I see on my walks.", "audience": "public"}),
    ("standing", {"profession": "nurse", "regulator": "", "number": ""}),
)
"""The answers of a registration, whose later pages no link leads to."""

FILES = {"accounts.download_evidence", "record.download", "register.export", "reports.evidence"}
"""What is downloaded and is no page."""

ELSEWHERE = {"cases.appeal", "cases.answer_appeal", "cases.countersign", "cases.name_hearer"}
"""What no case of the demo waits for: journeys of their own open these (tests/journeys/test_decided_by_two.py)."""

TOKEN = re.compile(r'name="csrf_token"[^>]*value="[^"]*"')


@pytest.fixture(scope="module")
def known() -> set[str]:
    """The content of pages that were found clean."""
    return set()


def person_of(session: Session, email: str) -> Person:
    return session.scalars(select(Person).where(Person.email == email)).one()


def begin_registration(visit: Visitor) -> list[str]:
    """Answer the steps of a registration up to the page to check; the addresses of its pages."""
    for step, answers in ANSWERS:
        sent = visit.post(f"/accounts/register/{step}", answers)
        assert sent.status_code == 303, sent.text
    return [f"/accounts/register/{step}" for step in ("platform", "address", "purpose", "standing", "check")]


def beside_cases(session: Session, doers: list[Person]) -> dict[tuple[Person, str], None]:
    """Who has to do with tasks and with clocks that stand still, and where they look at them."""
    places: dict[tuple[Person, str], None] = {}
    for task in session.scalars(select(CaseTask).where(CaseTask.state == "open").order_by(CaseTask.id)):
        able = [one for one in (task.case.holder, *doers) if may_do(one, task) is None]
        places |= {(person, f"/tasks/{task.id}"): None for person in able[:1]}
    for case in session.scalars(select(Case).where(Case.paused_since.is_not(None))):
        places[case.holder, f"/cases/{case.reference}"] = None
    return places


def whoever_may_act(session: Session) -> dict[tuple[Person, str], None]:
    """For each thing that can be done in a case: the first person who may do it, and the case."""
    people = list(session.scalars(select(Person).where(Person.active).order_by(Person.id)))
    first: dict[str, tuple[Person, str]] = {}
    for case in session.scalars(select(Case).where(Case.stage != "closed").order_by(Case.id)):
        for person in people:
            for act in acts_for(person, case) if can_see(person, case) else ():
                first.setdefault(act.verb, (person, f"/cases/{case.reference}"))
    return dict.fromkeys(first.values())


def people_at_work(session: Session) -> list[tuple[Person, str]]:
    """Whoever has to do with something that waits, in every stage and state, and where they look at it."""
    writers = [
        person_of(session, one.email) for one in demo_sign_ins() if one.role in ("clinical_lead", "hr", "dpo")
    ]
    places: dict[tuple[Person, str], None] = {}
    for stage in STAGES:
        for case in session.scalars(
            select(Case).where(Case.stage == stage).order_by(Case.stage_since).limit(2)
        ):
            people = (case.holder, case.decider, case.subject, *writers)
            places |= {
                (person, f"/cases/{case.reference}"): None
                for person in people
                if person and can_see(person, case)
            }
    for aside in session.scalars(select(Case).join(CaseDeferral, CaseDeferral.case_id == Case.id)):
        places[aside.holder, f"/cases/{aside.reference}"] = None
        places[aside.holder, "/cases/"] = None  # with its links to what is kept and to the keys
        places[aside.holder, f"/cases/several?act=assign&case={aside.reference}"] = None  # a form leads here
    for question in session.scalars(select(HelpRequest)):
        asked = session.get_one(Case, question.case_id)
        places[question.asked, f"/cases/{asked.reference}"] = None
    places |= whoever_may_act(session)
    places |= beside_cases(session, writers)
    for post in session.scalars(select(Post).where(Post.kind == "draft").order_by(Post.id.desc())):
        places[post.author, f"/posts/{post.id}"] = None
        if post.approver and post.draft_state == "awaiting_approval":
            places[post.approver, f"/approvals/{post.id}"] = None
    for report in session.scalars(select(Report).where(Report.state == "waiting")):
        places |= {
            (one, place): None
            for one in writers
            for place in ("/reports/", f"/reports/{report.id}")
            if can_handle(one, report) is None
        }
    for concern in session.scalars(select(Concern).limit(2)):
        guardian = concern.recorded_by
        places |= {(guardian, place): None for place in ("/concerns/", f"/concerns/{concern.id}")}
    for account in session.scalars(select(SocialAccount).where(SocialAccount.state == "pending")):
        places[account.owner, f"/accounts/{account.id}"] = None
    return list(places)


def trouble_on(page: Page | None, place: str, axe: Callable[[Page], list[str]], known: set[str]) -> list[str]:
    """What is wrong with the page at `place`, a line each.

    Content that is known to be clean, since another role saw the very same, is not searched again.
    """
    assert page is not None
    answer = page.goto(place)
    content = TOKEN.sub("", page.locator("main").inner_html())
    if content in known:
        return [f"{place}: {line}" for line in _status(answer)]
    wrong = [f"{place}: {line}" for line in (*_status(answer), *looks_wrong(page, axe))]
    if not wrong:
        known.add(content)
    return wrong


def _status(answer) -> list[str]:
    return [] if answer is not None and answer.ok else [f"answers {answer and answer.status}"]


@pytest.mark.browser
@pytest.mark.parametrize("sign_in", demo_sign_ins(), ids=lambda one: one.role)
def test_every_page_of_a_role(
    app: Flask, session: Session, visitor: Visit, browse, axe, known, sign_in: SignIn
):
    person = person_of(session, sign_in.email)
    visit = visitor(person)
    met = walk(app, visit)
    assert "\n".join(met.broken) == ""
    assert len(met.pages) > 10
    places = [*met.pages.values(), *begin_registration(visit)]
    page = browse(person)
    wrong = [line for place in dict.fromkeys(places) for line in trouble_on(page, place, axe, known)]
    assert "\n".join(wrong) == ""


@pytest.mark.browser
def test_every_page_of_people_at_work(app: Flask, session: Session, visitor: Visit, browse, axe, known):
    """What only opens while something waits: each step of a case, a draft and an account, for those who take it."""
    wanted = (
        page_endpoints(app)
        - FILES
        - ELSEWHERE
        - {"registration.check", *(f"registration.{step}" for step, _ in ANSWERS)}
    )
    wanted -= walk(app, visitor(person_of(session, "constance.adjei@thornbeck.example"))).pages.keys()
    wanted -= walk(app, visitor(person_of(session, "max.tyldesley@thornbeck.example"))).pages.keys()
    wrong: list[str] = []
    for person, start in people_at_work(session):
        met = walk(app, visitor(person), start, further=False)
        wrong += met.broken
        new = {name: place for name, place in met.pages.items() if name in wanted}
        wanted -= new.keys()
        page = browse(person) if new else None
        wrong += [line for place in new.values() for line in trouble_on(page, place, axe, known)]
    assert wanted == set(), "no link leads to these pages, for anybody in the demo"
    assert "\n".join(wrong) == ""


@pytest.mark.browser
def test_every_page_of_a_stranger(browse, axe, known):
    page = browse(None)
    assert [line for place in ("/sign-in", "/") for line in trouble_on(page, place, axe, known)] == []


def test_the_words_of_the_files_reach_the_pages(session: Session, visitor: Visit, app: Flask):
    (story,) = [one for one in demo_files().stories.values() if one.get("story") == "lighthouse"]
    person = person_of(session, "sam.adeyemi@thornbeck.example")
    visit = visitor(person)
    case = walk(app, visit).pages["cases.show"]
    page = visit.get(case).text
    assert story["opinions"][0]["findings"].split(",")[0] in page
