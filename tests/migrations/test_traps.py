"""What went wrong when it was tried: a batch that deletes children, a failure that leaves half of itself behind."""

import shutil
import textwrap
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from governance.kernel import migrations
from governance.kernel.paths import MIGRATIONS
from tests.migrations.rows import fill, lost, snapshot

BATCH = """
with op.batch_alter_table("person") as batch:
    batch.alter_column("name", existing_type=sa.String(200), type_=sa.String(300), existing_nullable=False)
"""
HALF = """
op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
op.execute("UPDATE person SET name = 'changed'")
raise RuntimeError("stopped half-way")
"""
ORPHANS = """
with op.batch_alter_table("person") as batch:
    batch.alter_column("name", existing_type=sa.String(200), type_=sa.String(300), existing_nullable=False)
op.execute("DELETE FROM department")
"""


def with_one_more(folder: Path, url: str, upgrade: str) -> Config:
    """The project's migrations, and after them one that does `upgrade`."""
    shutil.copytree(MIGRATIONS, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    head = f"import sqlalchemy as sa\nfrom alembic import op\nrevision = 'tried'\ndown_revision = {migrations.head()!r}\n"
    body = textwrap.indent(textwrap.dedent(upgrade), "    ")
    path = folder / "migrations/versions/tried.py"
    path.write_text(f"{head}def upgrade():\n{body}\ndef downgrade():\n    pass\n", encoding="utf-8")
    config = migrations.config(url)
    config.set_main_option("script_location", str(folder / "migrations"))
    return config


def rows_of(url: str):
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return snapshot(connection)


@pytest.fixture
def filled_url(database_url: str) -> str:
    """The address of a database at head with a row in every table."""
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.begin() as connection:
        fill(connection)
    return database_url


def test_a_batch_on_a_parent_keeps_its_children(filled_url: str, tmp_path: Path):
    before = rows_of(filled_url)
    assert before["person_role"]
    assert before["department_head"]
    command.upgrade(with_one_more(tmp_path, filled_url, BATCH), "tried")
    after = rows_of(filled_url)
    assert lost(before, after) == []
    assert {table: len(rows) for table, rows in after.items()} == {
        table: len(rows) for table, rows in before.items()
    }


def test_a_migration_that_fails_leaves_nothing(filled_url: str, tmp_path: Path):
    before = rows_of(filled_url)
    with pytest.raises(RuntimeError, match="stopped half-way"):
        command.upgrade(with_one_more(tmp_path, filled_url, HALF), "tried")
    engine = create_engine(filled_url, poolclass=NullPool)
    assert "half" not in inspect(engine).get_table_names()
    assert rows_of(filled_url) == before
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == migrations.head()


def test_a_migration_that_leaves_orphans_fails_and_leaves_nothing(filled_url: str, tmp_path: Path):
    before = rows_of(filled_url)
    with pytest.raises(Exception, match=r"foreign keys? (broken|constraint)"):
        command.upgrade(with_one_more(tmp_path, filled_url, ORPHANS), "tried")
    assert rows_of(filled_url) == before
