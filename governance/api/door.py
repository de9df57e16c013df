"""Puts the API into the application: its blueprint, its errors in one shape, and its OpenAPI document."""

from __future__ import annotations

from typing import Any

from apiflask import APIFlask, HTTPError
from flask import Response, make_response
from flask_wtf.csrf import CSRFProtect

from governance.api import accounts, cases, posts, score
from governance.api.blueprint import api
from governance.api.schemas import ErrorOut
from governance.entrance.errors import answer
from governance.kernel.database import LARGEST_ID

VIEWS = (accounts.account, accounts.accounts, cases.case, cases.cases, posts.post, posts.posts, score.score)
"""Named, so that the modules whose decorators put them on the blueprint are not imported for nothing."""

DESCRIPTION = """\
Read accounts, posts and cases as far as a token's person may see them, and score a draft without storing it.

A token is made by `python -m governance token create --person EMAIL --scope accounts:read`. It narrows the rights of its
person and never adds to them. Lists come in pages with links to their neighbours. Every error has the same two fields.
"""


def add_api(app: APIFlask, csrf: CSRFProtect) -> None:
    """Register the API. Tokens travel in a header that no other site can set, so CSRF does not apply."""
    app.config.update(
        DESCRIPTION=DESCRIPTION,
        TAGS=["accounts", "posts", "cases", "score"],
        HTTP_ERROR_SCHEMA=ErrorOut,
        VALIDATION_ERROR_SCHEMA=ErrorOut,
        VALIDATION_ERROR_DESCRIPTION="A field or parameter is wrong; `detail` names it",
    )
    csrf.exempt(api)
    app.register_blueprint(api)
    # Set and not declared by `error_processor`, which would also take the pages' errors.
    app.error_callback = _error
    app.spec_processor(_document)


def _error(error: HTTPError) -> Response:
    return make_response(answer(error.status_code, _words(error.detail) or str(error.message)))


def _words(detail: Any, path: str = "") -> str:
    """What webargs found wrong, as text: `text: Missing data for required field.`"""
    if isinstance(detail, dict):
        inner = (_words(value, f"{path}.{key}" if path else str(key)) for key, value in detail.items())
        return " ".join(words for words in inner if words)
    if isinstance(detail, list):
        return " ".join(_words(one, path) for one in detail)
    where = path.removeprefix("json.").removeprefix("query.")
    return f"{where}: {detail}" if where else str(detail or "")


def _document(spec: dict[str, Any] | str) -> dict[str, Any] | str:
    """What APIFlask leaves out: that bodies are required, the bounds of ids, and 403 beside 401."""
    if isinstance(spec, str):
        raise TypeError("the document is made as JSON, so it comes as a dictionary")
    for path in spec["paths"].values():
        for operation in path.values():
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path" and parameter["schema"] == {"type": "integer"}:
                    parameter["schema"] |= {"minimum": 1, "maximum": LARGEST_ID}
            error = operation["responses"]["401"]
            operation["responses"]["403"] = {
                **error,
                "description": "The token's scopes or person do not reach this",
            }
    return spec
