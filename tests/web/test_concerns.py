"""The pages of concerns."""

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.concerns.models import Concern
from governance.kernel import clock
from governance.workflow.record_concern import record_concern
from tests.factories.posts import Visits
from tests.factories.reports import report

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def visits(session, visitor):
    return lambda person: Visits(session, visitor(person))


@pytest.fixture
def concern(session, organisation):
    made = record_concern(
        session,
        organisation.guardian,
        raised_by=organisation.nurse,
        raised_at=clock.now(),
        about="Two nurses for thirty beds.",
    )
    session.commit()
    return made


def _now(session, concern):
    session.expire_all()
    return session.get(Concern, concern.id)


def test_write_down_follow_and_close(session, organisation, visits):
    visit = visits(organisation.guardian)
    assert visit.post("/concerns/new", {"about": "Words kept"}).status_code == 422
    today = clock.local_date(clock.now()).isoformat()
    told = {"raised_by": str(organisation.nurse.id), "raised_on": today, "about": "Thirty beds."}
    answer = visit.post("/concerns/new", told)
    assert answer.status_code == 303
    concern = session.scalars(select(Concern)).one()
    place = f"/concerns/{concern.id}"
    early = visit.post(f"{place}/close", {"version": concern.version, "words": "Over."})
    assert early.status_code == 409
    assert "what was done about it" in early.text
    for kind in ("done", "told"):
        version = _now(session, concern).version
        assert (
            visit.post(f"{place}/step", {"version": version, "kind": kind, "words": "As said."}).status_code
            == 303
        )
    version = _now(session, concern).version
    assert visit.post(f"{place}/close", {"version": version, "words": "It holds."}).status_code == 303
    assert concern.reference in visit.get("/concerns/?closed=yes").text


def test_the_person_who_raised_it_reads_it_and_not_the_notes(session, organisation, visits, concern):
    guardian, place = visits(organisation.guardian), f"/concerns/{concern.id}"
    for kind, words in (("note", "Between us guardians."), ("done", "A third nurse.")):
        version = _now(session, concern).version
        guardian.post(f"{place}/step", {"version": version, "kind": kind, "words": words})
    own = visits(organisation.nurse)
    page = own.get(place).text
    assert "A third nurse." in page
    assert "Between us guardians." not in page
    assert "Whom it touches" not in page
    assert concern.reference in own.get("/reports/").text


def test_nobody_else_learns_that_there_is_one(organisation, visits, concern):
    for who in ("manager", "director", "hr", "dpo", "compliance", "admin", "colleague", "clinical_lead"):
        visit = visits(getattr(organisation, who))
        assert visit.get(f"/concerns/{concern.id}").status_code == 404, who
        assert concern.reference not in visit.get("/reports/").text


def test_the_check_tells_whom_from_whom_and_leaves_a_trace(session, organisation, visits, concern):
    visit, place = visits(organisation.guardian), f"/concerns/{concern.id}"
    assert "Nobody is named as touched" in visit.get(f"{place}/check").text
    visit.post(
        f"{place}/people",
        {
            "version": _now(session, concern).version,
            "person": str(organisation.manager.id),
            "why": "The rota is his.",
        },
    )
    report(session, organisation.manager, organisation.nurse)
    page = visit.get(f"{place}/check").text
    assert "did 1 thing about Nia Rowan" in page
    assert "That is too few to work out a chance" in page
    assert "Mark Osei" in page
    looks = session.scalars(select(AuditEntry).where(AuditEntry.event == "concern.checked")).all()
    assert [one.actor_id for one in looks] == [organisation.guardian.id] * 2
