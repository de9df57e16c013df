"""`python -m governance guidance backtest`: figures for whoever runs the server, ids alone where no case was opened."""

import pytest

from governance.__main__ import main
from tests.factories.cases import make_assessment, make_post, make_scoring
from tests.factories.rulebooks import BROKEN, FRIENDS, QUIET, RULE, publish
from tests.fixtures.organisation import add_person

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def run(database_url, monkeypatch, tmp_path, capsys):
    """Runs the command on the test's database and a file with these rules."""
    monkeypatch.setenv("GOVERNANCE_DATABASE_URL", database_url)
    monkeypatch.setenv("GOVERNANCE_DATA_DIR", str(tmp_path))

    def run(toml: str, since: str = "2020-01-01", name: str = "ours.toml"):
        (tmp_path / "ours.toml").write_text(toml, encoding="utf-8")
        status = main(["guidance", "backtest", str(tmp_path / name), "--since", since])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def with_case(session, author, text=FRIENDS, **scored):
    from governance.workflow.open_case import open_case

    scoring = make_scoring(**scored)
    assessment = make_assessment(session, make_post(session, author, text).latest, scoring)
    return open_case(session, assessment=assessment, scoring=scoring)


def test_what_newly_speaks_with_the_words_of_cases_alone(session, organisation, run):
    plain = make_post(session, organisation.colleague, FRIENDS)
    make_post(session, organisation.nurse, QUIET)
    case = with_case(session, organisation.nurse)
    guarded = with_case(session, organisation.nurse, guards=["protected_disclosure"])
    plain_id, guarded_id, reference = plain.id, guarded.post_id, case.reference
    session.commit()
    status, out, _ = run(RULE)
    assert status == 0
    assert "org.friends (new)\n  speaks on 3; newly on 3; falls silent on 0\n" in out
    assert "precision unknown (nothing decided)" in out
    assert f"newly: post {plain_id}\n" in out
    assert f"newly: post {guarded_id}\n" in out
    assert f"({reference}): {FRIENDS}\n" in out
    assert out.count(FRIENDS) == 1


@SQLITE
def test_five_examples_and_no_more_shortened(session, organisation, run):
    for n in range(7):
        author = add_person(
            session, f"Ida {n}", department=organisation.ward, line_manager=organisation.manager
        )
        with_case(session, author, FRIENDS + " and again" * 20)
    session.commit()
    _, out, _ = run(RULE)
    lines = [line for line in out.splitlines() if "newly: post" in line and "hoot" in line]
    assert len(lines) == 5
    assert all(line.endswith("…") and len(line) < 140 for line in lines)


@SQLITE
def test_it_is_measured_against_the_rulebook_in_use(session, organisation, run):
    make_post(session, organisation.nurse, FRIENDS)
    publish(session, organisation)
    session.commit()
    _, out, _ = run('[status]\n"org.friends" = "retired"')
    assert "+org1-" in out
    assert "org.friends (no longer speaks)\n  speaks on 1; newly on 0; falls silent on 1\n" in out
    _, out, _ = run('[status]\n"org.friends" = "retired"', since="2090-01-01")
    assert "falls silent on 0" in out


@SQLITE
@pytest.mark.parametrize(
    ("toml", "name", "status", "said"),
    [
        (BROKEN, "ours.toml", 1, "ours.toml: org.friends: no detector knows the fact 'no_such_fact'"),
        (RULE.replace(QUIET, FRIENDS), "ours.toml", 1, "silent example 1 fires"),
        ("[[", "ours.toml", 1, "ours.toml: "),
        (RULE, "none.toml", 2, "No such file"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(session, organisation, run, toml, name, status, said):
    session.commit()
    assert run(toml, name=name)[0] == status
    assert said in run(toml, name=name)[2]


@SQLITE
def test_a_database_that_is_not_there_is_named(run, monkeypatch, tmp_path):
    monkeypatch.setenv("GOVERNANCE_DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    status, _, err = run(RULE)
    assert (status, "There is no database yet" in err) == (2, True)
