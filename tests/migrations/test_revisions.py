"""Every revision goes up and down with rows in every table, and loses none of them."""

import itertools

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.pool import NullPool

from governance.kernel import migrations
from tests.migrations.rows import fill, lost, snapshot

LINE = [
    revision.revision for revision in ScriptDirectory.from_config(migrations.config("")).walk_revisions()
][::-1]


def filled(engine: Engine):
    with engine.begin() as connection:
        fill(connection)
    return seen(engine)


def seen(engine: Engine):
    with engine.connect() as connection:
        return snapshot(connection)


@pytest.mark.parametrize(("before", "revision"), list(itertools.pairwise(["base", *LINE])))
def test_a_revision_goes_up_and_down_with_rows_in_it(empty_database_url: str, before: str, revision: str):
    config, engine = (
        migrations.config(empty_database_url),
        create_engine(empty_database_url, poolclass=NullPool),
    )
    if before != "base":
        command.upgrade(config, before)
    old = filled(engine)
    command.upgrade(config, revision)
    assert lost(old, seen(engine)) == []
    new = filled(engine)
    assert [table for table, rows in new.items() if not rows] == [], "every table must be tried with rows"
    command.downgrade(config, before)
    down = seen(engine)
    assert down.keys() == old.keys()
    assert lost(old, down) == []
    command.upgrade(config, revision)
    assert lost(old, seen(engine)) == []


def test_down_to_nothing_leaves_nothing(empty_database_url: str):
    config, engine = (
        migrations.config(empty_database_url),
        create_engine(empty_database_url, poolclass=NullPool),
    )
    command.upgrade(config, "head")
    filled(engine)
    command.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}


def test_upgrading_twice_changes_nothing(empty_database_url: str):
    engine = create_engine(empty_database_url, poolclass=NullPool)
    migrations.upgrade(empty_database_url)
    before = filled(engine)
    migrations.upgrade(empty_database_url)
    assert seen(engine) == before
