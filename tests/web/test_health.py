"""Whether the server is alive, and whether it can work."""

import dataclasses

import pytest
from alembic import command
from sqlalchemy import event

from governance.application import create_app
from governance.kernel import migrations


def test_ready_where_the_database_is_at_the_newest_migration(client):
    reply = client.get("/readyz")
    assert (reply.status_code, reply.json) == (200, {"status": "ready"})


def test_not_ready_where_a_migration_is_missing(app, client, settings):
    command.downgrade(migrations.config(settings.database_url), "-1")
    reply = client.get("/readyz")
    assert reply.status_code == 503
    assert "newest migration" in reply.json["reason"]
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_not_ready_where_the_database_is_not_reached(settings, tmp_path):
    away = f"sqlite:///{tmp_path}/no/such/folder/probity.db"
    app = create_app(dataclasses.replace(settings, database_url=away))
    reply = app.test_client().get("/readyz")
    assert reply.status_code == 503
    assert "not reached" in reply.json["reason"]
    assert str(tmp_path) not in reply.text
    assert app.test_client().get("/healthz").status_code == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_being_alive_asks_nothing_of_the_database(app, client):
    asked: list[str] = []
    event.listen(app.extensions["database"], "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert client.get("/healthz").json == {"status": "alive"}
    assert asked == []
