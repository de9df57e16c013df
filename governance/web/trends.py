"""Trends: how posts, concerns, departments and cases go over time, each figure with its sentence, table and CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.guidance.loader import shipped_rulebook
from governance.insight import weeks
from governance.insight.choice import Choice, Counted, Options, options, read_choice
from governance.insight.glance import glance
from governance.insight.report import Figure
from governance.insight.report_cases import case_figures
from governance.insight.report_categories import category_figures
from governance.insight.report_departments import departments_figure
from governance.insight.report_posts import posts_figures
from governance.insight.scope import Scope, scope_of
from governance.kernel.errors import Invalid, Missing
from governance.kernel.spreadsheet import csv_text

trends = Blueprint("trends", __name__, url_prefix="/trends")

PAGES = (
    ("trends.index", "At a glance"),
    ("trends.posts", "Posts"),
    ("trends.categories", "Kinds of concern"),
    ("trends.departments", "Departments"),
    ("trends.cases", "Cases"),
)
SHORTCUTS = ((12, "12 weeks"), (26, "26 weeks"), (52, "52 weeks"), (104, "two years"))
ENTRIES = ("from", "to", "of", "step", "department", "platform", "profession")

Build = Callable[[Scope, Choice], list[Figure]]


@dataclass(frozen=True)
class Asked:
    """A request for trends: whose, what was chosen, what can be chosen, and what was wrong with the address."""

    scope: Scope
    choice: Choice
    options: Options
    errors: list[dict[str, str]]


@trends.get("/")
@permission("trends.see")
def index() -> ResponseReturnValue:
    """One sentence and four small charts."""
    asked = _asked(grouping=False)
    found = None if asked.scope.nobody else glance(db.session, asked.scope, asked.choice, shipped_rulebook())
    page = render_template("trends/index.html", glance=found, **_shared(asked, grouping=False))
    return page, 422 if asked.errors else 200


@trends.get("/posts")
@permission("trends.see")
def posts() -> ResponseReturnValue:
    """Posts, flagged share, and drafts."""

    def build(scope: Scope, choice: Choice) -> list[Figure]:
        return posts_figures(Counted(db.session, scope), Counted(db.session, scope, "draft"), choice)

    return _page("trends/posts.html", build, grouping=True)


@trends.get("/categories")
@permission("trends.see")
def categories() -> ResponseReturnValue:
    """Kinds of concern, and kinds of good."""

    def build(scope: Scope, choice: Choice) -> list[Figure]:
        return category_figures(Counted(db.session, scope), choice, shipped_rulebook())

    return _page("trends/categories.html", build, grouping=False)


@trends.get("/departments")
@permission("trends.see")
def departments() -> ResponseReturnValue:
    """Posts and flagged share by department."""

    def build(scope: Scope, choice: Choice) -> list[Figure]:
        return [departments_figure(Counted(db.session, scope), choice)]

    return _page("trends/departments.html", build, grouping=False)


@trends.get("/cases")
@permission("trends.see")
def cases() -> ResponseReturnValue:
    """Cases by stage, and days to a decision."""

    def build(scope: Scope, choice: Choice) -> list[Figure]:
        return case_figures(db.session, scope, choice)

    return _page("trends/cases.html", build, grouping=False)


def _page(template: str, build: Build, *, grouping: bool) -> ResponseReturnValue:
    asked = _asked(grouping=grouping)
    figures = [] if asked.scope.nobody else build(asked.scope, asked.choice)
    if request.args.get("format") == "csv" and not asked.errors:
        return _exported(figures)
    page = render_template(template, figures=figures, **_shared(asked, grouping=grouping))
    return page, 422 if asked.errors else 200


def _shared(asked: Asked, *, grouping: bool) -> dict[str, Any]:
    """What the layout of all trends pages shows."""
    here, kept = str(request.endpoint), _kept(asked.choice)
    whole = _kept(asked.choice, group=True)
    return {
        "asked": asked,
        "grouping": grouping,
        "pages": [(url_for(endpoint, **kept), words, endpoint == here) for endpoint, words in PAGES],
        "shortcuts": _shortcuts(asked.choice),
        "week_label": weeks.label,
        "everybody": url_for(here, **kept),
        "weekly": url_for(here, **kept, step="week"),
        "address_of_csv": lambda figure: url_for(here, **whole, format="csv", figure=figure.id),
        "address_of_page": lambda endpoint: url_for(endpoint, **kept),
    }


def _asked(*, grouping: bool) -> Asked:
    scope = scope_of(db.session, current_person())
    available = options(db.session, scope)
    given = {name: request.args[name] for name in ENTRIES if name in request.args}
    if not grouping:
        given = {name: value for name, value in given.items() if name in ("from", "to")}
    try:
        return Asked(scope, read_choice(given, available), available, [])
    except Invalid as error:
        errors = [{"text": error.message, "href": f"#{error.field}"}]
        return Asked(scope, read_choice({}, available), available, errors)


def _kept(choice: Choice, *, group: bool = False) -> dict[str, Any]:
    """The choice as parts of an address."""
    kept: dict[str, Any] = {"from": weeks.label(choice.first), "to": weeks.label(choice.last)}
    if group and choice.kind:
        kept["of"] = choice.group
    if group and choice.by_week:
        kept["step"] = "week"
    return kept


def _shortcuts(choice: Choice) -> list[tuple[str, str, bool]]:
    """Addresses of the usual periods up to now, with their words and whether it is the present one."""
    now, found = weeks.this_week(), []
    for length, words in SHORTCUTS:
        first = max(weeks.horizon(), now - length + 1)
        address = url_for(
            str(request.endpoint), **_kept(Choice(first, now, choice.kind, choice.value), group=True)
        )
        found.append((address, words, (choice.first, choice.last) == (first, now)))
    return found


def _exported(figures: list[Figure]) -> Response:
    wanted = request.args.get("figure")
    tables = {figure.id: figure.table for figure in figures if figure.table is not None}
    table = tables.get(wanted) if wanted else next(iter(tables.values()), None)
    if table is None:
        raise Missing(
            "There is no such figure, or nothing to export for this choice. Open the page and choose again."
        )
    name = f"{str(request.endpoint).replace('.', '-')}-{wanted or next(iter(tables))}.csv"
    return Response(
        csv_text(table.header, table.exported()),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )
