"""All pages of cases, for web/pages.py to open."""

from __future__ import annotations

from governance.web.cases import (
    answer,
    appeal,
    bundle,
    circle,
    clocks,
    decision,
    desk,
    guardian,
    joined,
    letter,
    opinion,
    own_queue,
    page,
    people,
    queue,
    retrace,
    second,
    several,
    tasks,
    triage,
)
from governance.web.cases.blueprint import cases

PAGES = (
    answer,
    circle,
    appeal,
    bundle,
    clocks,
    decision,
    desk,
    guardian,
    joined,
    letter,
    opinion,
    own_queue,
    page,
    people,
    queue,
    retrace,
    second,
    several,
    tasks,
    triage,
)
"""Importing them registers their views."""

__all__ = ["PAGES", "cases"]
