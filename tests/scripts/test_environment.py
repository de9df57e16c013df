"""Set-up says what is wrong with a machine and what to do about it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from governance.kernel.paths import ROOT
from scripts import environment, services_for_tests


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Collecting flask==3.1.3 (from -r requirements-dev.txt (line 7))", "flask"),
        ("Requirement already satisfied: sqlalchemy==2.1.9 in ./lib (from -r x)", "sqlalchemy"),
        ("Processing /wheels/argon2_cffi-25.1.0-py3-none-any.whl (from -r x)", "argon2_cffi"),
    ],
)
def test_the_package_that_pip_speaks_of(line, name):
    assert environment.package(line) == name


def test_a_python_that_is_too_old_is_told_the_cure(monkeypatch, capsys):
    monkeypatch.setattr(environment, "OLDEST", (9, 0))
    with pytest.raises(SystemExit) as stopped:
        environment.check_python()
    assert stopped.value.code == 1
    assert "make setup PYTHON=" in capsys.readouterr().err


def test_a_python_without_venv_is_told_the_cure(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit):
        environment.check_python()
    assert "apt-get install python3-venv" in capsys.readouterr().err


def test_packages_that_cannot_be_had_show_pip_s_own_words(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(environment, "VENV", Path(sys.prefix))
    lock = tmp_path / "requirements.txt"
    lock.write_text("./no-such-package.whl --hash=sha256:00\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        environment.install(lock)
    error = capsys.readouterr().err
    assert "no-such-package" in error
    assert "could not install requirements.txt" in error


def nothing_installed(monkeypatch) -> None:
    monkeypatch.setattr(services_for_tests, "missing", lambda: ["chromium", "postgresql"])
    monkeypatch.setattr(services_for_tests, "apt_get", lambda: None)


@pytest.mark.parametrize(("ci", "status"), [("true", 1), ("", 0)])
def test_missing_services_are_named_and_stop_only_ci(monkeypatch, capsys, ci, status):
    nothing_installed(monkeypatch)
    monkeypatch.setenv("CI", ci)
    assert services_for_tests.main() == status
    assert "apt-get install chromium postgresql" in capsys.readouterr().err


def test_every_target_says_what_it_does():
    alone = {
        name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "MFLAGS"
    }
    listed = subprocess.run(
        ["make", "help"], capture_output=True, text=True, cwd=ROOT, env=alone, check=True
    ).stdout
    assert [line.split()[1] for line in listed.splitlines()] == [
        "help",
        "setup",
        "run",
        "test",
        "check",
        "format",
        "bench",
        "lock",
    ]
    assert [line for line in listed.splitlines() if len(line.split(maxsplit=2)) < 3] == []
