"""Accounts one may post on, words of a known severity, and posts and drafts made by the verbs themselves."""

import itertools
from datetime import timedelta
from functools import cache

from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from governance.accounts.models import SocialAccount
from governance.guidance.loader import shipped_rulebook
from governance.kernel import clock
from governance.people.models import Acknowledgement, Person
from governance.people.queries import current_notice, has_acknowledged_current
from governance.posts.models import Post
from governance.scoring.answer import Scoring
from governance.scoring.engine import score
from governance.scoring.post import PostInput
from governance.workflow.send_draft import send_draft
from governance.workflow.submit_post import Submitted, submit_post
from tests.fixtures.applications import Visitor

GOOD = "A spacer isn't only for children. Ask your pharmacist to check your inhaler technique."
_numbers = itertools.count(1)


def scored(text: str) -> Scoring:
    """What the engine says of `text` by a nurse, about whom nothing else is known."""
    return score(PostInput(text, platform="x", profession="nurse"), shipped_rulebook())


@cache
def words(severity: str, *, place: int = 0, guard: str | None = None) -> str:
    """One of the rulebook's own examples that comes to `severity`, with `guard` or without any: facts, not a fixed text.

    `place` picks another one.
    """
    wanted = [] if guard is None else [guard]
    found = []
    for rule in shipped_rulebook().rules.values():
        for example in rule.fires:
            text = str(example.given["text"])
            if len(example.given) == 1 and len(text) > 20:
                said = scored(text)
                if said.severity == severity and [one.id for one in said.guards] == wanted:
                    found.append(text)
    assert len(found) > place, f"no example of the rulebook comes to {severity} with guards {wanted}"
    return found[place]


def make_account(
    session: Session, owner: Person, *, platform: str = "x", state: str = "pending"
) -> SocialAccount:
    """A registered account of `owner`, who has read the notice."""
    number = next(_numbers)
    account = SocialAccount(
        owner=owner,
        platform=platform,
        handle=f"@ward{number}",
        handle_key=f"ward{number}",
        url=f"https://{'x.com' if platform == 'x' else 'ward.example'}/ward{number}",
        purpose="Teaching",
        state=state,
        proof_code="KLM-234",
        registered_at=clock.now(),
        privacy_review_due_on=clock.local_date(clock.now()),
    )
    session.add(account)
    if not has_acknowledged_current(session, owner.id):
        notice = current_notice(session)
        session.add(Acknowledgement(person=owner, notice=notice, acknowledged_at=clock.now()))
    session.flush()
    return account


def make_draft(
    session: Session, author: Person, text: str = GOOD, account: SocialAccount | None = None
) -> Post:
    """A draft that waits for approval."""
    account = account or make_account(session, author)
    return send_draft(session, author, account=account, text=text, rulebook=shipped_rulebook())


def submit(
    session: Session, author: Person, text: str = GOOD, account: SocialAccount | None = None, **more: object
) -> Submitted:
    """A post that came out an hour ago; `more` goes to submit_post."""
    account = account or make_account(session, author)
    given = {"posted_at": clock.now() - timedelta(hours=1)} | more
    return submit_post(session, author, account=account, text=text, rulebook=shipped_rulebook(), **given)


class Visits:
    """A visitor before whose requests the test's own session lets go: on SQLite it would hold the one write lock."""

    def __init__(self, session: Session, visitor: Visitor) -> None:
        self.session, self.client, self._visitor = session, visitor.client, visitor

    def get(self, address: str) -> TestResponse:
        """Open a page."""
        self.session.commit()
        return self._visitor.get(address)

    def post(self, address: str, data: dict[str, object] | None = None) -> TestResponse:
        """Send a form."""
        self.session.commit()
        return self._visitor.post(address, data)
