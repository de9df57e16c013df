"""The outbox, as the administrator sees it."""

from governance.kernel import clock
from governance.mail.models import OutgoingMail
from governance.mail.notify import notify


def failed(session, person, about="letter:1") -> int:
    mail = notify(session, person, "letter", about=about)
    mail.state, mail.error, mail.attempts = "failed", "The mail server refused the address (code 550).", 1
    session.flush()
    return mail.id


def test_without_a_mail_server_it_says_so(session, organisation, visitor):
    notify(session, organisation.nurse, "letter", about="letter:1")
    session.commit()
    page = visitor(organisation.admin).get("/outbox/").text
    assert "Not sent: no mail server is set." in page
    assert "Nia Rowan" not in page, "who was written to is nobody's business"


def test_a_failure_is_shown_and_tried_again(session, organisation, visitor):
    mail_id = failed(session, organisation.nurse)
    session.commit()
    admin = visitor(organisation.admin)
    page = admin.get("/outbox/").text
    assert "Nia Rowan" in page
    assert "refused the address (code 550)" in page
    assert admin.post(f"/outbox/{mail_id}/again").status_code == 303
    assert "refused the address" not in admin.get("/outbox/").text
    assert admin.post(f"/outbox/{mail_id}/again").status_code == 409
    assert admin.post("/outbox/999999/again").status_code == 404
    session.rollback()
    mail = session.get_one(OutgoingMail, mail_id)
    session.refresh(mail)
    assert (mail.state, mail.attempts) == ("waiting", 0)
    assert mail.next_try_at <= clock.now()
