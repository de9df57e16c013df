"""The main menu: what each person may open, in the order of a working day."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, url_for

from governance.people.models import Person

MENU = (
    ("start.show", "Start"),
    ("check.show", "Check a post"),
    ("posts.index", "Your posts"),
    ("accounts.index", "Your accounts"),
    ("approvals.index", "Drafts to approve"),
    ("reports.index", "Reports"),
    ("cases.index", "Cases"),
    ("concerns.index", "Concerns"),
    ("tasks.index", "Tasks"),
    ("register.index", "Register"),
    ("trends.index", "Trends"),
    ("fairness.index", "Fairness"),
    ("fairness.supply", "Figures for fairness"),
    ("guidance.index", "Guidance"),
    ("people.index", "People"),
    ("outbox.index", "Outbox"),
)

PART_OF = {"registration": "accounts", "letters": "start", "notice": "accounts", "rulebooks": "guidance"}
"""Rooms without an entry of their own, and the one whose entry is current in them."""


@dataclass(frozen=True)
class Entry:
    """One entry of the menu."""

    text: str
    href: str
    current: bool


def navigation(person: Person, endpoint: str | None) -> list[Entry]:
    """The entries that `person` may open; the one whose room `endpoint` is in is current."""
    entries = []
    here = (endpoint or "").partition(".")[0]
    here = PART_OF.get(here, here)
    for target, text in MENU:
        view = current_app.view_functions.get(target)
        if view is None or not person.may(getattr(view, "permission", "start.see")):
            continue
        room = target.partition(".")[0]
        entries.append(Entry(text, url_for(target), here == room))
    return entries
