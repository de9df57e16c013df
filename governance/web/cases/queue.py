"""The queue: which case first? And the cases about one's own posts."""

from __future__ import annotations

from datetime import datetime

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from governance.cases.clocks.words import reply_by
from governance.cases.models import STAGES, Case
from governance.cases.queries import VIEW_TITLES, VIEWS, Filters, about, queue, view_counts
from governance.cases.titles import STAGE_TITLES
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.guidance.loader import shipped_rulebook
from governance.kernel import clock
from governance.kernel.paging import paginate
from governance.people.roles import RoleName
from governance.web.cases.blueprint import cases
from governance.web.explanation import category_title
from governance.web.forms.cases import known_severities

FILTERS = ("view", "stage", "category", "severity", "reference")


@cases.get("/")
@permission("case.queue")
def index() -> ResponseReturnValue:
    """The cases about others that this person may see."""
    person, filters = current_person(), _filters()
    number = request.args.get("page", 1, type=int)
    page = paginate(db.session, queue(person, filters), number)
    kept = {name: value for name in FILTERS if (value := getattr(filters, name))}
    return render_template(
        "cases/index.html",
        page=page,
        filters=filters,
        views=VIEW_TITLES,
        counts=view_counts(db.session, person),
        stages=_stages(person.role_names),
        categories=[(one.id, one.title) for one in shipped_rulebook().categories.values()],
        severities=known_severities(),
        stage_titles=STAGE_TITLES,
        gist=gist,
        ago=ago,
        reply_by=reply_by,
        address=lambda to: url_for("cases.index", **kept, page=to),
        view_address=lambda view: url_for("cases.index", **{**kept, "view": view}),
        filtered=any((filters.stage, filters.category, filters.severity, filters.reference)),
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


def ago(moment: datetime) -> str:
    """How long ago in London's days, in words: today, yesterday, 6 days ago."""
    days = (clock.local_date(clock.now()) - clock.local_date(moment)).days
    return {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")


def _filters() -> Filters:
    """What the address asks for; a value that is not listed asks for nothing."""
    known = {
        "view": tuple(VIEWS),
        "stage": STAGES,
        "category": tuple(shipped_rulebook().categories),
        "severity": tuple(name for name, _ in known_severities()),
    }
    given = {name: value for name, values in known.items() if (value := request.args.get(name)) in values}
    reference = "".join(char for char in request.args.get("reference", "") if char.isalnum() or char == "-")[
        :20
    ]
    return Filters(**given, reference=reference or None)


def _stages(roles: frozenset[RoleName]) -> list[tuple[str, str]]:
    """The stages to filter by; that cases can be held for speak-up is the guardian's to see."""
    return [
        (stage, STAGE_TITLES[stage])
        for stage in STAGES
        if stage != "closed" and (stage != "held" or RoleName.GUARDIAN in roles)
    ]
