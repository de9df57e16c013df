"""The kinds of task, from kinds.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from governance.cases.tasks.models import TASK_KINDS
from governance.people.roles import RoleName

HOLDER = "holder"
TASK_VERBS = frozenset({"open_task", "assign_task", "finish_task", "cancel_task", "decide_report"})
"""Verbs on tasks: they leave the case where it is."""


@dataclass(frozen=True)
class TaskKind:
    """What a task of this kind asks, of whom, and why. `who` is HOLDER or the name of a role."""

    id: str
    title: str
    what: str
    who: str
    source: str
    aware: str
    begins_at: str
    author: bool
    pauses: bool

    @property
    def role(self) -> RoleName | None:
        """The role that does it; None where it is whoever holds the case."""
        return None if self.who == HOLDER else RoleName(self.who)


@cache
def task_kinds() -> Mapping[str, TaskKind]:
    """Every kind by its id, in the order in which pages show them."""
    told = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8"))
    kinds = {name: TaskKind(id=name, **entry) for name, entry in told.items()}
    if tuple(kinds) != TASK_KINDS:
        raise ValueError(f"kinds.toml has {', '.join(kinds)}; the table knows {', '.join(TASK_KINDS)}")
    return kinds
