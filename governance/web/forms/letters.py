"""The form of a letter. It carries the version of the case from which the letter was filled in."""

from __future__ import annotations

from wtforms import StringField, TextAreaField

from governance.web.forms.cases import VersionedForm
from governance.web.forms.wording import line_ends


class LetterForm(VersionedForm):
    """A letter, filled from its template, to be read and changed before it is sent."""

    heading = StringField("Subject")
    body = TextAreaField(
        "Letter",
        description="Change it as you like: it is sent as it stands here. Fill in or remove what stands in [[double brackets]].",
        filters=[line_ends],
    )
