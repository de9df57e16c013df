"""The form with which an approver answers."""

from __future__ import annotations

from governance.web.forms.wording import VersionedForm, WordsField


class AnswerForm(VersionedForm):
    """What the approver says of a draft."""

    comment = WordsField("Your comment to the author", "Your comment")
