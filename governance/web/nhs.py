"""The bridge from WTForms fields to the parameters of the NHS macros."""

from __future__ import annotations

from typing import Any

from wtforms import Field, Form

from governance.entrance.database import db
from governance.kernel.errors import Invalid


def nhs(field: Field, **more: Any) -> dict[str, Any]:
    """The macro parameters of `field`: input, textarea, select, radios, checkboxes, password-input, file-upload."""
    params: dict[str, Any] = {"name": field.name}
    if field.description:
        params["hint"] = {"text": field.description}
    if field.errors:
        params["errorMessage"] = {"text": " ".join(str(error) for error in field.errors)}
    params |= _kind(field)
    return params | more


def _kind(field: Any) -> dict[str, Any]:
    """What only this kind of field needs.

    A group has no id of its own: its first item has the field's, where the error summary leads. With both, the first
    label would belong to the group, and clicking it would choose nothing.
    """
    label = str(field.label.text)
    if field.type in ("RadioField", "SelectMultipleField"):
        items = [
            {"value": option.data, "text": option.label.text, "checked": option.checked} for option in field
        ]
        return {"idPrefix": field.id, "fieldset": {"legend": {"text": label, "size": "s"}}, "items": items}
    if field.type == "BooleanField":
        item = {"value": "y", "text": label, "checked": bool(field.data), "id": field.id}
        return {"idPrefix": field.id, "items": [item]}
    params: dict[str, Any] = {"id": field.id, "label": {"text": label, "size": "s"}}
    if field.type == "SelectField":
        choices = [(value, text, chosen) for value, text, chosen, *_ in field.iter_choices()]
        params["items"] = [
            {"value": value, "text": text, "selected": chosen} for value, text, chosen in choices
        ]
    elif field.type not in ("PasswordField", "FileField"):
        params["value"] = field._value()  # noqa: SLF001  (what WTForms' own widgets read)
    return params


def nhs_errors(form: Form) -> list[dict[str, str]]:
    """The entries of the error summary, each leading to its field. Form-wide errors come first, once each."""
    whole = [{"text": str(error)} for error in dict.fromkeys(form.form_errors)]
    return whole + [{"text": str(error), "href": f"#{field.id}"} for field in form for error in field.errors]


def blame(form: Form, error: Invalid) -> None:
    """Show `error`, which a verb raised, at the field it names, or above the form where it names none of its fields.

    The page that shows it is an answer like any other, and the request commits: so what the verb had begun is undone.
    """
    db.session.rollback()
    if error.field is not None and error.field in form:
        field = form[error.field]
        field.errors = [*field.errors, error.message]
    else:
        form.form_errors.append(error.message)
