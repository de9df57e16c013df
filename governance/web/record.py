"""Your record: everything that is held about the person who is signed in, to read and to take away."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from governance.accounts.platforms import PLATFORMS
from governance.accounts.queries import own_accounts
from governance.assessments.queries import newest_of
from governance.audit.events import Event
from governance.audit.record import record as audit
from governance.cases.queries import about
from governance.cases.titles import CLOSURE_TITLES, STAGE_TITLES
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.entrance.models import ApiToken
from governance.insight.record_log import log_about
from governance.insight.subject_access import everything_about, notices_held, person_held
from governance.kernel import clock
from governance.kernel.paging import paginate
from governance.people.models import Person
from governance.posts.queries import own_posts

record = Blueprint("record", __name__, url_prefix="/record")

LINES_SHOWN = 30  # of the log; the download has all

WHAT_NEXT = {
    "held": "The Freedom to Speak Up guardian looks at it first.",
    "triage": "Somebody takes a first look. Nothing is decided.",
    "review": "Opinions are being written. You are asked before anybody decides.",
    "reply": "It is your turn: read what was found, and answer.",
    "decision": "The person named to decide weighs it, with your answer.",
    "countersign": "A decision is written, and a second person looks at everything before it counts.",
    "issued": "A decision is given. You can read it, and ask for it to be looked at again.",
    "appeal": "Somebody who had no part in it before hears your appeal.",
    "closed": "Nothing further is asked of you.",
}


@dataclass(frozen=True)
class Token:
    """A token for the API, without the token itself."""

    name: str
    scopes: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


@record.get("/")
@permission("record.see")
def show() -> ResponseReturnValue:
    """What is held, in the order in which people ask: me, my accounts, my posts, cases, who looked."""
    person = current_person()
    posts = paginate(db.session, own_posts(person.id), request.args.get("page", 1, type=int))
    return render_template(
        "record/show.html",
        held=person_held(person),
        notices=notices_held(db.session, person.id),
        accounts=own_accounts(db.session, person.id),
        posts=posts,
        assessed=newest_of(db.session, [post.latest.id for post in posts.rows]),
        cases=about(db.session, person),
        log=log_about(db.session, person.id, LINES_SHOWN, frozenset({Event.SIGNED_IN})),
        lines_shown=LINES_SHOWN,
        tokens=_tokens(person),
        platforms=PLATFORMS,
        stages=STAGE_TITLES,
        closures=CLOSURE_TITLES,
        what_next=WHAT_NEXT,
        address=lambda number: url_for("record.show", page=number, _anchor="posts"),
    )


@record.get("/download.json")
@permission("record.see", writes=True)
def download() -> ResponseReturnValue:
    """All of it as JSON, for a subject access request. That it was taken is recorded."""
    person = current_person()
    held = {"made_at": clock.now(), **everything_about(db.session, person)}
    held["api_tokens"] = [asdict(token) for token in _tokens(person)]
    audit(db.session, Event.RECORD_DOWNLOADED, person.id, person.id)
    text = json.dumps(held, ensure_ascii=False, indent=2, default=_written)
    answer = Response(text, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = "attachment; filename=your-record.json"
    return answer


def _tokens(person: Person) -> list[Token]:
    query = select(ApiToken).where(ApiToken.person_id == person.id).order_by(ApiToken.id)
    return [
        Token(one.name, one.scopes, one.created_at, one.expires_at, one.revoked_at)
        for one in db.session.scalars(query)
    ]


def _written(value: object) -> str:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
