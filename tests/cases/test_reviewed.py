"""'Reviewed, no concern' stays until the post or the rulebook changes."""

import pytest
from sqlalchemy import func, select

from governance.cases.models import Case
from governance.kernel import clock
from governance.posts.models import PostVersion
from governance.workflow.open_case import open_case
from tests.factories.cases import case_at, issue, make_assessment, make_scoring, open_for
from tests.workflow.test_place_report import _close

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _again(session, case, rulebook="test-1", text=None):
    version = case.post.latest
    if text is not None:
        version = PostVersion(number=2, text=text, written_by=case.subject, written_at=clock.now())
        case.post.versions.append(version)
        session.flush()
    scoring = make_scoring(rulebook=rulebook)
    known = case.assessment if text is None and rulebook == "test-1" else None
    return open_case(session, assessment=known or make_assessment(session, version, scoring), scoring=scoring)


@pytest.mark.parametrize(
    ("again", "opens"),
    [
        ({}, False),
        ({"rulebook": "test-2"}, True),
        ({"text": "Other words altogether."}, True),
    ],
)
def test_no_concern_stands_until_post_or_rulebook_change(session, organisation, again, opens):
    case = open_for(session, organisation.nurse)
    _close(session, case)
    assert (_again(session, case, **again) is not None) is opens


@pytest.mark.parametrize(("again", "opens"), [({"rulebook": "test-2"}, False), ({"text": "Other."}, True)])
def test_what_was_decided_stands_whatever_rule_is_written_since(session, organisation, again, opens):
    case = case_at(session, organisation, "decision")
    issue(session, case)
    case.stage, case.closure, case.closed_at = "closed", "outcome", clock.now()
    session.flush()
    assert (_again(session, case, **again) is not None) is opens
    assert session.scalar(select(func.count(Case.id))) == 1 + opens
