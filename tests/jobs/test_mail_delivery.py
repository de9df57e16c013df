"""Sending what waits in the outbox, to a mail server on this machine."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.jobs.mail_delivery import Postman, deliver_waiting
from governance.kernel import clock
from governance.kernel.errors import Conflict, Refused
from governance.mail.models import OutgoingMail
from governance.mail.notify import notify
from governance.mail.queue import LEASE, PAUSES, STALE, claim_mail, note_sent
from governance.workflow.try_mail_again import try_mail_again


@pytest.fixture
def asked(session, organisation):
    """`asked(person, about)`: a committed mail to the nurse, or to `person`."""

    def ask(person=None, about="letter:1"):
        mail = notify(session, person or organisation.nurse, "letter", about=about)
        session.commit()
        return mail

    return ask


@pytest.fixture
def now_of(session):
    """The mail as it stands in the database; the session lets go of it."""

    def read(mail_id=None):
        session.rollback()
        session.expire_all()
        query = select(OutgoingMail).order_by(OutgoingMail.id)
        found = list(session.scalars(query if mail_id is None else query.where(OutgoingMail.id == mail_id)))
        session.expunge_all()
        session.rollback()
        return found if mail_id is None else found[0]

    return read


def test_a_mail_arrives_once_and_says_nothing(app, asked, now_of, mail_trap, organisation):
    email = organisation.nurse.email
    asked()
    trap, engine = mail_trap(), app.extensions["database"]
    assert deliver_waiting(engine, trap.server) == {"sent": 1}
    assert deliver_waiting(engine, trap.server) == {}
    ((recipients, text, _),) = trap.taken.mails
    assert recipients == [email]
    assert "There is a message for you in Probity" in text
    assert "https://probity.trust.example/letters/" in text
    (mail,) = now_of()
    assert (mail.state, mail.attempts, mail.lease_until) == ("sent", 1, None)


def test_a_refused_address_is_given_up_and_the_next_mail_goes_out(
    app, asked, now_of, mail_trap, organisation
):
    nurse, colleague = organisation.nurse.email, organisation.colleague.email
    asked()
    asked(organisation.colleague)
    trap = mail_trap(refuse={nurse: 550})
    assert deliver_waiting(app.extensions["database"], trap.server) == {"failed": 1, "sent": 1}
    first, second = now_of()
    assert (first.state, first.error) == ("failed", "The mail server refused the address (code 550).")
    assert second.state == "sent"
    assert [recipients for recipients, *_ in trap.taken.mails] == [[colleague]]


def test_a_server_that_is_busy_is_tried_again_with_longer_pauses(app, asked, now_of, mail_trap, organisation):
    email = organisation.nurse.email
    asked()
    trap, engine = mail_trap(refuse={email: 451}), app.extensions["database"]
    moment, waits = clock.now(), []
    for _ in range(len(PAUSES)):
        with clock.at(moment):
            assert deliver_waiting(engine, trap.server) == {"waiting": 1}
            assert deliver_waiting(engine, trap.server) == {}, "not before its time"
        (mail,) = now_of()
        waits.append(mail.next_try_at - moment)
        moment = mail.next_try_at
    assert waits == list(PAUSES) == sorted(PAUSES)
    with clock.at(moment):
        assert deliver_waiting(engine, trap.server) == {"failed": 1}
    (mail,) = now_of()
    assert mail.error == (
        "The mail server does not take mail for this address now (code 451). Given up after 8 tries."
    )
    assert email not in mail.error


def test_a_server_that_comes_back_gets_the_mail(app, asked, now_of, mail_trap, organisation):
    asked()
    trap, engine = mail_trap(data_code=452), app.extensions["database"]
    moment = clock.now()
    with clock.at(moment):
        assert deliver_waiting(engine, trap.server) == {"waiting": 1}
    trap.taken.data_code = 250
    with clock.at(moment + PAUSES[0]):
        assert deliver_waiting(engine, trap.server) == {"sent": 1}
    assert now_of()[0].error is None


def test_a_mail_that_the_server_will_not_take(app, asked, now_of, mail_trap):
    asked()
    trap = mail_trap(data_code=554)
    assert deliver_waiting(app.extensions["database"], trap.server) == {"failed": 1}
    assert now_of()[0].error == "The mail server refused the mail (code 554)."


def test_a_server_that_does_not_answer(app, asked, now_of, mail_trap):
    asked()
    trap = mail_trap(stall=threading.Event())
    server = trap.with_settings(timeout=0.2)
    assert deliver_waiting(app.extensions["database"], server) == {"waiting": 1}
    assert now_of()[0].error == "The mail server did not answer within 0.2 seconds."


def test_a_server_that_is_not_there(app, asked, now_of, mail_trap):
    asked()
    server = mail_trap().with_settings(port=1)
    assert deliver_waiting(app.extensions["database"], server) == {"waiting": 1}
    assert now_of()[0].error == "The mail server could not be reached."


def test_starttls_encrypts(app, asked, mail_trap):
    asked()
    trap = mail_trap()
    server = trap.with_settings(security="starttls")
    assert deliver_waiting(app.extensions["database"], server, trap.trust) == {"sent": 1}
    assert trap.taken.mails[0][2] is True


def test_a_certificate_that_nobody_vouches_for_stops_it(app, asked, now_of, mail_trap):
    asked()
    trap = mail_trap()
    server = trap.with_settings(security="starttls")
    assert deliver_waiting(app.extensions["database"], server) == {"waiting": 1}
    assert "certificate could not be checked" in now_of()[0].error
    assert trap.taken.mails == []


def test_without_starttls_nothing_goes_out_in_the_clear(app, asked, now_of, mail_trap):
    asked()
    trap = mail_trap(starttls=False)
    server = trap.with_settings(security="starttls")
    assert deliver_waiting(app.extensions["database"], server, trap.trust) == {"waiting": 1}
    assert "does not offer what is set" in now_of()[0].error
    assert trap.taken.mails == []


def test_an_address_with_a_line_end_reaches_no_server(session, app, asked, now_of, mail_trap, organisation):
    organisation.nurse.email = "nia@trust.example\r\nBcc: everybody@trust.example"
    asked()
    trap = mail_trap()
    assert deliver_waiting(app.extensions["database"], trap.server) == {"failed": 1}
    assert trap.taken.mails == []
    assert now_of()[0].error == "The email address of this person is not one that mail can be sent to."


def test_whoever_has_left_meanwhile_gets_none(session, app, asked, now_of, mail_trap, organisation):
    asked()
    organisation.nurse.active = False
    session.commit()
    assert deliver_waiting(app.extensions["database"], mail_trap().server) == {"dropped": 1}


def test_old_news_is_dropped(app, asked, now_of, mail_trap):
    with clock.at(clock.now() - STALE - timedelta(hours=1)):
        asked()
    trap = mail_trap()
    assert deliver_waiting(app.extensions["database"], trap.server) == {"dropped": 1}
    assert trap.taken.mails == []


def test_a_mail_is_held_by_one_sender_until_its_lease_ends(session, asked):
    asked()
    moment = clock.now()
    with clock.at(moment):
        mail = claim_mail(session, "one")
        assert mail is not None
        assert claim_mail(session, "two") is None
    with clock.at(moment + LEASE + timedelta(seconds=1)):
        again = claim_mail(session, "two")
        assert again is not None
        assert again.attempts == 2
        note_sent(session, mail, "one")
        session.refresh(again)
        assert again.state == "sending", "who lost the lease says nothing more"
        note_sent(session, again, "two")
        session.refresh(again)
        assert again.state == "sent"


def test_one_that_failed_is_tried_again_by_the_administrator(
    session, app, asked, now_of, mail_trap, organisation
):
    email = organisation.nurse.email
    mail_id = asked().id
    session.rollback()
    trap, engine = mail_trap(refuse={email: 550}), app.extensions["database"]
    deliver_waiting(engine, trap.server)
    session.expire_all()
    mail = session.get_one(OutgoingMail, mail_id)
    with pytest.raises(Refused):
        try_mail_again(session, organisation.manager, mail=mail)
    try_mail_again(session, organisation.admin, mail=mail)
    with pytest.raises(Conflict):
        try_mail_again(session, organisation.admin, mail=mail)
    assert session.scalars(select(AuditEntry).where(AuditEntry.event == "outgoing_mail.tried_again")).one()
    session.commit()
    trap.taken.refuse.clear()
    assert deliver_waiting(engine, trap.server) == {"sent": 1}


def test_the_postman_looks_and_goes(app, asked, now_of, mail_trap):
    asked()
    trap = mail_trap()
    postman = Postman(app.extensions["database"], trap.server)
    postman.finish()
    postman.start()
    postman.join(30)
    assert not postman.is_alive()
    assert trap.taken.mails == [], "it was told to finish before it looked"
