"""The shapes that the table of stages is made of: an act, and a stage with its acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from governance.cases.models import STAGES, Case
from governance.cases.titles import STAGE_TITLES
from governance.people.models import Person


@dataclass(frozen=True)
class Act:
    """One thing that can be done in a stage. `verb` is the module of workflow/ that does it.

    `can` is the policy: None, or the reason why this person may not. `leads_to` are the stages where the case may
    stand afterwards. `label` is what the page's button says. A `primary` act is what the stage waits for.
    """

    verb: str
    label: str
    who: str
    permission: str
    can: Callable[[Person, Case], str | None]
    leads_to: tuple[str, ...]
    primary: bool = True


@dataclass(frozen=True)
class Stage:
    """A stage: what it is called, whom it waits for, and what the author is told of it."""

    name: str
    waits_for: str
    next_for_author: str
    acts: tuple[Act, ...]

    @property
    def title(self) -> str:
        """The stage as words."""
        return STAGE_TITLES[self.name]

    @property
    def leads_to(self) -> tuple[str, ...]:
        """The stages that its acts lead to, itself left out, in the order of a case's way."""
        reached = {stage for act in self.acts for stage in act.leads_to} - {self.name}
        return tuple(stage for stage in STAGES if stage in reached)
