"""Security headers on every answer, with a nonce a request for the two places that need one."""

from __future__ import annotations

import secrets
from typing import cast

from flask import Flask, Response, g, request

from governance.kernel.settings import Settings


def csp_nonce() -> str:
    """This request's nonce for the content security policy."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return cast(str, g.csp_nonce)


def add_headers(app: Flask, settings: Settings) -> None:
    """Send the headers, and hand templates the nonce (`cspNonce` is the name the NHS page template reads)."""
    app.context_processor(lambda: {"csp_nonce": csp_nonce, "cspNonce": csp_nonce()})

    @app.after_request
    def _send(response: Response) -> Response:
        nonce = csp_nonce()
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
            "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'; manifest-src 'self'"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        if settings.secure_cookies:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response
