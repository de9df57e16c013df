"""What the forms about posts share: words kept as they were typed, and the version that a page was made from."""

from __future__ import annotations

import re
from typing import Any

from flask_wtf import FlaskForm
from wtforms import IntegerField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import HiddenInput

from governance.kernel.text import LONGEST_POST

_LONE_SURROGATE = re.compile(r"%ED%[AB][0-9A-F]%[89AB][0-9A-F]", re.IGNORECASE)
"""What the request's parser leaves of a lone surrogate, which is no UTF-8: three bytes, percent-encoded."""


def line_ends(words: str | None) -> str:
    """Browsers send the end of a line as CR LF; people typed one character."""
    return (words or "").replace("\r\n", "\n").replace("\r", "\n")


class WordsField(TextAreaField):
    """A text area whose words are at most as long as a stored post, and hold no broken character."""

    def __init__(self, label: str, called: str, **options: Any) -> None:
        super().__init__(label, filters=[line_ends], **options)
        self.called = called

    @property
    def words(self) -> str:
        """What was typed; nothing typed is the empty text."""
        return self.data or ""

    def pre_validate(self, form: BaseForm) -> None:  # noqa: ARG002  (the signature is that of WTForms)
        """Refuse, by name, what is too long or broken; the verbs refuse the rest where it is stored."""
        words = self.data or ""
        if len(words) > LONGEST_POST:
            raise ValidationError(
                f"{self.called} must be {LONGEST_POST:,} characters or fewer. It has {len(words):,}."
            )
        if _LONE_SURROGATE.search(words):
            raise ValidationError(
                f"{self.called} contains half of an emoji or other character (a lone surrogate), which cannot be "
                "read. Copy the text again from where it came from."
            )


class VersionedForm(FlaskForm):
    """A form that carries the version of the row that its page showed."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())
