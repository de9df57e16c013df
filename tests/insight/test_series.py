"""What is counted, on both databases: weeks in London, the latest version, drafts apart."""

from datetime import UTC, date, datetime

import pytest

from governance.insight import series, tables, weeks
from governance.insight.choice import Choice, Counted, options, read_choice
from governance.insight.rule_use import rule_use
from governance.insight.scope import scope_of
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.people.models import DepartmentHead
from governance.people.roles import RoleName
from tests.factories.trends import Said, make_posts, reassess, weeks_ago
from tests.fixtures.organisation import add_department, add_person


def people(session, count, department):
    return [add_person(session, f"Person {n}", department=department) for n in range(count)]


@pytest.fixture
def ward(session):
    return add_department(session)


def test_week_of_a_day_is_the_iso_week_on_both_databases(session, ward):
    (author,) = people(session, 1, ward)
    days = [date(2026, 1, 4), date(2026, 1, 5), date(2025, 12, 28), date(2025, 12, 29), date(2026, 6, 14)]
    make_posts(session, [Said(author, day) for day in days])
    with clock.at(datetime(2026, 11, 22, tzinfo=UTC)):
        found = {entry.week: entry.posts for entry in series.posts(session)}
    assert found == {
        weeks.number(day): sum(weeks.number(d) == weeks.number(day) for d in days) for day in days
    }
    assert weeks.number(date(2026, 1, 4)) == weeks.number(date(2025, 12, 29))


def test_posts_are_counted_by_the_assessment_of_their_latest_version(session, ward):
    (author,) = people(session, 1, ward)
    first, second = make_posts(
        session,
        [
            Said(author, weeks_ago(1), "high", {"boundaries": "high"}, ["education"]),
            Said(author, weeks_ago(1)),
        ],
    )
    (entry,) = series.posts(session)
    assert (entry.posts, entry.flagged, entry.good) == (2, 1, 1)
    reassess(session, first, "low")
    reassess(session, second, "medium")
    (entry,) = series.posts(session)
    assert (entry.posts, entry.flagged, entry.good) == (2, 1, 0)
    assert series.categories(session) == []


def test_only_medium_and_more_is_flagged_and_a_category_by_its_own_severity(session, ward):
    (author,) = people(session, 1, ward)
    kinds = {"confidentiality": "high", "unprofessional": "low"}
    make_posts(
        session, [Said(author, weeks_ago(2), severity, kinds) for severity in ("low", "medium", "critical")]
    )
    (entry,) = series.posts(session)
    assert (entry.posts, entry.flagged) == (3, 2)
    assert [(e.member, e.posts) for e in series.categories(session)] == [("confidentiality", 3)]


def test_drafts_are_counted_apart(session, ward):
    (author,) = people(session, 1, ward)
    make_posts(session, [Said(author, weeks_ago(1)), Said(author, weeks_ago(1), "high", draft=True)])
    assert [(e.posts, e.flagged) for e in series.posts(session)] == [(1, 0)]
    assert [(e.posts, e.flagged) for e in series.posts(session, kind="draft")] == [(1, 1)]


def test_people_of_other_departments_are_not_in_a_scope(session, ward):
    other = add_department(session)
    make_posts(
        session,
        [Said(people(session, 1, ward)[0], weeks_ago(1)), Said(people(session, 1, other)[0], weeks_ago(1))],
    )
    assert len(series.posts(session)) == 2
    assert len(series.posts(session, [ward.id])) == 1
    assert series.posts(session, []) == []


def test_older_posts_than_trends_look_back_are_not_read(session, ward):
    (author,) = people(session, 1, ward)
    edge = weeks.monday(weeks.horizon())
    make_posts(session, [Said(author, edge), Said(author, date(2019, 5, 5))])
    assert [entry.week for entry in series.posts(session)] == [weeks.horizon()]


def test_a_week_of_four_people_is_hidden_and_of_five_is_shown(session, ward):
    five = people(session, 5, ward)
    make_posts(session, [Said(one, weeks_ago(2)) for one in five * 12])
    make_posts(session, [Said(one, weeks_ago(9)) for one in five[:4] * 3])
    entries = series.posts(session)
    rows = dict(tables.weekly(entries, tables.overall(entries)).rows())
    assert rows[weeks.number(weeks_ago(2))].posts == 60
    assert rows[weeks.number(weeks_ago(9))] is None


def test_scope_of_compliance_is_all_and_of_a_head_their_departments(session, organisation):
    division = organisation.ward.parent
    assert scope_of(session, organisation.compliance).departments is None
    assert scope_of(session, organisation.hr).departments is None
    assert scope_of(session, organisation.manager).nobody
    session.add(DepartmentHead(department_id=division.id, person_id=organisation.manager.id))
    session.add(DepartmentHead(department_id=organisation.ward.id, person_id=organisation.clinical_lead.id))
    session.flush()
    headed = scope_of(session, organisation.manager)
    assert headed.departments == {division.id, organisation.ward.id}
    assert headed.tree[None] == [division.id]
    assert headed.words == division.name
    assert scope_of(session, organisation.clinical_lead).departments == {organisation.ward.id}


def test_filters_give_what_the_table_of_all_gives(session, ward):
    other = add_department(session)
    staff = people(session, 6, ward) + people(session, 7, other)
    make_posts(
        session,
        [
            Said(one, weeks_ago(ago), platform="x" if ago % 2 else "blog")
            for one in staff
            for ago in range(4, 12)
        ],
    )
    scope = scope_of(session, add_person(session, "Cora", RoleName.COMPLIANCE))
    counted, now = Counted(session, scope), weeks.this_week()
    whole = counted.by_department()
    for kind, value, posts in (
        ("department", str(ward.id), 48),
        ("platform", "x", 52),
        ("profession", "nurse", 104),
    ):
        chosen = counted.chosen(Choice(now - 51, now, kind, value))
        assert chosen.total.posts == posts
    assert whole.series(("tree", other.id)).total.posts == 56


def test_choice_is_read_from_an_address_and_refuses_two_groups(session, organisation):
    available = options(session, scope_of(session, organisation.compliance))
    choice = read_choice(
        {"from": weeks.label(weeks.this_week() - 9), "of": "platform:x", "step": "week"}, available
    )
    assert (choice.group, choice.by_week, choice.last - choice.first) == ("platform:x", True, 9)
    assert read_choice({"department": str(organisation.ward.id)}, available).kind == "department"
    assert read_choice({"from": "2001-W01"}, available).first == weeks.horizon()
    for given, field in (
        ({"platform": "x", "profession": "nurse"}, "of"),
        ({"of": "platform:myspace"}, "of"),
        ({"of": "name:Nia"}, "of"),
        ({"department": "999999"}, "of"),
        ({"from": "2026-W20", "to": "2026-W10"}, "from"),
        ({"to": "soon"}, "to"),
    ):
        with pytest.raises(Invalid) as caught:
            read_choice(given, available)
        assert caught.value.field == field


def test_use_of_a_rule_is_hidden_under_five_people(session, ward):
    from governance.assessments.models import Assessment, Finding

    staff = people(session, 5, ward)
    make_posts(session, [Said(one, weeks_ago(1)) for one in staff])
    for number, row in enumerate(session.query(Assessment).all()):
        for position, rule in enumerate(["a.often"] + (["a.seldom"] if number else [])):
            session.add(
                Finding(
                    assessment=row, position=position, rule=rule, category="boundaries", severity="low",
                    starts=0, ends=1, quote="W", message="m", advice="a", cites=[],
                )
            )  # fmt: skip
    session.flush()
    found = rule_use(session, ["a.often", "a.seldom", "a.never"])
    assert {rule: use.posts for rule, use in found.items()} == {"a.often": 5, "a.seldom": None}
