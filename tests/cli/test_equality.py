"""`equality FILE` and `mail send` on the server."""

import pytest
from sqlalchemy import select

from governance.__main__ import main
from governance.equality.models import EqualityFact
from governance.mail.models import OutgoingMail
from governance.mail.notify import notify


@pytest.fixture
def here(monkeypatch, database_url):
    """The commands' environment leads to this test's database."""
    monkeypatch.setenv("GOVERNANCE_DATABASE_URL", database_url)


def test_a_file_is_supplied(here, session, organisation, tmp_path, capsys):
    path = tmp_path / "equality.csv"
    path.write_text(f"email,grade,qualified_in,ethnicity\n{organisation.nurse.email},Band 6,,\n", "utf-8")
    session.rollback()
    assert main(["equality", str(path)]) == 0
    assert "1 people, 0 addresses of nobody here." in capsys.readouterr().out
    assert session.scalars(select(EqualityFact.grade)).all() == ["Band 6"]


def test_a_file_that_cannot_be_used_changes_nothing(here, organisation, session, tmp_path, capsys):
    session.rollback()
    assert main(["equality", str(tmp_path / "nothing.csv")]) == 2
    (tmp_path / "bad.csv").write_text("nonsense", "utf-8")
    assert main(["equality", str(tmp_path / "bad.csv")]) == 2
    assert "The first line must name" in capsys.readouterr().err


def test_mail_goes_out_by_the_command(here, session, organisation, mail_trap, monkeypatch, capsys):
    assert main(["mail", "send"]) == 2
    assert "no mail server is set" in capsys.readouterr().err
    notify(session, organisation.nurse, "letter", about="letter:1")
    session.commit()
    trap = mail_trap()
    settings = {
        "SMTP_HOST": trap.server.host,
        "SMTP_PORT": str(trap.server.port),
        "SMTP_SECURITY": "none",
        "SMTP_FROM": trap.server.sender,
        "PUBLIC_URL": trap.server.public_url,
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"GOVERNANCE_{name}", value)
    assert main(["mail", "send"]) == 0
    assert main(["mail", "send"]) == 0
    assert capsys.readouterr().out == "1 sent\nNothing waits.\n"
    assert session.scalars(select(OutgoingMail.state)).all() == ["sent"]
