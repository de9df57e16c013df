"""One commit per request, inside dispatch, so that a commit that fails meets the error handlers."""

from __future__ import annotations

from apiflask import APIFlask
from flask import Response

from governance.entrance.database import db


class Application(APIFlask):
    """The Flask application of the pages and the API."""

    def dispatch_request(self) -> Response:
        """Run the view, make its response (templates are rendered by now) and commit; on any error roll back."""
        session = db.session
        try:
            response = self.make_response(super().dispatch_request())
            session.commit()
        except BaseException:
            session.rollback()
            raise
        return response
