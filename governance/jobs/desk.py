"""What a runner gives a task, and what a task is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from governance.intake.run import Progress


@dataclass(frozen=True, slots=True)
class Desk:
    """What a runner gives a task: `session` to write in, and `looking`, which only reads and holds up nobody."""

    session: Session
    looking: Session


Task = Callable[[Desk, Mapping[str, Any]], Iterator[Progress]]
