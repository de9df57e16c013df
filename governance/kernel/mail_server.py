"""The mail server's settings. Off unless GOVERNANCE_SMTP_HOST is set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

from governance.kernel.errors import SettingsError

Security = Literal["starttls", "tls", "none"]
PORTS: Mapping[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
USUAL_TIMEOUT = 20  # seconds
ONE_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")

MAIL_SETTINGS = (
    *("PUBLIC_URL", "SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_SECURITY", "SMTP_FROM"),
    "SMTP_TIMEOUT",
)
"""The names of the settings, without GOVERNANCE_."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over, and how. `public_url` is Probity's own address, to which a mail's link leads.

    `security` is 'starttls' (the usual), 'tls' from the first byte, or 'none' for a relay on the same machine.
    `timeout` is in seconds.
    """

    host: str
    sender: str
    public_url: str
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = USUAL_TIMEOUT


def read_mail_server(given: Mapping[str, str]) -> MailServer | None:
    """The mail server that the environment names, or None. Raises SettingsError, naming the variable."""
    values = {name: given.get(f"GOVERNANCE_{name}", "").strip() for name in MAIL_SETTINGS}
    if not values["SMTP_HOST"]:
        lonely = sorted(name for name in MAIL_SETTINGS if name.startswith("SMTP_") and values[name])
        if lonely:
            raise SettingsError(f"GOVERNANCE_{lonely[0]} is set, but GOVERNANCE_SMTP_HOST is not.")
        return None
    security = values["SMTP_SECURITY"] or "starttls"
    if security not in get_args(Security):
        raise SettingsError(f"GOVERNANCE_SMTP_SECURITY must be starttls, tls or none, not {security!r}.")
    if values["SMTP_USER"] and security == "none":
        raise SettingsError(
            "GOVERNANCE_SMTP_USER needs GOVERNANCE_SMTP_SECURITY: a password is never sent in the clear."
        )
    if bool(values["SMTP_USER"]) != bool(values["SMTP_PASSWORD"]):
        raise SettingsError(
            "GOVERNANCE_SMTP_USER and GOVERNANCE_SMTP_PASSWORD go together: set both or neither."
        )
    kind = cast(Security, security)
    return MailServer(
        host=values["SMTP_HOST"],
        sender=_sender(values["SMTP_FROM"]),
        public_url=_public_url(values["PUBLIC_URL"]),
        port=_number(values["SMTP_PORT"] or str(PORTS[kind]), "SMTP_PORT", 65535),
        security=kind,
        user=values["SMTP_USER"],
        password=values["SMTP_PASSWORD"],
        timeout=_number(values["SMTP_TIMEOUT"] or str(USUAL_TIMEOUT), "SMTP_TIMEOUT", 600),
    )


def _sender(value: str) -> str:
    if not ONE_ADDRESS.fullmatch(value):
        raise SettingsError(
            "GOVERNANCE_SMTP_FROM must be the one address that mail comes from, such as probity@trust.example."
        )
    return value


def _public_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(
            "GOVERNANCE_PUBLIC_URL must be the address at which people open Probity, such as "
            "https://probity.trust.example: mail leads there."
        )
    return value


def _number(value: str, name: str, most: int) -> int:
    if not value.isdecimal() or len(value) > 9 or not 0 < int(value) <= most:
        raise SettingsError(f"GOVERNANCE_{name} must be a number from 1 to {most}, not {value!r}.")
    return int(value)
