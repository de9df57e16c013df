"""Bringing a database to the newest migration."""

from __future__ import annotations

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from governance.kernel.paths import PYPROJECT


def config(url: str) -> Config:
    """Alembic's configuration (it stands in pyproject.toml) for the database at `url`."""
    made = Config(toml_file=str(PYPROJECT))
    made.attributes["url"] = url
    return made


def upgrade(url: str, revision: str = "head") -> None:
    """Run the migrations up to `revision` on the database at `url`."""
    command.upgrade(config(url), revision)


@cache
def head() -> str | None:
    """The newest migration in the folder."""
    return ScriptDirectory.from_config(config("")).get_current_head()
