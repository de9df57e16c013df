"""The form under the monitoring notice."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput


class AcknowledgeForm(FlaskForm):
    """That one has read the notice of this number."""

    number = IntegerField(widget=HiddenInput())
    read = BooleanField(
        "I have read this notice",
        validators=[InputRequired("Tick the box to say that you have read the notice.")],
    )
