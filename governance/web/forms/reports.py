"""The forms about reports. What is right is said by the verbs, not here."""

from __future__ import annotations

from collections.abc import Sequence

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField

from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.people.models import Person
from governance.reports.models import FROM_OUTSIDE
from governance.reports.policy import can_report
from governance.reports.titles import WAY_TITLES
from governance.web.forms.posts import Whereabouts
from governance.web.forms.wording import VersionedForm, WordsField


class ReportForm(Whereabouts):
    """Somebody reports a post."""

    way = RadioField("What do you report?", validate_choice=False)
    about_whom = TextAreaField(
        "Whose post is it?",
        description="Their work e-mail address, or the handle or address of their account, if you know it. If you are not "
        "sure, write what you know, such as a name: HR finds out. Leave it empty if the post is your own.",
    )
    platform = SelectField(
        "Where was it posted?", choices=[("", "Choose where"), *PLATFORMS.items()], validate_choice=False
    )
    audience = SelectField(
        "Who can see it?",
        choices=[("", "Not sure"), *AUDIENCES.items()],
        default="",
        validate_choice=False,
    )
    text = WordsField("The words of the post", "The text")
    file = MultipleFileField(
        "Pictures of what you saw",
        description="Up to three PNG, JPEG or PDF files, 2 MB each. The author may see them later: cover your own name and "
        "picture, and anybody else's.",
    )
    worry = TextAreaField(
        "What worries you about it?",
        description="Say whom it could hurt, and how. Those who look into it read this. The author does not.",
    )
    may_name = BooleanField("You may tell the author that it was me")
    from_whom = StringField(
        "Who wrote to us?",
        description="The patient's name, or the regulator's. Only HR and data protection see a name.",
    )
    their_reference = StringField("Their reference", description="If the letter or complaint has one.")
    complainant = StringField(
        "Do they work here? Their work e-mail address",
        description="So that they have no other part in the case. Leave it empty if not.",
    )

    from_outside = False
    """Whether this person may write down what came from outside."""

    def offer(self, person: Person) -> None:
        """Offer the ways in that are `person`'s to use."""
        ways = [way for way in WAY_TITLES if can_report(person, way) is None]
        self.way.choices = [(way, WAY_TITLES[way]) for way in ways]
        self.from_outside = bool(set(ways) & set(FROM_OUTSIDE))


class PlaceForm(VersionedForm):
    """Whose post it is, as HR found out."""

    person = SelectField("Whose post is it?", validate_choice=False)
    reason = TextAreaField("How do you know, or what is new in it?")

    def offer(self, people: Sequence[Person]) -> None:
        """Everybody whose post it could be."""
        told = [(str(one.id), f"{one.name}, {one.department.name}") for one in people]
        self.person.choices = [("", "Choose a person"), *told]


class SetAsideForm(VersionedForm):
    """No case comes of it."""

    reason = TextAreaField(
        "Why does no case come of it?",
        description="For example: 'Nobody of this name works here.' The person who reported it reads only that it is closed.",
    )
