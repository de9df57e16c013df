"""What an assessment keeps: the engine's answer as it was that day, without guards."""

import dataclasses

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from governance.assessments.models import Assessment
from governance.assessments.queries import newest_of
from governance.assessments.stored import row_of, scoring_of
from governance.kernel import clock
from tests.factories.posts import GOOD, scored, submit, words

TEXTS = {
    "good": GOOD,
    "medium": words("medium"),
    "critical": words("critical"),
    "with emoji before the words": f"🩺🩺 {words('high')}",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_is_shown_later_is_what_was_said_that_day(session, organisation, text):
    version = submit(session, organisation.nurse, text).post.latest
    said = dataclasses.replace(scored(text), rulebook="another rulebook")
    session.add(row_of(version, said, clock.now()))
    session.commit()
    session.expire_all()
    row = session.scalars(select(Assessment).where(Assessment.rulebook == "another rulebook")).one()
    kept = scoring_of(row)
    assert kept == dataclasses.replace(said, guards=(), shadow=(), not_applied=kept.not_applied)
    assert [text[one.start : one.end] for one in kept.findings] == [one.quote for one in kept.findings]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_guard_is_not_kept_with_an_assessment(session, organisation):
    text = words("none", guard="protected_disclosure")
    said = scored(text)
    assert said.guards
    version = submit(session, organisation.nurse, text).post.latest
    session.commit()
    row = newest_of(session, [version.id])[version.id]
    assert scoring_of(row).guards == ()
    assert "protected_disclosure" not in repr(row.details)
    assert row.details["not_applied"] == [], "why a rule kept silent can tell of a guard"


def test_the_newest_assessment_is_the_one_that_counts(session, organisation):
    version = submit(session, organisation.nurse).post.latest
    newer = row_of(version, dataclasses.replace(scored(GOOD), rulebook="a later rulebook"), clock.now())
    session.add(newer)
    session.commit()
    assert newest_of(session, [version.id, 999_999]) == {version.id: newer}


def test_one_rulebook_assesses_a_version_once(session, organisation):
    version = submit(session, organisation.nurse).post.latest
    session.add(row_of(version, scored(GOOD), clock.now()))
    with pytest.raises(IntegrityError):
        session.flush()


def test_an_assessment_is_never_changed(session, organisation):
    version = submit(session, organisation.nurse).post.latest
    session.commit()
    newest_of(session, [version.id])[version.id].score = 99
    with pytest.raises(IntegrityError, match="refuse update"):
        session.flush()
