import stat

import pytest

from governance.kernel.errors import SettingsError
from governance.kernel.settings import SHORTEST_KEY, Settings

KEY = {"GOVERNANCE_SECRET_KEY": "k" * SHORTEST_KEY}


def test_defaults(tmp_path):
    settings = Settings.from_environ({**KEY, "GOVERNANCE_DATA_DIR": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/probity.db"
    assert (settings.host, settings.port, settings.brand) == ("127.0.0.1", 8000, "neutral")
    assert settings.demo is False
    assert settings.secure_cookies is True


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({}, "GOVERNANCE_SECRET_KEY is missing"),
        ({"GOVERNANCE_SECRET_KEY": "short"}, "GOVERNANCE_SECRET_KEY must have at least 32"),
        ({**KEY, "GOVERNANCE_PROT": "80"}, "Unknown setting GOVERNANCE_PROT"),
        ({**KEY, "GOVERNANCE_PORT": "eighty"}, "GOVERNANCE_PORT must be a number"),
        ({**KEY, "GOVERNANCE_PORT": "65536"}, "GOVERNANCE_PORT must be a number"),
        ({**KEY, "GOVERNANCE_BRAND": "NHS"}, "GOVERNANCE_BRAND must be neutral or nhs"),
        ({**KEY, "GOVERNANCE_DEMO": "perhaps"}, "GOVERNANCE_DEMO must be 1 or 0"),
        ({**KEY, "GOVERNANCE_SECURE_COOKIES": "2"}, "GOVERNANCE_SECURE_COOKIES must be 1 or 0"),
    ],
)
def test_what_is_missing_or_unknown_is_named(environ, named, tmp_path):
    with pytest.raises(SettingsError, match=named):
        Settings.from_environ({"GOVERNANCE_DATA_DIR": str(tmp_path), **environ})


def test_demo_makes_its_key_once_for_its_owner_alone(tmp_path):
    given = {"GOVERNANCE_DEMO": "1", "GOVERNANCE_DATA_DIR": str(tmp_path / "var")}
    first, second = Settings.from_environ(given), Settings.from_environ(given)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= SHORTEST_KEY
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600


def test_secrets_are_not_printed():
    settings = Settings.from_environ(KEY)
    assert settings.secret_key not in repr(settings)


def test_derived_keys_differ_by_purpose_and_by_secret():
    one, other = (
        Settings.from_environ(KEY),
        Settings.from_environ({"GOVERNANCE_SECRET_KEY": "o" * SHORTEST_KEY}),
    )
    keys = {one.derived_key("sessions"), one.derived_key("totp"), other.derived_key("sessions")}
    assert len(keys) == 3
    assert one.derived_key("totp") == one.derived_key("totp")
