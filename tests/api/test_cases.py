"""Cases over the API: those one may see, with a trace of the look, and never a list of protected grounds."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from governance.audit.models import AuditEntry
from governance.people.models import Person
from tests.factories.cases import case_at, open_for
from tests.fixtures.organisation import Organisation

Call = Callable[..., TestResponse]


def listed(call: Call, person: Person, filters: str = "") -> list[dict[str, Any]]:
    reply = call(person, f"/cases{filters}")
    assert reply.status_code == 200
    items: list[dict[str, Any]] = (reply.json or {})["items"]
    return items


def test_a_case_is_seen_by_those_who_work_on_it(call: Call, session: Session, organisation: Organisation):
    reference = open_for(session, organisation.nurse).reference
    by = {
        name: [one["reference"] for one in listed(call, getattr(organisation, name))]
        for name in vars(organisation)
        if name != "ward"
    }
    assert {name for name, found in by.items() if found == [reference]} == {"nurse", "manager", "director"}
    for name, found in by.items():
        reply = call(getattr(organisation, name), f"/cases/{reference}")
        assert reply.status_code == (200 if found else 404)
    assert call(organisation.manager, f"/cases/{reference}").json == listed(call, organisation.manager)[0]


def test_looking_at_a_case_about_somebody_else_leaves_a_trace(
    call: Call, session: Session, organisation: Organisation
):
    reference = open_for(session, organisation.nurse).reference
    call(organisation.nurse, f"/cases/{reference}")
    call(organisation.manager, "/cases")
    viewed = select(AuditEntry.actor_id).where(AuditEntry.event == "case.viewed")
    assert session.scalars(viewed).all() == []
    session.rollback()
    call(organisation.manager, f"/cases/{reference}")
    assert session.scalars(viewed).all() == [organisation.manager.id]


def test_a_list_shows_no_protected_ground_but_ones_own(
    call: Call, session: Session, organisation: Organisation
):
    plain = open_for(session, organisation.nurse).reference
    ill = open_for(session, organisation.nurse, guards=["own_health"]).reference
    spoke_up = open_for(session, organisation.nurse, guards=["protected_disclosure"]).reference
    session.commit()
    found = {
        name: {one["reference"] for one in listed(call, getattr(organisation, name))}
        for name in ("nurse", "manager", "hr", "guardian")
    }
    assert found == {"nurse": {plain, ill, spoke_up}, "manager": {plain}, "hr": set(), "guardian": set()}
    assert call(organisation.guardian, f"/cases/{spoke_up}").status_code == 200
    assert call(organisation.hr, f"/cases/{ill}").status_code == 200
    assert call(organisation.manager, f"/cases/{spoke_up}").status_code == 404
    fields = (call(organisation.guardian, f"/cases/{spoke_up}").json or {}).keys()
    assert not [name for name in fields if "guard" in name]


def test_the_author_learns_the_outcome_once_it_is_issued_and_not_who_works_on_it(
    call: Call, session: Session, organisation: Organisation
):
    case_at(session, organisation, "decision")
    (before,) = listed(call, organisation.nurse)
    assert (before["outcome"], before["holder_id"], before["decider_id"]) == (None, None, None)
    (held,) = listed(call, organisation.manager)
    assert (held["holder_id"], held["decider_id"]) == (organisation.manager.id, organisation.director.id)
    case_at(session, organisation, "issued")
    assert [one["outcome"] for one in listed(call, organisation.nurse, "?stage=issued")] == ["reflection"]


def test_what_is_no_reference_is_not_there(call: Call, organisation: Organisation):
    for reference in (
        "CASE-2026-9999",
        "1",
        "%00",
        "CASE-2026-0001%00",
        "\u0661",
        "CASE-\u0662026-0001",
        "x" * 5000,
    ):
        assert call(organisation.manager, f"/cases/{reference}").status_code == 404
