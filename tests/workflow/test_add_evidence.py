"""Evidence: the owner's alone, while the account waits."""

import hashlib

import pytest

from governance.kernel.errors import Conflict, Invalid, Refused
from governance.workflow.add_evidence import MOST_EVIDENCE, add_evidence
from governance.workflow.confirm_account import confirm_account
from tests.factories.accounts import make_account

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def test_a_note_alone_or_with_a_file(session, organisation):
    account = make_account(session, organisation.nurse)
    note = add_evidence(session, organisation.nurse, account, note=" My settings page. ")
    file = add_evidence(
        session, organisation.nurse, account, note="A picture", file_name="s.png", content=PNG
    )
    session.commit()
    session.expire_all()
    assert (note.note, note.content, note.sha256) == ("My settings page.", None, None)
    assert (file.file_name, file.media_type, file.content) == ("s.png", "image/png", PNG)
    assert file.sha256 == hashlib.sha256(PNG).hexdigest()
    assert account.evidence == [note, file]


def test_nobody_else_adds_to_it(session, organisation):
    account = make_account(session, organisation.nurse)
    for person in (organisation.colleague, organisation.manager, organisation.compliance):
        with pytest.raises(Refused, match="Only the owner"):
            add_evidence(session, person, account, note="It is theirs.")


def test_bad_evidence_is_refused_by_field(session, organisation):
    account = make_account(session, organisation.nurse)
    with pytest.raises(Invalid, match="Enter a note") as no_note:
        add_evidence(session, organisation.nurse, account, note=" ")
    with pytest.raises(Invalid, match="PNG or JPEG") as no_picture:
        add_evidence(session, organisation.nurse, account, note="x", file_name="a.png", content=b"<svg/>")
    assert (no_note.value.field, no_picture.value.field) == ("note", "file")
    for number in range(MOST_EVIDENCE):
        add_evidence(session, organisation.nurse, account, note=f"Piece {number}")
    with pytest.raises(Invalid, match="as many as are kept"):
        add_evidence(session, organisation.nurse, account, note="One more")


def test_nothing_is_added_once_it_is_decided(session, organisation):
    account = make_account(session, organisation.nurse)
    confirm_account(session, organisation.manager, account, version=account.version)
    with pytest.raises(Conflict, match="no longer waits"):
        add_evidence(session, organisation.nurse, account, note="Late")
