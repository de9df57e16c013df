"""The register: the accounts of those one answers for, for a manager, compliance and data protection."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from governance.accounts.models import ACCOUNT_STATES
from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.accounts.policy import SEE_ALL
from governance.accounts.queries import (
    RegisterFilter,
    counts_by_department,
    how_many,
    register_of,
    waiting_for,
)
from governance.audit.events import Event
from governance.audit.record import record
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.insight.suppression import FEWEST
from governance.kernel import clock
from governance.kernel.errors import Refused
from governance.kernel.paging import paginate
from governance.kernel.spreadsheet import csv_text
from governance.people.queries import departments, headed_departments

register = Blueprint("register", __name__, url_prefix="/register")

COLUMNS = (
    "Person", "Department", "Platform", "Handle", "Address", "Purpose", "Usual audience", "State", "Registered on",
    "Confirmed by", "Confirmed on", "Privacy reviewed on", "Privacy review due on",
)  # fmt: skip


@register.get("/")
@permission("register.see")
def index() -> ResponseReturnValue:
    """The accounts that this person may see, searched and filtered by the URL."""
    wanted, person = _wanted(), current_person()
    page = paginate(db.session, register_of(person, wanted), request.args.get("page", 1, type=int))
    return render_template(
        "register/index.html",
        page=page,
        wanted=wanted,
        filtered=any((wanted.words, wanted.platform, wanted.state, wanted.overdue)),
        platforms=PLATFORMS,
        states=ACCOUNT_STATES,
        everyone=bool(person.role_names & SEE_ALL),
        waiting=how_many(db.session, waiting_for(person)) if person.may("account.confirm") else 0,
        address=lambda number: url_for("register.index", **_asked(), page=number),
        export=url_for("register.export", **_asked()),
    )


@register.get("/waiting")
@permission("account.confirm")
def waiting() -> ResponseReturnValue:
    """Accounts that wait for this person to look for their code."""
    page = paginate(db.session, waiting_for(current_person()), request.args.get("page", 1, type=int))
    return render_template(
        "register/waiting.html",
        page=page,
        platforms=PLATFORMS,
        address=lambda number: url_for("register.waiting", page=number),
    )


@register.get("/export.csv")
@permission("register.see", writes=True)
def export() -> ResponseReturnValue:
    """What the list shows, whole, as CSV. That it was taken is recorded."""
    person = current_person()
    rows = db.session.scalars(register_of(person, _wanted())).unique().all()
    record(db.session, Event.ACCOUNTS_EXPORTED, None, person.id, rows=len(rows))
    text = csv_text(
        COLUMNS,
        (
            (
                account.owner.name,
                account.owner.department.name,
                PLATFORMS[account.platform],
                account.handle,
                account.url,
                account.purpose,
                AUDIENCES.get(account.default_audience or "", ""),
                account.state,
                clock.local_date(account.registered_at).isoformat(),
                account.confirmed_by.name if account.confirmed_by else "",
                clock.local_date(account.confirmed_at).isoformat() if account.confirmed_at else "",
                account.privacy_reviewed_on.isoformat() if account.privacy_reviewed_on else "",
                account.privacy_review_due_on.isoformat(),
            )
            for account in rows
        ),
    )
    answer = Response(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = "attachment; filename=register-of-accounts.csv"
    return answer


@register.get("/counts")
@permission("account.see")
def counts() -> ResponseReturnValue:
    """Counts by department, for those who head one (and all of them for compliance and data protection)."""
    person = current_person()
    everyone = bool(person.role_names & SEE_ALL)
    shown = departments(db.session) if everyone else headed_departments(db.session, person.id)
    if not shown:
        raise Refused("Counts are for heads of department, compliance and data protection.")
    today = clock.local_date(clock.now())
    rows = counts_by_department(db.session, [department.id for department in shown], today)
    return render_template("register/counts.html", rows=rows, fewest=FEWEST, today=today)


def _wanted() -> RegisterFilter:
    asked = request.args
    platform, state = asked.get("platform", ""), asked.get("state", "")
    return RegisterFilter(
        today=clock.local_date(clock.now()),
        words=asked.get("words", "").strip()[:100].replace("\x00", ""),
        platform=platform if platform in PLATFORMS else "",
        state=state if state in ACCOUNT_STATES else "",
        overdue=asked.get("due") == "overdue",
    )


def _asked() -> dict[str, Any]:
    """The filters of this request, for a link that keeps them."""
    return {
        name: value for name in ("words", "platform", "state", "due") if (value := request.args.get(name))
    }
