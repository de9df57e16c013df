"""How long things may take: the package's own figures, and those that the organisation sets in their place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from governance.assessments.models import SEVERITIES
from governance.cases.clocks.calendars import DIVISIONS, Calendar, calendar_of
from governance.cases.clocks.timing import UNITS, Span
from governance.kernel.errors import SettingsError

SHIPPED = Path(__file__).with_name("targets.toml")
UNVERIFIED = "check local policy"
BY_LAW, HOURS_BY_LAW = "data_breach", 72
"""UK GDPR, article 33(1): no later than 72 hours after having become aware of it."""
LONGEST_TARGET = 1_000
"""Working days or hours: no target is longer."""


@dataclass(frozen=True)
class Target:
    """`length` of `unit`, with `warn` of it left when somebody is told. `source` says where the figure comes from."""

    unit: str
    length: int
    warn: int
    starts: str
    source: str

    def span(self, calendar: Calendar) -> Span:
        """The target on a calendar."""
        return Span(self.unit, self.length, calendar)


@dataclass(frozen=True)
class Targets:
    """The calendar, and the targets of the stages by severity. A stage without a target has no clock."""

    nation: str
    stages: Mapping[str, Mapping[str, Target]]
    tasks: Mapping[str, Target]

    @property
    def calendar(self) -> Calendar:
        """The organisation's calendar."""
        return calendar_of(self.nation)

    def of_stage(self, stage: str, severity: str) -> Target | None:
        """The target of a stage for a case of `severity`, if it has one."""
        return self.stages.get(stage, {}).get(severity)


def read_targets(path: Path | None = None) -> Targets:
    """The shipped targets, with those of the file at `path` in their place.

    Raises SettingsError, naming the entry, where the file cannot be read or says something unknown.
    """
    told = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    if path is not None:
        _lay_over(told, _own(path))
    if told["calendar"] not in DIVISIONS:
        raise SettingsError(
            f"Targets: calendar must be one of {', '.join(DIVISIONS)}, not {told['calendar']!r}."
        )
    tasks = {name: _task(name, entry) for name, entry in told["tasks"].items()}
    legal = tasks[BY_LAW]
    if (legal.unit, legal.length) != ("hours", HOURS_BY_LAW):
        raise SettingsError(f"Targets: tasks.{BY_LAW} is {HOURS_BY_LAW} hours by law (UK GDPR, article 33).")
    return Targets(
        told["calendar"], {name: _stage(name, entry) for name, entry in told["stages"].items()}, tasks
    )


def _own(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"The targets in {path} cannot be read: {error}.") from error


def _lay_over(told: dict[str, Any], own: Mapping[str, Any]) -> None:
    """Put what `own` says in the place of what is shipped. A stage's `any` replaces every figure of that stage."""
    if unknown := sorted(own.keys() - told.keys()):
        raise SettingsError(f"Targets: unknown entry {', '.join(unknown)}. Known: {', '.join(told)}.")
    told["calendar"] = own.get("calendar", told["calendar"])
    for what in ("stages", "tasks"):
        entries = own.get(what, {})
        if not isinstance(entries, dict) or entries.keys() - told[what].keys():
            raise SettingsError(f"Targets: unknown entry in {what}. Known: {', '.join(told[what])}.")
        for name, entry in entries.items():
            if not isinstance(entry, dict):
                raise SettingsError(f"Targets: {what}.{name} must be a table.")
            shipped = told[what][name]
            if "any" in entry:
                shipped = {key: value for key, value in shipped.items() if key not in SEVERITIES}
            told[what][name] = shipped | {"source": "the organisation's own figure"} | entry


def _task(name: str, entry: Mapping[str, Any]) -> Target:
    if unknown := sorted(entry.keys() - {"starts", "source", "target"}):
        raise SettingsError(f"Targets: unknown entry {', '.join(unknown)} in tasks.{name}.")
    return target(f"tasks.{name}.target", entry["target"], str(entry["starts"]), str(entry["source"]))


def _stage(name: str, entry: Mapping[str, Any]) -> dict[str, Target]:
    if unknown := sorted(entry.keys() - {"starts", "source", "any", *SEVERITIES}):
        raise SettingsError(f"Targets: unknown entry {', '.join(unknown)} in stages.{name}.")
    found = {}
    for severity in SEVERITIES:
        told = entry.get(severity, entry.get("any"))
        if told is None:
            raise SettingsError(f"Targets: stages.{name} says nothing for {severity}. Add it, or any.")
        found[severity] = target(
            f"stages.{name}.{severity}", told, str(entry["starts"]), str(entry["source"])
        )
    return found


def target(where: str, told: object, starts: str, source: str) -> Target:
    """The target that an entry such as { working_days = 5, warn = 1 } tells. Raises SettingsError, naming `where`."""
    given = dict(told) if isinstance(told, Mapping) else {}
    warn, units = given.pop("warn", 0), [unit for unit in UNITS if unit in given]
    if len(units) != 1 or len(given) != 1:
        raise SettingsError(f"Targets: {where} must have working_days or hours, and may have warn.")
    length = given[units[0]]
    whole = all(isinstance(one, int) and not isinstance(one, bool) for one in (length, warn))
    if not whole or not 1 <= length <= LONGEST_TARGET or not 0 <= warn <= length:
        raise SettingsError(
            f"Targets: {where} must be a whole number from 1 to {LONGEST_TARGET:,}, with warn from 0 to that number."
        )
    return Target(units[0], length, warn, starts, source)


@cache
def shipped_targets() -> Targets:
    """The package's own figures."""
    return read_targets()


_in_use: list[Targets] = []


def targets_in_use() -> Targets:
    """The figures of this process: the organisation's, where its settings name a file, else those of the package."""
    return _in_use[-1] if _in_use else shipped_targets()


def use_targets(path: Path | None) -> None:
    """Have this process work with the figures at `path`, or the shipped ones; once, at its start. Raises SettingsError."""
    _in_use[:] = [read_targets(path)] if path is not None else []


@contextmanager
def with_targets(targets: Targets) -> Iterator[None]:
    """Other figures inside the block, for tests and for trying what a change would do."""
    _in_use.append(targets)
    try:
        yield
    finally:
        _in_use.pop()
