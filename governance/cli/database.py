"""The database for commands: the one that the settings name, and only where it is up to date."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine import make_url

from governance.cases.clocks.targets import use_targets
from governance.kernel.database import make_engine
from governance.kernel.errors import SettingsError
from governance.kernel.migrations import head
from governance.kernel.paths import ROOT
from governance.kernel.settings import Settings


@contextmanager
def opened_engine() -> Iterator[Engine]:
    """The engine of the settings in the environment. Raises SettingsError where the database is not at head.

    A command signs nothing, so a secret key is not asked for.
    """
    settings = Settings.from_environ({"GOVERNANCE_SECRET_KEY": secrets.token_hex(32), **os.environ})
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database and not os.path.exists(url.database):  # noqa: PTH110
        raise SettingsError(f"There is no database yet at {url.database}. {_CURE}")
    use_targets(settings.targets)
    engine = make_engine(settings.database_url)
    try:
        _check_at_head(engine)
        yield engine
    finally:
        engine.dispose()


_CURE = f"Start Probity once (`make run` in {ROOT.name}/), or set GOVERNANCE_DATABASE_URL or GOVERNANCE_DATA_DIR to where it is."


def _check_at_head(engine: Engine) -> None:
    with engine.connect() as connection:
        known = inspect(connection).has_table("alembic_version")
        at = connection.scalar(text("SELECT version_num FROM alembic_version")) if known else None
    if at != head():
        raise SettingsError(f"The database is not up to date with this program. {_CURE}")
