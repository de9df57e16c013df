"""The settings: one frozen object, built once and handed in. Nothing else reads the environment."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

from governance.kernel.errors import SettingsError
from governance.kernel.mail_server import MAIL_SETTINGS, MailServer, read_mail_server
from governance.kernel.paths import DEFAULT_DATA_DIR

Brand = Literal["neutral", "nhs"]

KNOWN = frozenset(
    f"GOVERNANCE_{name}"
    for name in (
        "DATABASE_URL",
        "DATA_DIR",
        "SECRET_KEY",
        "HOST",
        "PORT",
        "BRAND",
        "DEMO",
        "SECURE_COOKIES",
        "TARGETS",
        *MAIL_SETTINGS,
        "CLAIM_HOURS",
    )
)
SHORTEST_KEY = 32  # characters


@dataclass(frozen=True)
class Settings:
    """What the organisation that runs Probity decides.

    `secret_key` signs sessions and CSRF tokens; keys for other uses are derived from it by `derived_key`.
    `demo` allows seeding and lets reviewing roles sign in without a second factor.
    `targets` is a file with the organisation's own targets for cases (governance/cases/clocks/targets.toml shows its shape).
    `claim_hours` is how long a case that somebody has taken up stays theirs before others may take it (1 to 720).
    `secure_cookies` keeps the session cookie to HTTPS; off only where the server is reached over loopback.
    `mail` is None where no mail server is set: nothing is sent then, and the outbox says so.
    """

    database_url: str
    data_dir: Path
    secret_key: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    brand: Brand = "neutral"
    demo: bool = False
    secure_cookies: bool = True
    targets: Path | None = None
    mail: MailServer | None = None
    claim_hours: int = 24

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read GOVERNANCE_* variables. Raises SettingsError, naming the variable, on what is missing or unknown."""
        given = os.environ if environ is None else environ
        unknown = sorted(name for name in given if name.startswith("GOVERNANCE_") and name not in KNOWN)
        if unknown:
            raise SettingsError(f"Unknown setting {', '.join(unknown)}. Known: {', '.join(sorted(KNOWN))}.")
        demo = _flag(given, "GOVERNANCE_DEMO", default=False)
        data_dir = Path(given.get("GOVERNANCE_DATA_DIR") or DEFAULT_DATA_DIR).expanduser().resolve()
        return cls(
            database_url=given.get("GOVERNANCE_DATABASE_URL") or f"sqlite:///{data_dir / 'probity.db'}",
            data_dir=data_dir,
            secret_key=_secret_key(given, data_dir, demo=demo),
            host=given.get("GOVERNANCE_HOST") or "127.0.0.1",
            port=_port(given.get("GOVERNANCE_PORT") or "8000"),
            brand=_brand(given.get("GOVERNANCE_BRAND") or "neutral"),
            demo=demo,
            secure_cookies=_flag(given, "GOVERNANCE_SECURE_COOKIES", default=not demo),
            targets=Path(given["GOVERNANCE_TARGETS"]).expanduser().resolve()
            if given.get("GOVERNANCE_TARGETS")
            else None,
            mail=read_mail_server(given),
            claim_hours=_hours(given.get("GOVERNANCE_CLAIM_HOURS") or "24"),
        )

    def derived_key(self, purpose: str) -> str:
        """A key for one purpose, as 64 hexadecimal digits: knowing it tells nothing of the others."""
        return hmac.new(self.secret_key.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def _flag(given: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = given.get(name, "").strip().lower()
    if value == "":
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise SettingsError(f"{name} must be 1 or 0, not {value!r}.")


def _port(value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise SettingsError(f"GOVERNANCE_PORT must be a number from 1 to 65535, not {value!r}.")
    return int(value)


def _hours(value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) <= 720:
        raise SettingsError(f"GOVERNANCE_CLAIM_HOURS must be a number from 1 to 720, not {value!r}.")
    return int(value)


def _brand(value: str) -> Brand:
    if value not in ("neutral", "nhs"):
        raise SettingsError(f"GOVERNANCE_BRAND must be neutral or nhs, not {value!r}.")
    return cast(Brand, value)


def _secret_key(given: Mapping[str, str], data_dir: Path, *, demo: bool) -> str:
    key = given.get("GOVERNANCE_SECRET_KEY", "")
    if not key and demo:
        return _kept_key(data_dir / "secret_key")
    if not key:
        raise SettingsError(
            "GOVERNANCE_SECRET_KEY is missing. Set it to a long random text, for example the output of: "
            "python3 -c 'import secrets; print(secrets.token_hex(32))'"
        )
    if len(key) < SHORTEST_KEY:
        raise SettingsError(f"GOVERNANCE_SECRET_KEY must have at least {SHORTEST_KEY} characters.")
    return key


def _kept_key(path: Path) -> str:
    """The demo's own key: made once, readable by the owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_hex(32)
        file.write(key)
    return key
