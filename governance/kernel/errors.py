"""Errors that a person can act on. Each carries the HTTP status that a door answers with."""

from __future__ import annotations


class GovernanceError(Exception):
    """Something that cannot be done; `message` says why, and what to do, in words fit for a page."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Invalid(GovernanceError):
    """The input is wrong; `field` names the part of the form to mend, where one is to blame."""

    status = 422

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Refused(GovernanceError):
    """This person may not do this. The refusal is audited by the door, after the rollback."""

    status = 403


class Missing(GovernanceError):
    """There is no such thing, or none that this person may know of."""

    status = 404


class Conflict(GovernanceError):
    """It was changed meanwhile, or its stage no longer allows the act; `changes` says what changed, a line each."""

    status = 409

    def __init__(self, message: str, changes: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.changes = changes


class Stale(Conflict):
    """Somebody else saved first: the form carried an older version than the row has now."""


class SettingsError(GovernanceError):
    """A setting is missing, unknown or malformed; the program stops at its start."""
