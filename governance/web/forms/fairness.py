"""The form with which characteristics are supplied."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField


class SupplyForm(FlaskForm):
    """One CSV file."""

    file = FileField("The file", description="CSV (UTF-8), 5 MB at most.")
