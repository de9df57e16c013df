"""The forms of a person's own posts and drafts."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField

from governance.accounts.models import SocialAccount
from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.kernel.clock import LONDON
from governance.kernel.errors import Invalid
from governance.web.forms.check import NOT_SURE
from governance.web.forms.wording import VersionedForm, WordsField

_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?::[0-5]\d)?", re.ASCII)
"""A time of day as people write it and as browsers send it; seconds are left out."""


def account_choices(accounts: list[SocialAccount]) -> list[tuple[str, str]]:
    """A person's accounts in use, as choices."""
    return [(str(one.id), f"{one.handle} on {PLATFORMS[one.platform]}") for one in accounts]


class Whereabouts(FlaskForm):
    """When a post came out, and where it stands."""

    posted_on = StringField("Day it was posted")
    posted_at = StringField("Time in the United Kingdom")
    url = StringField(
        "Address of the post",
        description="Copy it from the top of your browser. Leave it empty if it has none.",
    )
    native_id = StringField(
        "The platform's id of the post", description="Only if you know it: some tools and exports show one."
    )

    def moment(self) -> datetime:
        """The day and time that were typed, in London. Raises Invalid, naming the field."""
        try:
            day = date.fromisoformat((self.posted_on.data or "").strip())
        except ValueError:
            raise Invalid("Enter the day it was posted, such as 2026-11-22.", "posted_on") from None
        typed = _TIME.fullmatch((self.posted_at.data or "").strip())
        if typed is None:
            raise Invalid("Enter the time it was posted, such as 14:05.", "posted_at")
        at = time(int(typed[1]), int(typed[2]))
        return datetime.combine(day, at, tzinfo=LONDON)


class DraftForm(FlaskForm):
    """A draft that asks for approval."""

    account_id = SelectField("Account")
    text = WordsField("Your words", "Your text")
    audience = SelectField("Who will see it", choices=[NOT_SURE, *AUDIENCES.items()], default="")
    in_reply_to = WordsField("What it answers", "What it answers")
    attachments_text = WordsField("Words in the picture or video", "The text in the picture")


class RecordForm(DraftForm, Whereabouts):
    """A post that is out already."""

    audience = SelectField("Who can see it", choices=[("", "Not sure"), *AUDIENCES.items()], default="")


class WithdrawForm(VersionedForm):
    """A draft that its author takes back."""


class ReviseForm(VersionedForm):
    """New words for a draft or post."""

    text = WordsField("Your words", "Your text")
    attachments_text = WordsField("Words in the picture or video", "The text in the picture")


class PublishForm(VersionedForm, Whereabouts):
    """An approved draft that is out now."""

    text = WordsField("The words as you posted them", "Your text")
