"""The forms of a case. Each carries the version of the case that its page showed."""

from __future__ import annotations

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import HiddenInput

from governance.assessments.models import SEVERITIES
from governance.cases.titles import JUST_CULTURE, JUST_CULTURE_ANSWERS, ROUTE_TITLES
from governance.people.models import Person

SERIOUSNESS = {
    "none": "No concern",
    "low": "Low: a slip that anybody could make",
    "medium": "Medium: should not happen again",
    "high": "High: harm was likely, or trust was damaged",
    "critical": "Critical: serious harm, or it goes on",
}


class VersionedForm(FlaskForm):
    """What all of them have. A missing or mistyped version is a stale one."""

    version = IntegerField(widget=HiddenInput())


class TriageForm(VersionedForm):
    """The first look."""

    identity = RadioField(
        "Is it really this person's account, and are these their words?",
        choices=[
            ("theirs", "Yes: their account, and their words"),
            ("hacked", "No: their account, but somebody else used it (hacked)"),
            ("fake", "No: a fake account in their name"),
            ("same_name", "No: somebody else with the same name"),
            ("not_words", "No: these are not their words (changed, invented, or quoted from somebody)"),
        ],
        validate_choice=False,
    )
    how_known = TextAreaField(
        "How do you know?",
        description="For example: 'It is their registered account, and they told me about the post.' The author can read "
        "this: do not name who reported it.",
    )
    outcome = RadioField("What should happen next?", validate_choice=False)
    reason = TextAreaField("Why?", description="Plain words. The author reads this too.")
    message = TextAreaField(
        "If you offer coaching: what would you like to tell them?",
        description="They read it with the case. Say what was good as well.",
    )
    route = RadioField(
        "If others should look: whose opinion is needed?",
        choices=list(ROUTE_TITLES.items()),
        validate_choice=False,
    )
    decider = SelectField(
        "If others should look: who decides in the end?",
        description="They write no opinion, so that they can weigh what others wrote.",
        validate_choice=False,
    )

    def offer(self, deciders: Sequence[Person], *, name: str, coaching: bool) -> None:
        """Fill in the choices for this case."""
        steps = [("no_concern", f"No concern: close with no action and tell {name}")]
        if coaching:
            steps.append(("coaching", f"A word is enough: close, and send {name} a message"))
        steps.append(("review", "Others should look at it before anybody decides"))
        steps.append(("not_theirs", f"Close: it was not theirs, and tell {name} what they can do"))
        self.outcome.choices = steps
        self.decider.choices = choices_of(deciders)


_ANSWERS = list(JUST_CULTURE_ANSWERS.items())


class OpinionForm(VersionedForm):
    """What a clinical lead, HR or data protection thinks."""

    seriousness = RadioField(
        "How serious do you find it?", choices=list(SERIOUSNESS.items()), validate_choice=False
    )
    findings = TextAreaField(
        "What do you find?",
        description="What was posted, whom it could affect and how, measured by the guidance. The author will read it.",
    )
    deliberate = RadioField(JUST_CULTURE["deliberate"], choices=_ANSWERS, validate_choice=False)
    health = RadioField(JUST_CULTURE["health"], choices=_ANSWERS, validate_choice=False)
    foresight = RadioField(JUST_CULTURE["foresight"], choices=_ANSWERS, validate_choice=False)
    others = RadioField(JUST_CULTURE["others"], choices=_ANSWERS, validate_choice=False)
    mitigation = TextAreaField(
        "What speaks for the author?",
        description="What makes your four answers so, and anything else that should count for them.",
    )
    sources = SelectMultipleField("What does your opinion stand on?", validate_choice=False)
    other_sources = TextAreaField("Other sources", description="One on each line.")

    def offer(self, sources: Sequence[str]) -> None:
        """Offer the sources that the findings cite."""
        self.sources.choices = [(one, one) for one in sources]

    @property
    def named(self) -> list[str]:
        """The sources that were ticked, then those that were written."""
        return [*(self.sources.data or []), *(self.other_sources.data or "").splitlines()]

    @property
    def just_culture(self) -> dict[str, str]:
        """The four answers by their question."""
        return {key: self[key].data or "" for key in JUST_CULTURE}


class ReplyForm(VersionedForm):
    """The author's answer."""

    text = TextAreaField(
        "Your answer",
        description="Say it in your own words: what happened, how you see it, what you have done since. "
        "Up to 20,000 characters.",
    )
    companion = StringField(
        "Who is with you? (optional)",
        description="The name of a colleague or union representative who helps you, if you wish.",
    )


class EndReplyTimeForm(VersionedForm):
    """Going on without an answer."""

    reason = TextAreaField(
        "Why do you go on without an answer?", description="Say how the author was reminded."
    )


class CloseForm(VersionedForm):
    """Closing after the outcome."""

    reason = TextAreaField(
        "What was done?", description="For example: 'The post was edited on 3 June.' The author reads this."
    )


class RecuseForm(VersionedForm):
    """Stepping back."""

    reason = TextAreaField(
        "What is the conflict?",
        description="For example: 'We are friends outside work.' Those who work on the case read this; the author does "
        "not.",
    )


_HANDED = {
    "holder": "Holding the case",
    "decider": "Deciding it",
    "second": "Being the second person, who countersigns",
    "hearer": "Hearing the appeal",
}


class HandOverForm(VersionedForm):
    """Handing on the case, or naming another decider."""

    part = RadioField("What do you hand over?", validate_choice=False)
    to = SelectField("To whom?", validate_choice=False)
    reason = TextAreaField("Why?")

    def offer(self, people: Sequence[Person], parts: Sequence[str]) -> None:
        """Fill in the choices for this case."""
        self.part.choices = [(part, _HANDED[part]) for part in parts]
        self.to.choices = choices_of(people)


class ReleaseForm(VersionedForm):
    """The guardian releases a case."""

    concern = TextAreaField(
        "What concern was raised?",
        description="You look after it from here, apart from the case. Only guardians and the author read this.",
    )
    reason = TextAreaField(
        "Why does the rest need a first look?",
        description="Whoever may know of the protection reads this, and the author.",
    )


class AnswerConcernForm(VersionedForm):
    """The guardian answers and closes."""

    concern = TextAreaField(
        "What concern was raised?",
        description="In your own words. You follow it from here, apart from the case. Only guardians and the author read "
        "this.",
    )
    answer = TextAreaField(
        "How was the concern answered?",
        description="Only guardians and the author read this. The case closes with no action on the author.",
    )


def choices_of(people: Sequence[Person]) -> list[tuple[str, str]]:
    """People as the choices of a select: name, roles and department, after an empty one."""
    described = [
        (str(person.id), f"{person.name} ({_roles(person)}), {person.department.name}") for person in people
    ]
    return [("", "Choose a person"), *described]


def _roles(person: Person) -> str:
    titles = [title for title in person.role_titles if title != "Staff"]
    return ", ".join(titles)


def known_severities() -> list[tuple[str, str]]:
    """The severities that a case can have, worst first, for the queue's filter."""
    return [(severity, severity.capitalize()) for severity in reversed(SEVERITIES[2:])]
