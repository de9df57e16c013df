"""The audit trail: a chain that shows an edit, with exact payloads and one writer at a time."""

import json
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.models import AuditEntry
from governance.audit.record import GENESIS, entry_hash, record, text_hash

WRITERS, TURNS = 6, 10


def entries(session: Session) -> list[AuditEntry]:
    return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def assert_whole(chain: list[AuditEntry]) -> None:
    """Every entry follows the one before it and has its own hash."""
    assert [entry.id for entry in chain] == list(range(1, len(chain) + 1))
    assert [entry.previous for entry in chain] == [GENESIS, *(entry.hash for entry in chain[:-1])]
    assert [entry.hash for entry in chain] == [entry_hash(entry) for entry in chain]


def test_entries_follow_one_another(session):
    record(session, Event.SIGNED_IN, 4, 4)
    record(session, Event.CASE_TRIAGED, 7, 4, route="both", decider_id=9)
    session.commit()
    session.expire_all()
    chain = entries(session)
    assert_whole(chain)
    assert (chain[1].event, chain[1].thing, chain[1].thing_id, chain[1].actor_id) == (
        "case.triaged",
        "case",
        7,
        4,
    )
    assert json.loads(chain[1].payload) == {"route": "both", "decider_id": 9}


@pytest.mark.parametrize(
    ("field", "changed"),
    [("payload", "{}"), ("actor_id", 5), ("thing_id", 8), ("event", "case.closed"), ("previous", "1" * 64)],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_changed_entry_no_longer_has_its_hash(session, field, changed):
    entry = record(session, Event.CASE_TRIAGED, 7, 4, route="both", decider_id=9)
    session.expunge(entry)
    setattr(entry, field, changed)
    assert entry_hash(entry) != entry.hash


def test_an_entry_is_neither_changed_nor_removed(session):
    entry = record(session, Event.SIGNED_IN, 4, 4)
    session.commit()
    entry.actor_id = 5
    with pytest.raises(IntegrityError, match="refuse update"):
        session.flush()
    session.rollback()
    session.delete(entries(session)[0])
    with pytest.raises(IntegrityError, match="refuse delete"):
        session.flush()


@pytest.mark.parametrize(
    "payload", [{}, {"route": "both"}, {"route": "both", "decider_id": 9, "text": "her words"}]
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_payload_has_exactly_the_keys_of_its_event(session, payload):
    with pytest.raises(ValueError, match=r"case\.triaged needs exactly"):
        record(session, Event.CASE_TRIAGED, 7, 4, **payload)


def test_a_rolled_back_entry_leaves_no_gap(session):
    record(session, Event.SIGNED_IN, 4, 4)
    session.commit()
    record(session, Event.SIGNED_IN, 5, 5)
    session.rollback()
    record(session, Event.SIGNED_IN, 6, 6)
    session.commit()
    assert_whole(entries(session))


def test_many_writers_at_once_make_one_chain(session, fresh: Callable[[], Session]):
    start, raised = threading.Barrier(WRITERS), []

    def write() -> None:
        start.wait()
        for turn in range(TURNS):
            try:
                with fresh() as mine:
                    record(mine, Event.SIGNED_IN, turn, turn)
                    mine.commit()
            except Exception as error:  # noqa: BLE001  (handed to the test)
                raised.append(error)

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []
    chain = entries(session)
    assert len(chain) == WRITERS * TURNS
    assert_whole(chain)


def test_words_are_known_again_by_their_hash_and_by_no_other():
    assert text_hash("her words", "salt") == text_hash("her words", "salt")
    assert (
        len({text_hash("her words", "salt"), text_hash("her words", "other"), text_hash("her word", "salt")})
        == 3
    )
    assert "her" not in text_hash("her words", "salt")
