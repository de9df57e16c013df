"""The settings of the mail server."""

import pytest

from governance.kernel.errors import SettingsError
from governance.kernel.mail_server import read_mail_server

WHOLE = {
    "GOVERNANCE_SMTP_HOST": "mail.trust.example",
    "GOVERNANCE_SMTP_FROM": "probity@trust.example",
    "GOVERNANCE_PUBLIC_URL": "https://probity.trust.example",
}


def test_off_by_default():
    assert read_mail_server({}) is None
    assert read_mail_server({"GOVERNANCE_PUBLIC_URL": "https://probity.trust.example"}) is None


def test_the_least_that_is_needed():
    server = read_mail_server(WHOLE)
    assert server is not None
    assert (server.host, server.port, server.security, server.timeout) == (
        "mail.trust.example",
        587,
        "starttls",
        20,
    )


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_each_security_has_its_port(security, port):
    server = read_mail_server(WHOLE | {"GOVERNANCE_SMTP_SECURITY": security})
    assert server is not None
    assert server.port == port


def test_a_password_is_never_printed():
    server = read_mail_server(
        WHOLE | {"GOVERNANCE_SMTP_USER": "probity", "GOVERNANCE_SMTP_PASSWORD": "xyzzy-plugh"}
    )
    assert "xyzzy-plugh" not in repr(server)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"GOVERNANCE_SMTP_FROM": ""}, "GOVERNANCE_SMTP_FROM"),
        ({"GOVERNANCE_SMTP_FROM": "a@b.example\nBcc: c@d.example"}, "GOVERNANCE_SMTP_FROM"),
        ({"GOVERNANCE_SMTP_FROM": "Probity <p@b.example>"}, "GOVERNANCE_SMTP_FROM"),
        ({"GOVERNANCE_PUBLIC_URL": ""}, "GOVERNANCE_PUBLIC_URL"),
        ({"GOVERNANCE_PUBLIC_URL": "probity.trust.example"}, "GOVERNANCE_PUBLIC_URL"),
        ({"GOVERNANCE_PUBLIC_URL": "javascript:alert(1)"}, "GOVERNANCE_PUBLIC_URL"),
        ({"GOVERNANCE_SMTP_SECURITY": "ssl"}, "GOVERNANCE_SMTP_SECURITY"),
        ({"GOVERNANCE_SMTP_PORT": "0"}, "GOVERNANCE_SMTP_PORT"),
        ({"GOVERNANCE_SMTP_TIMEOUT": "ten"}, "GOVERNANCE_SMTP_TIMEOUT"),
        ({"GOVERNANCE_SMTP_USER": "probity"}, "GOVERNANCE_SMTP_PASSWORD"),
        (
            {
                "GOVERNANCE_SMTP_USER": "probity",
                "GOVERNANCE_SMTP_PASSWORD": "x",
                "GOVERNANCE_SMTP_SECURITY": "none",
            },
            "in the clear",
        ),
        ({"GOVERNANCE_SMTP_HOST": ""}, "GOVERNANCE_SMTP_HOST"),
    ],
)
def test_what_is_wrong_is_named(given, named):
    with pytest.raises(SettingsError, match=named):
        read_mail_server(WHOLE | given)
