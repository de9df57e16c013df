"""The API's own door: a bearer token whose scope narrows the rights of its person. A session cookie opens nothing here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from apiflask import HTTPError, HTTPTokenAuth
from flask import Response, abort, make_response, request

from governance.api.blueprint import api
from governance.entrance.database import db
from governance.entrance.errors import answer
from governance.entrance.models import ApiToken
from governance.entrance.tokens import live_token
from governance.kernel.errors import Refused
from governance.people.models import Person

NEEDS = {
    "accounts:read": "account.see",
    "posts:read": "post.see",
    "cases:read": "case.see",
    "score": "draft.check",
}
"""The permission of people/roles.py that each scope narrows."""

REASONS = {
    401: "Send a token that is known, has not ended and was not revoked, in the header 'Authorization: Bearer TOKEN'.",
    403: "This token's scopes do not open this. Ask for a token with the scope that the OpenAPI document names.",
}

View = TypeVar("View", bound=Callable[..., Any])

bearer = HTTPTokenAuth(
    scheme="Bearer",
    description="A token made by `python -m governance token create`. Its scopes narrow the rights of its person.",
)


@bearer.verify_token  # type: ignore[untyped-decorator]  # Flask-HTTPAuth ships no types
def _verify(token: str) -> ApiToken | None:
    return live_token(db.session, token)


@bearer.get_user_roles  # type: ignore[untyped-decorator]  # as above
def _scopes(token: ApiToken) -> list[str]:
    return token.scopes.split()


@bearer.error_processor
def _closed(error: HTTPError) -> Response:
    status = error.status_code
    headers = {"WWW-Authenticate": 'Bearer realm="Probity API"'} if status == 401 else {}  # RFC 9110, 11.6.1
    return make_response(answer(status, REASONS[status], refused=status == 403, headers=headers))


def token_person() -> Person:
    """The person whose token this request carries. Only for views behind `scope`."""
    return cast(ApiToken, bearer.current_user).person


def scope(name: str, *, writes: bool | None = None) -> Callable[[View], View]:
    """Open an API view to tokens with scope `name`. `writes` as in entrance/gate.permission."""
    needed = NEEDS[name]

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not token_person().may(needed):
                raise Refused("The person of this token may not do this, so the token may not either.")
            if request.method == "POST" and not request.is_json:
                abort(415)
            try:
                return view(*args, **kwargs)
            except RecursionError:
                abort(400)  # JSON nested thousands of levels deep

        opened: Any = api.auth_required(bearer, roles=[name])(guarded)
        opened.scope = name  # the mark that the gate reads
        if writes is not None:
            opened.writes = writes  # read by entrance/database.py
        return cast(View, opened)

    return mark
