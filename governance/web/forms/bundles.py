"""The form with which a bundle of a case is taken."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField


class BundleForm(FlaskForm):
    """What it is for, as what, and why."""

    purpose = RadioField("What is it for?", validate_choice=False)
    file_format = RadioField(
        "As what?",
        choices=[
            ("pdf", "One PDF, to read or print"),
            ("zip", "A ZIP file: the PDF, every text in a file of its own, and the hash of each"),
        ],
        default="pdf",
        validate_choice=False,
    )
    reason = TextAreaField(
        "Why is it needed?", description="Kept with your name and the time. Others in the case can read it."
    )
    also_hide = TextAreaField(
        "Other names to take out (optional)",
        description="One on each line, such as the name of a patient or of a visitor. They are taken out of every text.",
    )

    def offer(self, purposes: list[tuple[str, str]]) -> None:
        """The purposes for which this person may take one now."""
        self.purpose.choices = purposes
