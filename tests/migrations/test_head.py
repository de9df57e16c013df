"""The newest migration makes exactly what the models say, constraints and triggers too."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

import governance.accounts.models
import governance.assessments.models
import governance.audit.models
import governance.bundles.models
import governance.cases.clocks.models
import governance.cases.models
import governance.cases.tasks.models
import governance.concerns.models
import governance.entrance.models
import governance.equality.models
import governance.intake.models
import governance.jobs.models
import governance.letters.models
import governance.mail.models
import governance.people.models
import governance.posts.models
import governance.reports.models
import governance.rulebooks.models  # noqa: F401  (each adds its tables)
from governance.kernel import migrations
from governance.kernel.database import Base
from tests.migrations.rows import fill
from tests.migrations.structure import Structure, structure

DECLARED = {
    (table.name, f"{table.name}_refuses_{verb}", verb)
    for table in Base.metadata.tables.values()
    for verb in table.info.get("refuses", ())
}


def test_there_is_one_line_of_revisions():
    script = ScriptDirectory.from_config(migrations.config(""))
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1
    assert [revision.revision for revision in script.walk_revisions() if revision.is_merge_point] == []


def test_alembic_finds_no_difference(engine: Engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def missing(one: Structure, other: Structure) -> dict[str, set[tuple[str, ...]]]:
    return {
        kind: rows - other[kind] for kind, rows in one.items() if kind != "triggers" and rows - other[kind]
    }


def test_columns_constraints_and_indexes_are_those_of_the_models(empty_database_url: str):
    engine = create_engine(empty_database_url, poolclass=NullPool)
    Base.metadata.create_all(engine)
    with engine.connect() as connection:
        wanted = structure(connection)
    Base.metadata.drop_all(engine)
    migrations.upgrade(empty_database_url)
    with engine.connect() as connection:
        at_head = structure(connection)
    assert wanted["columns"]
    assert missing(wanted, at_head) == {}, "the models have these, the migrations do not"
    assert missing(at_head, wanted) == {}, "the migrations have these, the models do not"


def test_triggers_are_those_that_the_models_declare(engine: Engine):
    assert DECLARED
    with engine.connect() as connection:
        assert structure(connection)["triggers"] == {(table, name) for table, name, _ in DECLARED}


def test_rows_that_are_never_changed_refuse_it(engine: Engine):
    with engine.begin() as connection:
        fill(connection)
    for table, _, verb in sorted(DECLARED):
        with engine.connect() as connection:
            rows = connection.execute(text(f"SELECT * FROM {table}"))
            column, held = next(iter(rows.keys())), rows.all()
            assert held
            change = f"UPDATE {table} SET {column} = {column}" if verb == "update" else f"DELETE FROM {table}"
            with pytest.raises(IntegrityError, match=f"{table} rows refuse {verb}"):
                connection.execute(text(change))
            connection.rollback()
            assert connection.execute(text(f"SELECT * FROM {table}")).all() == held
