"""A draft on its way: sent, sent back, changed, approved, withdrawn, posted. Nothing of it is ever held against anybody."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from governance.audit.models import AuditEntry
from governance.cases.models import Case
from governance.guidance.loader import shipped_rulebook
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid, Refused, Stale
from governance.people.roles import RoleName
from governance.posts.models import Post
from governance.workflow.approve_draft import approve_draft
from governance.workflow.ask_changes import ask_changes
from governance.workflow.publish_draft import publish_draft
from governance.workflow.revise_post import revise_post
from governance.workflow.withdraw_draft import withdraw_draft
from tests.factories.posts import GOOD, make_account, make_draft, submit, words
from tests.fixtures.organisation import add_person


def events(session):
    return list(
        session.scalars(select(AuditEntry.event).where(AuditEntry.thing == "post").order_by(AuditEntry.id))
    )


def cases(session):
    return session.scalar(select(func.count(Case.id)))


def revise(session, author, post, text, version=None):
    return revise_post(
        session, author, post=post, text=text, version=version or post.version, rulebook=shipped_rulebook()
    )


def publish(session, author, post, text=None, **more):
    given = {"posted_at": clock.now(), "version": post.version} | more
    return publish_draft(
        session, author, post=post, text=text or post.latest.text, rulebook=shipped_rulebook(), **given
    )


def approved(session, organisation, text=GOOD):
    post = make_draft(session, organisation.nurse, text)
    approve_draft(session, post.approver, post=post, version=post.version, comment="Well put.")
    return post


@pytest.mark.parametrize("severity", ["none", "low", "medium", "high", "critical"])
def test_a_draft_opens_no_case_whatever_is_in_it(session, organisation, severity):
    post = make_draft(session, organisation.nurse, words(severity))
    assert (post.kind, post.draft_state, post.posted_at) == ("draft", "awaiting_approval", None)
    ask_changes(session, post.approver, post=post, version=post.version, comment="Please leave it out.")
    revise(session, organisation.nurse, post, words(severity, place=0) + " Thank you.")
    withdraw_draft(session, organisation.nurse, post=post, version=post.version)
    assert cases(session) == 0
    assert not [event for event in events(session) if not event.startswith("post.")]


def test_the_same_draft_sent_twice_is_one(session, organisation):
    account = make_account(session, organisation.nurse)
    first = make_draft(session, organisation.nurse, GOOD, account)
    assert make_draft(session, organisation.nurse, GOOD, account) is first
    assert events(session) == ["post.submitted", "post.assessed"]
    assert make_draft(session, organisation.nurse, GOOD + " Thank you.", account) is not first
    assert make_draft(session, organisation.nurse, GOOD) is not first, "another account"
    withdraw_draft(session, organisation.nurse, post=first, version=first.version)
    assert make_draft(session, organisation.nurse, GOOD, account) is not first, "it waits no more"


def test_the_line_manager_approves_and_a_clinical_lead_at_high_or_more(session, organisation):
    nurse = organisation.nurse
    assert make_draft(session, nurse, GOOD).approver == organisation.manager
    assert make_draft(session, nurse, words("medium")).approver == organisation.manager
    assert make_draft(session, nurse, words("high")).approver == organisation.clinical_lead
    assert make_draft(session, nurse, words("critical")).approver == organisation.clinical_lead


def test_a_clinical_lead_of_the_ward_comes_before_one_of_the_division(session, organisation):
    own = add_person(session, "Ola Berg", RoleName.CLINICAL_LEAD, department=organisation.ward)
    assert make_draft(session, organisation.nurse, words("high")).approver == own


@pytest.mark.parametrize("text", [GOOD, "high"])
def test_where_nobody_fits_it_is_the_next_up_the_tree(session, organisation, text):
    organisation.manager.active = organisation.clinical_lead.active = False
    text = words(text) if text == "high" else text
    assert make_draft(session, organisation.nurse, text).approver == organisation.director


def test_nobody_approves_their_own_draft(session, organisation):
    post = make_draft(session, organisation.clinical_lead, words("high"))
    assert post.approver == organisation.director
    post.approver = organisation.clinical_lead
    session.flush()
    with pytest.raises(Refused, match="own draft"):
        approve_draft(session, organisation.clinical_lead, post=post, version=post.version)


def test_somebody_without_anyone_above_is_told_what_to_do(session, organisation):
    organisation.clinical_lead.active = organisation.director.active = organisation.manager.active = False
    with pytest.raises(Invalid, match="administrator"):
        make_draft(session, organisation.nurse)


def test_approved_after_changes(session, organisation):
    nurse, post = organisation.nurse, make_draft(session, organisation.nurse, words("high"))
    lead = post.approver
    ask_changes(session, lead, post=post, version=post.version, comment=" Leave the person out. ")
    assert (post.draft_state, post.approvals[0].comment) == ("changes_asked", "Leave the person out.")
    revise(session, nurse, post, GOOD)
    assert (post.draft_state, post.approver) == ("awaiting_approval", organisation.manager)
    approve_draft(session, organisation.manager, post=post, version=post.version)
    assert post.draft_state == "approved"
    assert [version.text for version in post.versions] == [words("high"), GOOD]
    assert [(one.outcome, one.post_version.number) for one in post.approvals] == [
        ("changes_asked", 1),
        ("approved", 2),
    ]
    assert events(session) == [
        "post.submitted",
        "post.assessed",
        "post.draft_changes_asked",
        "post.version_added",
        "post.assessed",
        "post.draft_approved",
    ]


def test_asking_for_changes_needs_words(session, organisation):
    post = make_draft(session, organisation.nurse)
    with pytest.raises(Invalid, match="what should change") as caught:
        ask_changes(session, organisation.manager, post=post, version=post.version, comment="  ")
    assert caught.value.field == "comment"
    assert post.draft_state == "awaiting_approval"


@pytest.mark.parametrize("who", ["director", "hr", "compliance", "colleague", "clinical_lead"])
def test_only_the_one_who_was_asked_answers(session, organisation, who):
    post = make_draft(session, organisation.nurse)
    for verb, more in ((approve_draft, {}), (ask_changes, {"comment": "No."})):
        with pytest.raises(Refused):
            verb(session, getattr(organisation, who), post=post, version=post.version, **more)
    with pytest.raises(Refused):
        withdraw_draft(session, getattr(organisation, who), post=post, version=post.version)
    with pytest.raises(Refused):
        revise(session, getattr(organisation, who), post, "Other words")


def test_an_answer_to_older_words_is_stale_and_says_what_changed(session, organisation):
    post = make_draft(session, organisation.nurse)
    seen = post.version
    revise(session, organisation.nurse, post, "A quite different text about hand washing.")
    with pytest.raises(Stale) as caught:
        approve_draft(session, organisation.manager, post=post, version=seen)
    assert caught.value.changes == ("It is at version 2. It waits for approval.",)
    with pytest.raises(Stale):
        withdraw_draft(session, organisation.nurse, post=post, version=None)


def test_an_answered_draft_is_not_answered_again(session, organisation):
    post = approved(session, organisation)
    with pytest.raises(Conflict, match="any more"):
        approve_draft(session, organisation.manager, post=post, version=post.version)
    with pytest.raises(Conflict):
        ask_changes(session, organisation.manager, post=post, version=post.version, comment="Wait")


def test_unchanged_words_are_no_revision(session, organisation):
    post = make_draft(session, organisation.nurse)
    with pytest.raises(Invalid, match="Nothing is changed"):
        revise(session, organisation.nurse, post, GOOD)


def test_new_words_for_an_approved_draft_wait_again(session, organisation):
    post = approved(session, organisation)
    revise(session, organisation.nurse, post, words("medium"))
    assert post.draft_state == "awaiting_approval"


def test_a_withdrawn_draft_stays_so(session, organisation):
    post = make_draft(session, organisation.nurse)
    withdraw_draft(session, organisation.nurse, post=post, version=post.version)
    for act in (
        lambda: revise(session, organisation.nurse, post, "Again"),
        lambda: withdraw_draft(session, organisation.nurse, post=post, version=post.version),
        lambda: publish(session, organisation.nurse, post),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize("severity", ["none", "high"])
def test_approved_words_are_posted_as_the_same_post_and_open_no_case(session, organisation, severity):
    post = approved(session, organisation, words(severity))
    at = datetime(2026, 6, 7, 23, 30, tzinfo=UTC)
    with clock.at(at + timedelta(days=1)):
        assert (
            publish(session, organisation.nurse, post, posted_at=at, url=f"{post.account.url}/status/5")
            is None
        )
    assert (post.kind, post.draft_state, post.identity) == ("published", None, "n:5")
    assert (str(post.local_date), post.local_week) == ("2026-06-08", "2026-W24")
    assert len(post.approvals) == 1
    assert cases(session) == 0
    assert events(session)[-1] == "post.draft_published"


def test_other_words_than_the_approved_ones_are_looked_at_like_any_post(session, organisation):
    post = approved(session, organisation)
    case = publish(session, organisation.nurse, post, words("high"))
    assert case is not None
    assert (case.post, post.latest.number) == (post, 2)


def test_a_draft_is_not_recorded_as_posted_before_it_is_approved(session, organisation):
    post = make_draft(session, organisation.nurse)
    with pytest.raises(Refused, match="not been approved"):
        publish(session, organisation.nurse, post)


def test_a_draft_is_not_recorded_as_a_post_that_is_here_already(session, organisation):
    post = approved(session, organisation)
    submit(session, organisation.nurse, "Other words", post.account, native_id="5")
    with pytest.raises(Invalid, match="already") as caught:
        publish(session, organisation.nurse, post, url=f"{post.account.url}/status/5")
    assert caught.value.field == "url"
    assert session.scalar(select(func.count(Post.id)).where(Post.kind == "draft")) == 1


def test_an_edited_post_is_kept_in_both_wordings_and_may_open_a_case(session, organisation):
    account = make_account(session, organisation.nurse)
    post = submit(session, organisation.nurse, GOOD, account).post
    revise(session, organisation.nurse, post, words("medium"))
    assert [version.number for version in post.versions] == [1, 2]
    assert cases(session) == 1
    revise(session, organisation.nurse, post, words("high"))
    assert cases(session) == 1
