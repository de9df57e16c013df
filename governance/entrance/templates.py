"""How templates are read: escaped whatever their name, strict about our own names, with the NHS macros beside ours."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Flask
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader
from jinja2.utils import missing

from governance.kernel import clock
from governance.kernel.settings import Settings


class OwnNamesStrict(ChainableUndefined):
    """An unknown name that is printed or looped over stops the page; an unknown part of a macro's parameters stays soft.

    The NHS macros need the softness; without the strictness it would hide our own typing mistakes.
    """

    def _strict(self) -> None:
        if self._undefined_obj is missing:
            self._fail_with_undefined_error()

    def __str__(self) -> str:
        self._strict()
        return ""

    def __iter__(self) -> Any:
        self._strict()
        return iter(())

    def __html__(self) -> str:
        return str(self)


def escaped(name: str | None) -> bool:
    """Whether a template is escaped: all but plain text. Flask's default would leave `.jinja` files unescaped."""
    return name is None or not name.endswith(".txt")


def day(value: date | datetime | None) -> str:
    """A day as 22 November 2026, in London."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.local_date(value)
    return f"{value.day} {value:%B %Y}"


def moment(value: datetime | None) -> str:
    """A moment as 22 November 2026 at 2:05pm, in London."""
    if value is None:
        return ""
    at = clock.local(value)
    hour = at.hour % 12 or 12
    return f"{day(at.date())} at {hour}:{at:%M}{'am' if at.hour < 12 else 'pm'}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 post, 2 posts, 1,204 posts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def prepare_templates(app: Flask, settings: Settings) -> None:
    """Set the environment before its first use."""
    app.jinja_options = {**app.jinja_options, "autoescape": escaped, "undefined": OwnNamesStrict}
    loader = app.jinja_loader
    if loader is None:
        raise RuntimeError("the application has no template folder")
    app.jinja_loader = ChoiceLoader([loader, PackageLoader("nhsuk_frontend_jinja")])
    app.jinja_env.filters.update(day=day, moment=moment)
    app.jinja_env.globals.update(counted=counted, brand=settings.brand, demo=settings.demo)
