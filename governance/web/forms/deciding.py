"""The forms of deciding: the decision and its formal steps, the second person, appeals, and going back."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField

from governance.cases.outcomes import LADDER, consequences_of
from governance.cases.titles import (
    APPEAL_RESULTS,
    OUTCOME_TITLES,
    PROPORTIONALITY,
    REFERRAL_REASONS,
    ROUTE_TITLES,
    SCHEME_TITLES,
)
from governance.people.models import Person
from governance.web.forms.cases import OpinionForm, VersionedForm, choices_of
from governance.workflow.formal_steps import InvestigationPlan, ReferralWeighed


def outcome_hints() -> dict[str, str]:
    """What stands under each outcome: what it means, and the kinds of consequence that it can have."""
    hints = {}
    for one in LADDER.values():
        kinds = consequences_of(one.id)
        second = " Needs a second person." if one.formal else ""
        hints[one.id] = f"{one.meaning} Can bear on: {', '.join(kinds)}.{second}" if kinds else one.meaning
    return hints


class DecideForm(VersionedForm):
    """The decision, with what a formal outcome needs."""

    outcome = RadioField("What do you decide?", choices=list(OUTCOME_TITLES.items()), validate_choice=False)
    scheme = RadioField("Under which procedure?", choices=list(SCHEME_TITLES.items()), validate_choice=False)
    case_manager = SelectField(
        "Case manager",
        description="Looks after the investigation, and decides on what it finds.",
        validate_choice=False,
    )
    investigator = SelectField(
        "Case investigator", description="Finds out what happened, and judges nobody.", validate_choice=False
    )
    designated_member = SelectField(
        "Designated member",
        description="Only under Maintaining High Professional Standards: of the board, keeps it moving.",
        validate_choice=False,
    )
    terms = TextAreaField("What is to be found out?")
    refer = RadioField(
        "Is the regulator told?",
        choices=[("yes", "Yes, it is referred"), ("no", "No, it was considered and is not referred")],
        validate_choice=False,
    )
    referral_reason = RadioField(
        "If it is: for which reason?", choices=list(REFERRAL_REASONS.items()), validate_choice=False
    )
    talked_to = TextAreaField("Whom did you talk it over with first, and what did they say?")
    referral_why = TextAreaField("Why, or why not?", description="Kept either way.")
    changed = TextAreaField(
        "What did you change after the second person differed? If nothing, why not?",
    )
    reasons = TextAreaField(
        "Why?",
        description="Say what you weighed: the post, the opinions, and what the author answered. They read this as you "
        "write it.",
    )
    sources = SelectMultipleField("What does your decision stand on?", validate_choice=False)
    other_sources = TextAreaField("Other sources", description="One on each line.")

    named = OpinionForm.named

    def offer(self, sources: Sequence[str], people: Sequence[Person], outcomes: Sequence[str]) -> None:
        """Fill in the choices for this case: sources, people for an investigation, and outcomes."""
        self.sources.choices = [(one, one) for one in sources]
        self.outcome.choices = [(one, OUTCOME_TITLES[one]) for one in outcomes]
        for field in (self.case_manager, self.investigator, self.designated_member):
            field.choices = choices_of(people)

    def plan(self, people: Sequence[Person]) -> InvestigationPlan:
        """Who investigates, as it was sent; nobody who was not offered."""
        by_id = {str(one.id): one for one in people}
        return InvestigationPlan(
            scheme=self.scheme.data or "",
            case_manager=by_id.get(self.case_manager.data or ""),
            investigator=by_id.get(self.investigator.data or ""),
            designated_member=by_id.get(self.designated_member.data or ""),
            terms=self.terms.data or "",
        )

    @property
    def weighed_referral(self) -> ReferralWeighed:
        """Whether the regulator is told, as it was sent."""
        return ReferralWeighed(
            refer={"yes": True, "no": False}.get(self.refer.data or ""),
            reason=self.referral_reason.data or None,
            talked_to=self.talked_to.data or "",
            why=self.referral_why.data or "",
        )


class Weighing(VersionedForm):
    """Every question of the proportionality form, for where something protected is at stake."""

    tone = TextAreaField(PROPORTIONALITY["tone"])
    reach = TextAreaField(PROPORTIONALITY["reach"])
    capacity = TextAreaField(PROPORTIONALITY["capacity"])
    remorse = TextAreaField(PROPORTIONALITY["remorse"])
    role = TextAreaField(PROPORTIONALITY["role"])
    harm = TextAreaField(PROPORTIONALITY["harm"])
    lesser_step = TextAreaField(PROPORTIONALITY["lesser_step"])

    @property
    def weighed(self) -> dict[str, str]:
        """The answers by their question."""
        return {key: self[key].data or "" for key in PROPORTIONALITY}


class ProportionateForm(DecideForm, Weighing):
    """The decision where something protected is at stake."""


class SecondOpinionForm(VersionedForm):
    """What the second person would decide, before they read what was decided."""

    outcome = RadioField(
        "What would you decide?", choices=list(OUTCOME_TITLES.items()), validate_choice=False
    )
    reasons = TextAreaField(
        "Why?", description="Whoever decides reads this, and answers it where you differ."
    )


class CountersignForm(VersionedForm):
    """Agreeing with what was decided, or differing."""

    agrees = RadioField("Do you stand behind this decision?", validate_choice=False)
    outcome = RadioField(
        "If you differ: what would you decide?", choices=list(OUTCOME_TITLES.items()), validate_choice=False
    )
    comment = TextAreaField("What would you add? If you differ, say in what.")

    @property
    def answer(self) -> bool | None:
        """Whether they agree; None where it was not said."""
        return {"yes": True, "no": False}.get(self.agrees.data or "")


class AppealForm(VersionedForm):
    """The author's appeal."""

    grounds = TextAreaField(
        "Why do you think the decision is wrong?",
        description="In your own words: something was not seen, or not weighed, or it asks too much. New facts help.",
    )
    companion = StringField(
        "Who is with you? (optional)",
        description="The name of a colleague or union representative who helps you, if you wish.",
    )


class AnswerAppealForm(VersionedForm):
    """What the decider says to the appeal."""

    answer = TextAreaField(
        "What do you say to it?", description="The author reads this, and so does whoever hears the appeal."
    )


class HearAppealForm(VersionedForm):
    """The decision on an appeal."""

    result = RadioField("What becomes of the decision?", validate_choice=False)
    outcome = RadioField("If something lighter takes its place: what?", validate_choice=False)
    reasons = TextAreaField(
        "Why?",
        description="Say what you made of each point of the appeal. The author reads this as you write it.",
    )
    conditions = TextAreaField(
        "Conditions (optional)", description="For example: 'The reflection is kept by the author alone.'"
    )

    def offer(self, variations: Sequence[str]) -> None:
        """Fill in what this appeal can lead to."""
        results = [one for one in APPEAL_RESULTS if one != "varied" or variations]
        self.result.choices = [(one, APPEAL_RESULTS[one]) for one in results]
        self.outcome.choices = [(one, OUTCOME_TITLES[one]) for one in variations]


class WeighedAppealForm(HearAppealForm, Weighing):
    """The decision on an appeal where something protected is at stake."""


class NameHearerForm(VersionedForm):
    """Naming who hears an appeal."""

    to = SelectField("Who hears the appeal?", validate_choice=False)

    def offer(self, people: Sequence[Person]) -> None:
        """Fill in who may."""
        self.to.choices = choices_of(people)


class ReopenForm(VersionedForm):
    """Opening a closed case again."""

    reason = TextAreaField("Why is it opened again?", description="The author reads this.")
    to = RadioField(
        "Where does it go?",
        choices=[
            ("triage", "To a first look, which names who decides"),
            ("review", "To a further opinion; then the author answers, and the same person decides anew"),
        ],
        validate_choice=False,
    )
    route = RadioField(
        "If to a further opinion: whose?", choices=list(ROUTE_TITLES.items()), validate_choice=False
    )


class UndoForm(VersionedForm):
    """Taking back one's own last act."""

    reason = TextAreaField(
        "Why do you take it back?", description="It stays on the timeline, with this reason."
    )
