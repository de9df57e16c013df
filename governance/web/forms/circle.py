"""The forms of who may act in a case, and who may see it: objections and restrictions."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import RadioField, SelectField, SelectMultipleField, TextAreaField

from governance.cases.objection.models import Objection
from governance.people.models import Person
from governance.web.forms.cases import VersionedForm
from governance.web.forms.concerns import people_choices


class ObjectForm(VersionedForm):
    """The author objects to somebody."""

    person = SelectField("To whom do you object?", validate_choice=False)
    reason = TextAreaField(
        "Why should they not act in it?",
        description="For example: 'I complained about her in March.' They read this, and so does whoever decides it.",
    )

    def offer(self, people: Sequence[Person]) -> None:
        """Those whom the author may object to now."""
        self.person.choices = people_choices(people)


class DecideObjectionForm(VersionedForm):
    """Somebody else decides an objection."""

    objection = RadioField("Which objection do you decide?", validate_choice=False)
    upheld = RadioField(
        "Do you uphold it?",
        choices=[
            ("yes", "Yes: somebody else takes their place, and they no longer see the case"),
            ("no", "No: they go on"),
        ],
        validate_choice=False,
    )
    answer = TextAreaField(
        "Why?",
        description="Ask whether a fair-minded person who knew the facts would doubt that they can be impartial. The author "
        "reads this.",
    )

    def offer(self, objections: Sequence[Objection]) -> None:
        """The objections that wait for this person; the only one is chosen already."""
        self.objection.choices = [(str(one.id), one.person.name) for one in objections]
        if len(objections) == 1 and not self.objection.data:
            self.objection.data = str(objections[0].id)


class RestrictForm(VersionedForm):
    """Who may see a case beside those who act in it."""

    people = SelectMultipleField(
        "Who may see it, beside those who act in it?",
        description="You are always among them. The author sees the case in any event.",
        validate_choice=False,
    )
    reason = TextAreaField(
        "Why is it restricted?", description="Those who see the case read this, but not the author."
    )

    def offer(self, people: Sequence[Person]) -> None:
        """Everybody who may be named."""
        self.people.choices = [(str(one.id), f"{one.name}, {one.department.name}") for one in people]


class LiftForm(VersionedForm):
    """Those whose role it is see the case again."""

    reason = TextAreaField("Why is it lifted?")
