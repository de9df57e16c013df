"""Following a concern to its end."""

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.concerns.models import Concern
from governance.concerns.policy import can_see
from governance.concerns.queries import followed_by, raised_by
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid, Missing, Refused, Stale
from governance.people.roles import RoleName
from governance.workflow.answer_concern import answer_concern
from governance.workflow.check_concern import check_concern
from governance.workflow.close_concern import close_concern
from governance.workflow.follow_concern import follow_concern
from governance.workflow.name_touched import name_touched
from governance.workflow.record_concern import record_concern
from governance.workflow.release_from_hold import release_from_hold
from tests.factories.cases import open_for
from tests.fixtures.organisation import add_person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def concern(session, organisation):
    return record_concern(
        session,
        organisation.guardian,
        raised_by=organisation.nurse,
        raised_at=clock.now(),
        about="Two nurses for thirty beds.",
    )


def _step(session, actor, concern, kind="done", words="The rota was changed.", **more):
    return follow_concern(
        session, actor, concern=concern, version=concern.version, kind=kind, words=words, **more
    )


def test_from_raising_to_closing(session, organisation, concern):
    guardian = organisation.guardian
    _step(session, guardian, concern, "passed_on", "For the chief nurse.", to_whom="The chief nurse")
    with pytest.raises(Conflict, match="what was done about it and when Nia Rowan was told"):
        close_concern(session, guardian, concern=concern, version=concern.version, words="Done.")
    _step(session, guardian, concern)
    _step(session, guardian, concern, "told", "By telephone.")
    close_concern(session, guardian, concern=concern, version=concern.version, words="The rota holds.")
    assert (concern.closed_by, [step.kind for step in concern.steps]) == (
        guardian,
        ["passed_on", "done", "told", "closed"],
    )
    with pytest.raises(Conflict):
        _step(session, guardian, concern, "note", "Later.")
    trail = session.scalars(select(AuditEntry).where(AuditEntry.thing == "concern")).all()
    assert [one.event for one in trail] == [
        "concern.recorded",
        *["concern.followed"] * 3,
        "concern.closed",
    ]
    assert all("thirty beds" not in one.payload for one in trail)


def test_only_guardians_and_who_raised_it_know_of_it(session, organisation, concern):
    know = {
        who for who in vars(organisation) if who != "ward" and can_see(getattr(organisation, who), concern)
    }
    assert know == {"guardian", "nurse"}
    with pytest.raises(Missing):
        _step(session, organisation.manager, concern)
    with pytest.raises(Refused):
        _step(session, organisation.nurse, concern)
    with pytest.raises(Refused):
        check_concern(session, organisation.nurse, concern=concern)


def test_a_guardian_whom_it_touches_is_kept_from_it(session, organisation, concern):
    second = add_person(session, "Gwen Ash", RoleName.GUARDIAN)
    assert can_see(second, concern)
    name_touched(
        session,
        organisation.guardian,
        concern=concern,
        version=concern.version,
        person=second,
        why="She signed the rota.",
    )
    session.expire_all()
    assert not can_see(second, concern)
    assert session.scalars(followed_by(second)).all() == []
    assert session.scalars(followed_by(organisation.guardian)).all() == [concern]


@pytest.mark.parametrize("who", ["nurse", "guardian"])
def test_whom_it_cannot_touch(session, organisation, concern, who):
    with pytest.raises(Invalid) as error:
        name_touched(
            session,
            organisation.guardian,
            concern=concern,
            version=concern.version,
            person=getattr(organisation, who),
            why="So.",
        )
    assert error.value.field == "person"


def test_a_guardians_own_concern_is_followed_by_another(session, organisation):
    second = add_person(session, "Gwen Ash", RoleName.GUARDIAN)
    with pytest.raises(Invalid):
        record_concern(session, second, raised_by=second, raised_at=clock.now(), about="Mine.")
    kept = record_concern(
        session, organisation.guardian, raised_by=second, raised_at=clock.now(), about="Hers."
    )
    with pytest.raises(Refused, match="another guardian"):
        _step(session, second, kept)


def test_two_guardians_at_once(session, organisation, concern):
    seen = concern.version
    _step(session, organisation.guardian, concern)
    with pytest.raises(Stale):
        follow_concern(
            session, organisation.guardian, concern=concern, version=seen, kind="note", words="Also."
        )


def test_a_released_case_leaves_a_concern_that_outlives_it(session, organisation):
    case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    release_from_hold(
        session,
        organisation.guardian,
        case=case,
        version=case.version,
        concern="Two nurses for thirty beds.",
        reason="A patient may be known.",
    )
    (kept,) = raised_by(session, organisation.nurse)
    assert (kept.about, kept.case, kept.closed_at) == ("Two nurses for thirty beds.", case, None)
    assert not can_see(organisation.manager, kept)
    assert kept.raised_at <= case.opened_at


def test_an_answered_concern_is_followed_until_the_guardian_closes_it(session, organisation):
    case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    answer_concern(
        session,
        organisation.guardian,
        case=case,
        version=case.version,
        concern="Two nurses for thirty beds.",
        answer="A third nurse starts on Monday.",
    )
    kept = session.scalars(select(Concern)).one()
    assert [step.kind for step in kept.steps] == ["done", "told"]
    assert (case.stage, kept.closed_at) == ("closed", None)
    close_concern(
        session, organisation.guardian, concern=kept, version=kept.version, words="Nothing came after it."
    )
    assert kept.closed_at is not None


@pytest.mark.parametrize(
    ("given", "field"),
    [({"kind": "closed"}, "kind"), ({"words": " "}, "words"), ({"kind": "passed_on"}, "to_whom")],
)
def test_what_is_missing_is_named(session, organisation, concern, given, field):
    with pytest.raises(Invalid) as error:
        _step(session, organisation.guardian, concern, **given)
    assert error.value.field == field
