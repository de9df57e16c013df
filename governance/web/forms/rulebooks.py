"""The forms of the organisation's own rules. Each carries the last step that its page has seen."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from governance.web.forms.wording import line_ends


class StepForm(FlaskForm):
    """Why a step is taken."""

    seen = IntegerField(validators=[Optional()], widget=HiddenInput())
    reason = TextAreaField("Why?", description="One or two sentences. Whoever reads the history sees them.")


class WriteForm(StepForm):
    """A new version."""

    toml = TextAreaField(
        "The rules",
        filters=[line_ends],
        description="TOML, laid over the rules that came with Probity. Leave it empty to go back to those alone.",
    )


class ShelveForm(StepForm):
    """A rule to be set to shadow."""

    rule = HiddenField()
