"""All pages of cases, for web/pages.py to open."""

from __future__ import annotations

from governance.web.cases import (
    answer,
    appeal,
    bundle,
    decision,
    guardian,
    letter,
    opinion,
    page,
    people,
    queue,
    retrace,
    second,
    triage,
)
from governance.web.cases.blueprint import cases

PAGES = (
    answer,
    appeal,
    bundle,
    decision,
    guardian,
    letter,
    opinion,
    page,
    people,
    queue,
    retrace,
    second,
    triage,
)
"""Importing them registers their views."""

__all__ = ["PAGES", "cases"]
