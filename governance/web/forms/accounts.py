"""The forms of one account's page."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import IntegerField, RadioField, SelectMultipleField, TextAreaField
from wtforms.widgets import HiddenInput

from governance.accounts.privacy import CHECKLIST


class EvidenceForm(FlaskForm):
    """What shows that the account is the owner's."""

    note = TextAreaField(
        "What does it show?",
        description="For example: 'My profile page this morning, with the code in the bio.'",
    )
    file = FileField("A picture or PDF, if you have one", description="PNG, JPEG or PDF, 2 MB at most.")


class ConfirmForm(FlaskForm):
    """What the confirmer saw."""

    version = IntegerField(widget=HiddenInput())
    seen = RadioField(
        "Is the code in the profile, or does the evidence show it?",
        choices=[("yes", "Yes, the account is theirs"), ("no", "No, I could not see it")],
        validate_choice=False,
    )
    reason = TextAreaField(
        "If no: what could you not see?",
        description="The owner reads this, so say what they can do. They can register the account again.",
    )


class RetireForm(FlaskForm):
    """Why it is no longer used for work; may be left empty."""

    version = IntegerField(widget=HiddenInput())
    reason = TextAreaField("Is there anything to note about it? (optional)")


class PrivacyForm(FlaskForm):
    """The checklist of the privacy review."""

    version = IntegerField(widget=HiddenInput())
    checked = SelectMultipleField(
        "Tick each point once it is so", choices=list(CHECKLIST.items()), validate_choice=False
    )
