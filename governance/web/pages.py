"""Every page's room, and what all of them share: macros' bridge, navigation, the person's name in the header."""

from __future__ import annotations

from flask import Flask, request

from governance.entrance.gate import signed_in_person
from governance.web import (
    accounts,
    approvals,
    check,
    concerns,
    fairness,
    guidance,
    health,
    letters,
    notice,
    outbox,
    people,
    posts,
    record,
    register,
    registration,
    reports,
    rulebooks,
    start,
    tasks,
    trends,
)
from governance.web.cases import room as case_room
from governance.web.navigation import navigation
from governance.web.nhs import nhs, nhs_errors

ROOMS = (
    case_room.cases,
    health.health,
    start.start,
    tasks.tasks,
    trends.trends,
    fairness.fairness,
    guidance.guidance,
    rulebooks.rulebooks,
    accounts.accounts,
    notice.notice,
    register.register,
    registration.registration,
    check.check,
    concerns.concerns,
    posts.posts,
    approvals.approvals,
    people.people,
    record.record,
    letters.letters,
    outbox.outbox,
    reports.reports,
)


def add_pages(app: Flask) -> None:
    """Register the rooms and what their templates share."""
    for room in ROOMS:
        app.register_blueprint(room)
    app.jinja_env.globals.update(nhs=nhs, nhs_errors=nhs_errors)

    @app.context_processor
    def _shared() -> dict[str, object]:
        person = signed_in_person()
        return {"me": person, "navigation": navigation(person, request.endpoint) if person else []}
