"""Sections of the case page beside what was posted and said: who works on it, what came before, who has seen it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from governance.bundles.queries import exports_of
from governance.cases.custody import custody
from governance.cases.desk.policy import deferral_of, help_told, live_claims
from governance.cases.history import WITHIN, earlier_outcomes
from governance.cases.models import Case
from governance.cases.standing import is_subject
from governance.entrance.database import db
from governance.people.models import Person

Shown = Mapping[str, Any]


def on_the_desk(person: Person, case: Case) -> Shown:
    """Who has taken it up, until when it is put aside, what colleagues were asked. The author reads none of it."""
    if is_subject(person, case):
        return {"claims": [], "put_aside": None, "helps": [], "joins": _joins(case)}
    return {
        "claims": live_claims(case),
        "put_aside": deferral_of(case),
        "helps": help_told(person, case),
        "joins": _joins(case),
    }


def before(person: Person, case: Case) -> Shown:
    """The author's earlier outcomes that bear on this case."""
    return {
        "earlier": [] if is_subject(person, case) else earlier_outcomes(db.session, case),
        "earlier_years": WITHIN.days // 365,
    }


def kept(person: Person, case: Case) -> Shown:
    """Who added, opened and took away what the case stands on."""
    return {
        "custody": custody(db.session, person, case),
        "exports": [] if is_subject(person, case) else exports_of(db.session, case),
    }


def _joins(case: Case) -> list[tuple[str, str]]:
    """What this case was joined with, each in words and with its reference."""
    into = [("This case was joined with another, which goes on for both", case.joined_into)]
    others = [("Another case about the same words was joined with this one", one) for one in case.joined]
    told = []
    for words, one in [*into, *others]:
        if one is not None:
            other = db.session.get_one(Case, one.into_id if one.case_id == case.id else one.case_id)
            told.append((words, other.reference))
    return told
