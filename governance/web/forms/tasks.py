"""The forms of tasks, and of the clock of a case's stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from wtforms import RadioField, SelectField, StringField, TextAreaField

from governance.cases.tasks.kinds import task_kinds
from governance.kernel.clock import LONDON
from governance.kernel.errors import Invalid
from governance.people.models import Person
from governance.web.forms.cases import VersionedForm


class OpenTaskForm(VersionedForm):
    """A task that somebody opens by hand."""

    kind = RadioField("What is to be done?", validate_choice=False)
    why = TextAreaField(
        "Why is it needed?",
        description="Whoever does the task reads this. Write what they need, and nothing that only the case may know.",
    )
    known_on = StringField(
        "Which day was this known?",
        description="Its clock began then. Leave both empty if you know it since now. For example 2026-11-22.",
    )
    known_at = StringField("At what time, in the United Kingdom?", description="For example 14:05.")

    def offer(self, kinds: Sequence[str]) -> None:
        """Offer these kinds, by their titles."""
        self.kind.choices = [(kind, task_kinds()[kind].title) for kind in kinds]

    def moment(self) -> datetime | None:
        """When it was known, in London; None where nothing was typed. Raises Invalid, naming the field."""
        day, at = (self.known_on.data or "").strip(), (self.known_at.data or "").strip()
        if not day and not at:
            return None
        try:
            on = date.fromisoformat(day)
        except ValueError:
            raise Invalid("Enter the day, such as 2026-11-22.", "known_on") from None
        try:
            hour = time.fromisoformat(at)
        except ValueError:
            raise Invalid("Enter the time, such as 14:05.", "known_at") from None
        return datetime.combine(on, hour.replace(tzinfo=None), tzinfo=LONDON)


class FinishTaskForm(VersionedForm):
    """A task that is done."""

    done = TextAreaField(
        "What was done?", description="Who did what, when. Those who work on the case read this."
    )


class CancelTaskForm(VersionedForm):
    """A task that is not needed."""

    reason = TextAreaField("Why is it not needed?", description="Those who work on the case read this.")


class ReportForm(VersionedForm):
    """Whether a personal-data breach is reported to the Information Commissioner."""

    report = RadioField(
        "Is it reported to the Information Commissioner's Office (ICO)?",
        choices=[
            ("not_reported", "No: a risk to anybody is unlikely, or nobody's data is in it"),
            ("reported", "Yes: it has been reported"),
        ],
        validate_choice=False,
    )
    reasons = TextAreaField(
        "Why?",
        description="Either way, in writing: who can be recognised, what was told of them, how many could read it, what was "
        "done about it, and how likely harm is.",
    )
    reference = StringField("If it is reported: the ICO's reference")
    delay_reasons = TextAreaField("Why did it take longer than 72 hours?")


class AssignTaskForm(VersionedForm):
    """A task for a named person."""

    to = SelectField("Who does it?", validate_choice=False)

    def offer(self, people: Sequence[Person]) -> None:
        """Offer these people."""
        self.to.choices = [("", "Choose a person")]
        self.to.choices += [(str(one.id), f"{one.name}, {one.department.name}") for one in people]


class PauseClockForm(VersionedForm):
    """Letting the clock of a stage stand still, or go on."""

    reason = TextAreaField(
        "Why?",
        description="For example: 'The author is on sick leave until 3 June.' The author reads this too.",
    )
