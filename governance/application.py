"""The application: one wiring line for each concern."""

from __future__ import annotations

from flask_wtf.csrf import CSRFProtect

from governance.api.door import add_api
from governance.cases.clocks.targets import use_targets
from governance.entrance.addresses import add_row_ids
from governance.entrance.database import db
from governance.entrance.errors import add_errors
from governance.entrance.gate import add_gate
from governance.entrance.headers import add_headers
from governance.entrance.logs import set_up_logs
from governance.entrance.second_factor import add_second_factor
from governance.entrance.signin import add_signin
from governance.entrance.templates import prepare_templates
from governance.entrance.transaction import Application
from governance.kernel.database import make_engine
from governance.kernel.paths import STATIC, TEMPLATES
from governance.kernel.settings import Settings
from governance.web.pages import add_pages

LARGEST_REQUEST = 6 * 1024 * 1024  # bytes: a 5 MB file and a form around it
IDLE_SECONDS = 2 * 60 * 60  # signed out after two hours without a request


def create_app(settings: Settings) -> Application:
    """The application for `settings`. It reads no environment and touches no database."""
    app = Application(
        "governance",
        title="Probity",
        version="1",
        json_errors=False,
        docs_path=None,
        spec_path="/api/v1/openapi.json",
        template_folder=str(TEMPLATES),
        static_folder=str(STATIC),
        static_url_path="/assets",
    )
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.derived_key("sessions"),
        OPENAPI_VERSION="3.1.0",
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        SESSION_COOKIE_NAME="probity",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=IDLE_SECONDS,
        PROPAGATE_EXCEPTIONS=False,
    )
    use_targets(settings.targets)
    set_up_logs()
    prepare_templates(app, settings)
    db.init_app(app, make_engine(settings.database_url))
    csrf = CSRFProtect(app)
    add_row_ids(app)
    add_signin(app, settings)
    add_second_factor(app, settings)
    add_gate(app)
    add_headers(app, settings)
    add_errors(app)
    add_pages(app)
    add_api(app, csrf)
    return app
