"""The forms of a guardian who follows concerns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField

from governance.kernel.clock import LONDON
from governance.kernel.errors import Invalid
from governance.people.models import Person
from governance.web.forms.wording import VersionedForm

STEP_CHOICES = {
    "passed_on": "It was passed on to somebody who can act on it",
    "done": "Something was done about it",
    "told": "The person who raised it was told",
    "note": "A note for guardians alone",
}


def people_choices(people: Sequence[Person]) -> list[tuple[str, str]]:
    """People as choices, with their departments."""
    return [("", "Choose a person"), *((str(one.id), f"{one.name}, {one.department.name}") for one in people)]


class RecordForm(FlaskForm):
    """A concern that was raised with a guardian, apart from any case."""

    raised_by = SelectField("Who raised it?", validate_choice=False)
    raised_on = StringField("On which day?")
    about = TextAreaField(
        "What is it about?",
        description="In your own words. Other guardians and the person who raised it read this, nobody else.",
    )

    def moment(self) -> datetime:
        """The beginning of the day that was typed, in London. Raises Invalid."""
        try:
            day = date.fromisoformat((self.raised_on.data or "").strip())
        except ValueError:
            raise Invalid("Enter the day it was raised, such as 2026-11-22.", "raised_on") from None
        return datetime.combine(day, time(), tzinfo=LONDON)


class FollowForm(VersionedForm):
    """A step."""

    kind = RadioField("What happened?", choices=list(STEP_CHOICES.items()), validate_choice=False)
    to_whom = StringField("If it was passed on: to whom?")
    words = TextAreaField(
        "In a few words",
        description="The person who raised it reads this, unless it is a note for guardians.",
    )


class TouchedForm(VersionedForm):
    """Somebody whom the concern touches."""

    person = SelectField("Who?", validate_choice=False)
    why = TextAreaField(
        "Why?",
        description="For example: 'The rota is theirs.' Only guardians whom it does not touch read this.",
    )


class CloseForm(VersionedForm):
    """The last word."""

    words = TextAreaField("How did it end?", description="The person who raised it reads this.")
