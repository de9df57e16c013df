"""The forms of what people do with cases on their desk, one or several at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from governance.cases.models import Case
from governance.kernel.errors import Invalid
from governance.people.models import Person
from governance.web.forms.cases import VersionedForm, choices_of


class ClaimForm(VersionedForm):
    """Taking a case up."""


class PutBackForm(VersionedForm):
    """Putting it back for others."""


class TakeUpForm(VersionedForm):
    """Bringing back what was put aside."""


class UntilField(StringField):
    """A day, as a date field of a browser sends it."""

    def day(self) -> date:
        """The day that was typed. Raises Invalid, naming the field."""
        try:
            return date.fromisoformat((self.data or "").strip())
        except ValueError:
            raise Invalid("Enter a day, such as 2026-11-30.", self.name) from None


class DeferForm(VersionedForm):
    """Putting a case aside."""

    until = UntilField("Until which day?", description="The case comes back to your list on that day.")
    reason = TextAreaField("Why?", description="Those who work on the case read this; the author does not.")


class AskHelpForm(VersionedForm):
    """A question to a colleague."""

    asked = SelectField("Whom do you ask?", validate_choice=False)
    question = TextAreaField("What would you like to know?", description="Up to 2,000 characters.")

    def offer(self, people: Sequence[Person]) -> None:
        """Fill in whom one may ask in this case."""
        self.asked.choices = choices_of(people)


class AnswerHelpForm(VersionedForm):
    """The answer to it."""

    answer = TextAreaField("Your answer", description="Those who work on the case read this.")


class SeveralForm(FlaskForm):
    """One thing for several cases. The cases themselves stand beside it, each with the version that was shown."""

    act = HiddenField()
    to = SelectField("Who should hold them?", validate_choice=False)
    until = UntilField("Until which day?", description="They come back to your list on that day.")
    into = SelectField("Which one goes on?", validate_choice=False)
    reason = TextAreaField("Why?")


class KeepViewForm(FlaskForm):
    """A choice of filters under a name."""

    name = StringField("Name")
    query = HiddenField()


class KeysForm(FlaskForm):
    """Whether keys move through the queue."""

    keys = HiddenField()


class DropViewForm(FlaskForm):
    """Letting go of a kept choice of filters."""


class JoinForm(VersionedForm):
    """Joining a case with another."""

    into = RadioField("Which case goes on?", validate_choice=False)
    reason = TextAreaField(
        "Why?", description="For example: 'The same words, posted on two platforms.' The author reads this."
    )

    def offer(self, others: Sequence[Case]) -> None:
        """Fill in the cases that could go on for this one."""
        self.into.choices = [(one.reference, f"{one.reference} ({one.severity})") for one in others]
