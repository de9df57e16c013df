"""The steps of registering an account, one thing a page. What is right is said by accounts/, not here."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField

from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.accounts.registration_numbers import REGULATORS


class PlatformForm(FlaskForm):
    """Where the account is."""

    platform = RadioField("Where is the account?", choices=list(PLATFORMS.items()), validate_choice=False)


class AddressForm(FlaskForm):
    """Its handle and address."""

    handle = StringField("Handle")
    url = StringField("Address of the profile")


class PurposeForm(FlaskForm):
    """What it is used for, and who sees it."""

    purpose = TextAreaField(
        "What do you use this account for?",
        description="One or two sentences, in your own words: for example, 'I share wound care tips with other "
        "community nurses'. 500 characters at most.",
    )
    audience = RadioField(
        "Who usually sees what you post there?", choices=list(AUDIENCES.items()), validate_choice=False
    )


class StandingForm(FlaskForm):
    """The owner's profession and registration."""

    profession = StringField(
        "Your profession", description="For example: nurse, pharmacist, healthcare assistant."
    )
    regulator = SelectField(
        "Your regulator",
        choices=[("", "None"), *((key, f"{one.name} ({key})") for key, one in REGULATORS.items())],
        validate_choice=False,
    )
    number = StringField(
        "Your registration number",
        description="As it stands in the regulator's register. Leave it empty if you have none.",
    )
