"""What serving does before it answers: in demo mode the demo is there, and its sign-ins are said."""

import dataclasses

import pytest

from governance.cli import serve as serving
from governance.cli.seeding.demo_files import PASSWORD, demo_sign_ins
from governance.cli.seeding.play import Seeded


@pytest.fixture
def served(monkeypatch) -> list[dict]:
    """Serving that ends at once, and what it was told."""
    told: list[dict] = []
    monkeypatch.setattr(serving, "answer_requests", lambda _app, **given: told.append(given))
    return told


@pytest.fixture
def seedings(monkeypatch) -> list[object]:
    """Seedings that were asked for, without the half minute that each takes."""
    asked: list[object] = []

    def seed(app, settings) -> Seeded:
        asked.append(app)
        return Seeded({"people": 1, "accounts": 0, "posts": 0, "cases": 0, "audit entries": 1}, {}, [], 0.0)

    monkeypatch.setattr(serving, "seed", seed)
    return asked


@pytest.mark.parametrize("database_url", ["demo"], indirect=True)
def test_a_later_start_says_the_sign_ins_and_seeds_nothing(app, settings, served, seedings, capsys):
    serving.serve(app, settings)
    said = capsys.readouterr().out
    assert seedings == []
    assert PASSWORD in said
    assert [one.email for one in demo_sign_ins() if one.email not in said] == []
    assert f"http://{settings.host}:{settings.port}" in said
    assert [given["port"] for given in served] == [settings.port]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_first_start_seeds_before_it_answers(app, settings, served, seedings, capsys):
    serving.serve(app, settings)
    assert seedings == [app]
    assert len(served) == 1
    said = capsys.readouterr().out
    assert said.index("Seeded in") < said.index("Probity answers on")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_outside_the_demo_nothing_is_seeded(app, settings, served, seedings, capsys):
    serving.serve(app, dataclasses.replace(settings, demo=False))
    assert seedings == []
    assert PASSWORD not in capsys.readouterr().out
    assert len(served) == 1
