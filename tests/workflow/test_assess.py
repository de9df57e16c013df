import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from governance.assessments.models import Assessment
from governance.assessments.stored import scoring_of
from governance.audit.models import AuditEntry
from governance.guidance.loader import shipped_rulebook
from governance.kernel import clock
from governance.workflow.assess import assess
from tests.factories.posts import GOOD, make_account, make_draft, submit, words


@pytest.mark.parametrize("severity", ["none", "low", "medium", "high", "critical"])
def test_what_is_kept_gives_back_what_was_said(session, organisation, severity):
    done = submit(session, organisation.nurse, words(severity))
    session.commit()
    session.expire_all()
    kept = session.get(Assessment, done.assessed.assessment.id)
    said = done.assessed.scoring
    assert scoring_of(kept) == replace(said, guards=(), shadow=())
    assert {row.category for row in kept.categories} == {one.id for one in said.categories}
    assert {row.benefit for row in kept.benefits} == {one.id for one in said.benefits}


def test_the_same_version_is_assessed_once(session, organisation):
    post = make_draft(session, organisation.nurse)
    again = assess(session, post.latest, shipped_rulebook())
    assert not again.new
    assert session.scalar(select(func.count(Assessment.id))) == 1
    events = session.scalars(select(AuditEntry.event)).all()
    assert events.count("post.assessed") == 1


@pytest.mark.parametrize("guard", ["protected_disclosure", "union_activity", "own_health"])
def test_a_guard_is_told_and_not_kept(session, organisation, guard):
    done = submit(session, organisation.nurse, words("none", guard=guard))
    assert [one.id for one in done.assessed.scoring.guards] == [guard]
    assert done.case is None
    kept = done.assessed.assessment
    everything = json.dumps(
        [
            kept.details,
            kept.severity,
            [row.benefit for row in kept.benefits],
            [row.rule for row in kept.findings],
        ]
    )
    assert guard not in everything
    assert kept.details["not_applied"] == []
    assert guard not in "".join(session.scalars(select(AuditEntry.payload)))
    again = assess(session, done.post.latest, shipped_rulebook())
    assert [one.id for one in again.scoring.guards] == [guard]


def test_the_mosaic_reads_the_authors_own_recent_posts_and_nobody_elses(session, organisation):
    nurse, account = organisation.nurse, make_account(session, organisation.nurse)
    long_ago = clock.now() - timedelta(days=200)
    earlier = submit(session, nurse, "The patient was 84 years old.", account)
    submit(session, nurse, "Another patient, a teacher.", account, posted_at=long_ago)
    submit(session, organisation.colleague, "My patient has cystic fibrosis.")
    make_draft(session, nurse, "A patient of mine lives in Leeds.", account)
    done = submit(session, nurse, "The man in bed 4 had a bad night.", account, posted_at=clock.now())
    picture = done.assessed.scoring.jigsaw
    assert picture is not None
    assert picture.used_posts == (str(earlier.post.id),)
    assert "age" in picture.details
    assert not {"job", "condition", "rare_condition"} & set(picture.details)


def test_good_is_kept_beside_risk(session, organisation):
    done = submit(session, organisation.nurse, GOOD)
    assert done.assessed.assessment.severity == "none"
    assert done.assessed.assessment.score == done.assessed.scoring.score
