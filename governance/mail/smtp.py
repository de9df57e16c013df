"""Handing one mail over to the mail server. What goes wrong is told apart: worth another try, or not."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage

from governance.kernel.mail_server import MailServer


class NotNow(Exception):
    """The mail could not be handed over, and may be later. Its words are for the administrator, without an address."""


class Never(Exception):
    """The mail server will not take this mail, however often it is tried."""


def deliver(message: EmailMessage, server: MailServer, context: ssl.SSLContext | None = None) -> None:
    """Hand `message` over. Raises NotNow or Never.

    The server's certificate is checked against the machine's authorities, or those of `context`; with 'starttls'
    nothing goes out in the clear. What the server answers is not kept: it may repeat the address.
    """
    try:
        with _connected(server, context or ssl.create_default_context()) as connection:
            connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        if all(code >= 500 for code in codes):
            raise Never(f"The mail server refused the address (code {codes[0]}).") from error
        raise NotNow(f"The mail server does not take mail for this address now (code {codes[0]}).") from error
    except smtplib.SMTPDataError as error:
        if error.smtp_code >= 500:
            raise Never(f"The mail server refused the mail (code {error.smtp_code}).") from error
        raise NotNow(f"The mail server did not take the mail now (code {error.smtp_code}).") from error
    except smtplib.SMTPException as error:
        if isinstance(error.__context__, TimeoutError):  # as smtplib tells of it once connected
            raise NotNow(_late(server)) from error
        raise NotNow(_words(error)) from error
    except ssl.SSLError as error:
        raise NotNow("The mail server's certificate could not be checked, so nothing was sent.") from error
    except TimeoutError as error:
        raise NotNow(_late(server)) from error
    except OSError as error:
        raise NotNow("The mail server could not be reached.") from error


def _connected(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=server.timeout, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    try:
        if server.security == "starttls":
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _late(server: MailServer) -> str:
    return f"The mail server did not answer within {server.timeout:g} seconds."


def _words(error: smtplib.SMTPException) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "The mail server did not accept Probity's name and password."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "The mail server does not offer what is set (STARTTLS, a password, or such an address), so nothing was sent."
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"The mail server does not take mail from Probity's address (code {error.smtp_code})."
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "The mail server closed the connection."
    return "The mail server answered in a way that is not understood."
