"""Cases that the token's person may see. Which of them touch a protected ground is told nowhere here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from marshmallow import RAISE
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from governance.api.bearer import scope, token_person
from governance.api.blueprint import api
from governance.api.paging import page_of
from governance.api.schemas import CaseOut, CasesOut, CasesQuery
from governance.assessments.models import Assessment
from governance.cases.models import Case, CaseGuard
from governance.cases.queries import by_reference, visible_to
from governance.cases.standing import is_subject
from governance.entrance.database import db
from governance.kernel.errors import Missing
from governance.people.models import Person
from governance.workflow.view_case import view_case

REFERENCE = re.compile(r"CASE-\d{4}-\d{4,9}", re.ASCII)


@api.get("/cases")
@scope("cases:read")
@api.input(CasesQuery, location="query", arg_name="asked", unknown=RAISE)
@api.output(CasesOut)
@api.doc(tags=["cases"], summary="Cases that the token's person may see")
def cases(asked: dict[str, Any]) -> dict[str, Any]:
    """Newest first. A case about somebody else that touches a protected ground is not in the list.

    A list of people who spoke up, are in a union or are ill must not be able to arise from it.
    """
    person = token_person()
    guarded = exists().where(CaseGuard.case_id == Case.id).correlate(Case)
    query = (
        select(Case)
        .where(visible_to(person), or_(Case.subject_id == person.id, ~guarded))
        .options(
            joinedload(Case.assessment).selectinload(Assessment.categories),
            selectinload(Case.of_post).selectinload(Assessment.categories),
            selectinload(Case.decision),
        )
        .order_by(Case.id.desc())
    )
    if "stage" in asked:
        query = query.where(Case.stage == asked["stage"])
    if "severity" in asked:
        query = query.where(Case.severity == asked["severity"])
    return page_of(query, asked, lambda rows: _shown(rows, person))


@api.get("/cases/<string:reference>")
@scope("cases:read", writes=True)
@api.output(CaseOut)
@api.doc(tags=["cases"], summary="One case; looking at one about somebody else leaves a trace")
def case(reference: str) -> dict[str, Any]:
    """A case that one may not see is answered like one that is not there."""
    found = by_reference(db.session, reference) if REFERENCE.fullmatch(reference) else None
    if found is None:
        raise Missing("There is no such case, or none that you may see.")
    return _shown([view_case(db.session, token_person(), case=found)], token_person())[0]


def _shown(rows: Sequence[Case], person: Person) -> list[dict[str, Any]]:
    return [_fields(row, about_oneself=is_subject(person, row)) for row in rows]


def _fields(row: Case, *, about_oneself: bool) -> dict[str, Any]:
    columns = (
        "reference",
        "origin",
        "stage",
        "severity",
        "route",
        "post_id",
        "subject_id",
        "opened_at",
        "stage_since",
    )
    told = row.decision is not None and row.stage in ("issued", "closed")
    return {
        **{name: getattr(row, name) for name in columns},
        "categories": sorted({one.category for check in row.checks for one in check.categories}),
        "holder_id": None if about_oneself else row.holder_id,
        "decider_id": None if about_oneself else row.decider_id,
        "closed_at": row.closed_at,
        "closure": row.closure,
        "outcome": row.decision.outcome if told and row.decision else None,
    }
