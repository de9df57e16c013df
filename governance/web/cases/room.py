"""All pages of cases, for web/pages.py to open."""

from __future__ import annotations

from governance.web.cases import (
    answer,
    bundle,
    decision,
    guardian,
    letter,
    opinion,
    page,
    people,
    queue,
    triage,
)
from governance.web.cases.blueprint import cases

PAGES = (answer, bundle, decision, guardian, letter, opinion, page, people, queue, triage)
"""Importing them registers their views."""

__all__ = ["PAGES", "cases"]
