"""Posts over the API: one's own and drafts one approves; the findings as they were stored; no guards."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import event, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from governance.assessments.models import Assessment
from governance.cases.models import GUARDS, Case
from governance.guidance.loader import shipped_rulebook
from governance.posts.models import Post
from governance.workflow.approve_draft import approve_draft
from governance.workflow.publish_draft import publish_draft
from governance.workflow.revise_post import revise_post
from governance.workflow.triage import triage
from tests.factories.posts import make_account, make_draft, submit, words
from tests.fixtures.organisation import Organisation

Call = Callable[..., TestResponse]


def test_a_post_with_its_stored_findings(call: Call, session: Session, organisation: Organisation):
    moment = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    post = submit(session, organisation.nurse, words("high"), posted_at=moment, native_id="77").post
    kept = session.scalars(select(Assessment)).one()
    expected = [(one.rule, one.starts, one.ends, one.quote) for one in kept.findings]
    post_id = post.id
    reply = call(organisation.nurse, f"/posts/{post_id}").json
    assert reply is not None
    assert (reply["text"], reply["native_id"], reply["version"]) == (words("high"), "77", 1)
    assert reply["posted_at"] == "2026-03-01T09:30:00+00:00"
    assert reply["assessment"]["severity"] == "high"
    found = [(one["rule"], one["start"], one["end"], one["quote"]) for one in reply["assessment"]["findings"]]
    assert found == expected
    assert found
    assert all(reply["text"][start:end] == quote for _, start, end, quote in found)
    (listed,) = (call(organisation.nurse, "/posts").json or {})["items"]
    assert listed.keys() == reply.keys()
    assert "findings" not in listed["assessment"]


def test_one_sees_ones_own_and_the_drafts_one_approves(
    call: Call, session: Session, organisation: Organisation
):
    own = submit(session, organisation.nurse).post.id
    draft = make_draft(session, organisation.nurse).id
    other = submit(session, organisation.colleague).post.id
    seen = {
        person: [one["id"] for one in (call(getattr(organisation, person), "/posts").json or {})["items"]]
        for person in ("nurse", "manager", "compliance", "guardian")
    }
    assert seen == {"nurse": [draft, own], "manager": [draft], "compliance": [], "guardian": []}
    for person, number, status in (("nurse", other, 404), ("manager", draft, 200), ("manager", own, 404)):
        assert call(getattr(organisation, person), f"/posts/{number}").status_code == status


def test_a_post_of_a_case_is_read_alone_and_never_in_a_list(
    call: Call, session: Session, organisation: Organisation
):
    post = submit(session, organisation.nurse, words("high")).post.id
    assert session.scalars(select(Case.holder_id)).one() == organisation.manager.id
    assert call(organisation.manager, f"/posts/{post}").status_code == 200
    assert (call(organisation.manager, "/posts").json or {})["items"] == []
    assert call(organisation.colleague, f"/posts/{post}").status_code == 404


def test_no_answer_has_a_place_for_guards(call: Call, session: Session, organisation: Organisation):
    for guard in GUARDS:
        submit(session, organisation.nurse, words("none", guard=guard))
    replies = [call(organisation.nurse, "/posts").json]
    replies += [
        call(organisation.nurse, f"/posts/{number}").json for number in session.scalars(select(Post.id)).all()
    ]
    assert len(replies) == 1 + len(GUARDS)
    said = json.dumps(replies)
    assert not [name for name in ("guard", *GUARDS) if f'"{name}' in said]


def test_a_page_of_posts_takes_as_many_statements_as_one_post(
    call: Call, session: Session, organisation: Organisation, app
):
    account = make_account(session, organisation.nurse)

    def statements() -> int:
        told: list[str] = []

        def tell(_connection, _cursor, statement: str, *_rest) -> None:
            told.append(statement)

        engine = app.extensions["database"]
        event.listen(engine, "before_cursor_execute", tell)
        call(organisation.nurse, "/posts?per_page=100")
        event.remove(engine, "before_cursor_execute", tell)
        return len(told)

    submit(session, organisation.nurse, words("high"), account)
    few = statements()
    for number in range(12):
        submit(session, organisation.nurse, f"{words('high')} {number}", account)
    assert statements() == few


def test_whoever_answered_a_draft_reads_no_words_that_came_later(
    call: Call, session: Session, organisation: Organisation
):
    draft = make_draft(session, organisation.nurse, words("medium"))
    number, approved = draft.id, draft.latest.text
    approve_draft(session, organisation.manager, post=draft, version=draft.version)
    publish_draft(
        session,
        organisation.nurse,
        post=draft,
        version=draft.version,
        text="Later words.",
        posted_at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        rulebook=shipped_rulebook(),
    )
    reply = call(organisation.manager, f"/posts/{number}").json or {}
    (listed,) = (call(organisation.manager, "/posts").json or {})["items"]
    assert [(one["text"], one["version"]) for one in (reply, listed)] == [(approved, 1)] * 2
    assert (call(organisation.nurse, f"/posts/{number}").json or {})["text"] == "Later words."


def test_words_after_a_case_was_closed_are_not_read_through_it(
    call: Call, session: Session, organisation: Organisation, visitor
):
    done = submit(session, organisation.nurse, words("high"))
    case, number = done.case, done.post.id
    assert case is not None
    triage(
        session,
        organisation.manager,
        case=case,
        version=case.version,
        identity="theirs",
        how_known="I asked them.",
        outcome="no_concern",
        reason="Nobody could be recognised.",
    )
    reference, first = case.reference, done.post.latest.text
    revise_post(
        session,
        organisation.nurse,
        post=done.post,
        text="Later words.",
        version=done.post.version,
        rulebook=shipped_rulebook(),
    )
    assert (call(organisation.manager, f"/posts/{number}").json or {})["text"] == first
    assert (call(organisation.nurse, f"/posts/{number}").json or {})["text"] == "Later words."
    session.commit()
    page = visitor(organisation.manager).get(f"/cases/{reference}")
    assert (page.status_code, "Later words." in page.text) == (200, False)
