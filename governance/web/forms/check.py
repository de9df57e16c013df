"""The form of the check page."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField

from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.web.forms.wording import WordsField, line_ends

NOT_SURE = ("", "Not sure yet")


class CheckForm(FlaskForm):
    """What somebody thinks of posting, and where. Nothing of it is stored."""

    text = WordsField("Your words", "Your text")
    platform = SelectField("Where", choices=[NOT_SURE, *PLATFORMS.items()], default="")
    audience = SelectField("Who will see it", choices=[NOT_SURE, *AUDIENCES.items()], default="")
    in_reply_to = WordsField("What it answers", "What it answers")
    attachments_text = WordsField("Words in the picture or video", "The text in the picture")
    before = HiddenField(filters=[line_ends])
