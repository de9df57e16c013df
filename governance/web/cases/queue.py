"""The queue: which case first? And the cases about one's own posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from governance.cases.clocks.timing import last_day
from governance.cases.clocks.words import reply_by
from governance.cases.desk.own import keeps, keys_on
from governance.cases.desk.policy import deferral_of, live_claims
from governance.cases.desk.views import (
    COUNT_UP_TO,
    VIEW_TITLES,
    VIEWS,
    Filters,
    count_words,
    how_many,
    queue,
    view_counts,
)
from governance.cases.models import STAGES, Case
from governance.cases.queries import about
from governance.cases.titles import STAGE_TITLES
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.guidance.loader import shipped_rulebook
from governance.kernel import clock
from governance.kernel.paging import paginate
from governance.people.models import Person
from governance.people.roles import RoleName
from governance.web.cases.blueprint import cases
from governance.web.explanation import category_title
from governance.web.forms.cases import known_severities
from governance.web.forms.desk import KeepViewForm

FILTERS = ("view", "stage", "category", "severity", "reference")


@cases.get("/")
@permission("case.queue")
def index() -> ResponseReturnValue:
    """The cases about others that this person may see."""
    person, filters = current_person(), filters_of(request.args)
    number = request.args.get("page", 1, type=int)
    counts = view_counts(db.session, person)
    filtered = any((filters.stage, filters.category, filters.severity, filters.reference))
    known = None if filtered else counts.get(filters.view)
    page = paginate(db.session, queue(person, filters), number, up_to=COUNT_UP_TO, known=known)
    kept = address_of(filters)
    return render_template(
        "cases/index.html",
        page=page,
        filters=filters,
        views=VIEW_TITLES,
        counts=counts,
        count_words=count_words,
        saved=_saved(person, kept),
        keep=KeepViewForm(query=urlencode(kept)),
        keys=keys_on(db.session, person),
        claims=live_claims,
        deferral=deferral_of,
        stages=_stages(person.role_names),
        categories=[(one.id, one.title) for one in shipped_rulebook().categories.values()],
        severities=known_severities(),
        stage_titles=STAGE_TITLES,
        gist=gist,
        ago=ago,
        left=left,
        address=lambda to: url_for("cases.index", **kept, page=to),
        view_address=lambda view: url_for("cases.index", **{**kept, "view": view}),
        filtered=filtered,
        own_cases=sum(case.stage != "closed" for case in about(db.session, person)),
    )


@cases.get("/yours")
@permission("case.see")
def own() -> ResponseReturnValue:
    """The cases about this person's own posts: where each stands, and what comes next."""
    return render_template(
        "cases/own.html",
        files=about(db.session, current_person()),
        stage_titles=STAGE_TITLES,
        gist=gist,
        reply_by=reply_by,
    )


def gist(case: Case) -> str:
    """What the case is about in category words, worst first: never the words of the post."""
    rows = sorted((row for check in case.checks for row in check.categories), key=lambda row: -row.score)
    titles = dict.fromkeys(category_title(shipped_rulebook(), row.category) for row in rows)
    return ", ".join(titles) or "Reported without a finding"


def left(case: Case) -> str:
    """By when it is due, in words that need no colour."""
    if case.paused_since is not None:
        return "its time stands still"
    if case.due_at is None:
        return f"since {_day(clock.local_date(case.stage_since))}"
    day = _day(last_day(case.due_at))
    if case.due_at <= clock.now():
        return f"overdue since {day}"
    return f"answer by {day}" if case.stage == "reply" else f"due by {day}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def ago(moment: datetime) -> str:
    """How long ago in London's days, in words: today, yesterday, 6 days ago."""
    days = (clock.local_date(clock.now()) - clock.local_date(moment)).days
    return {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")


@dataclass(frozen=True)
class Saved:
    """A kept choice of filters: its name, its address with it, how many cases it finds, and whether it is shown now."""

    id: int
    name: str
    href: str
    count: str
    current: bool


def _saved(person: Person, now: dict[str, Any]) -> list[Saved]:
    found = []
    for one in keeps(db.session, person):
        filters = filters_of(MultiDict(parse_qsl(one.query)))
        given = address_of(filters)
        number = count_words(how_many(db.session, person, filters))
        href = url_for("cases.index", **given)
        found.append(Saved(one.id, one.name, href, number, given == now))
    return found


def address_of(filters: Filters) -> dict[str, Any]:
    """What the queue's address says for `filters`."""
    return {name: value for name in FILTERS if (value := getattr(filters, name))}


def filters_of(args: MultiDict[str, str]) -> Filters:
    """What the address asks for; a value that is not listed asks for nothing."""
    known = {
        "view": VIEWS,
        "stage": STAGES,
        "category": tuple(shipped_rulebook().categories),
        "severity": tuple(name for name, _ in known_severities()),
    }
    given = {name: value for name, values in known.items() if (value := args.get(name)) in values}
    reference = "".join(char for char in args.get("reference", "") if char.isalnum() or char == "-")[:20]
    return Filters(**given, reference=reference or None)


def _stages(roles: frozenset[RoleName]) -> list[tuple[str, str]]:
    """The stages to filter by; that cases can be held for speak-up is the guardian's to see."""
    return [
        (stage, STAGE_TITLES[stage])
        for stage in STAGES
        if stage != "closed" and (stage != "held" or RoleName.GUARDIAN in roles)
    ]
