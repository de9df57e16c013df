"""The rulebook in use: the published version over the shipped rules, taken up at once, a broken one passed over."""

from governance.guidance.loader import shipped_rulebook
from governance.kernel import clock
from governance.rulebooks.in_use import rulebook_in_use, trouble
from governance.rulebooks.models import OrganisationRulebook, RulebookStep
from governance.scoring.engine import compiled
from tests.factories.posts import scored, submit
from tests.factories.rulebooks import BROKEN, FRIENDS, RULE, SHADOW_RULE, propose, publish, shadow, write


def test_without_a_published_version_the_shipped_rules_stand(session, organisation):
    assert rulebook_in_use(session) is shipped_rulebook()
    propose(session, organisation, write(session, organisation))
    shadow(session, organisation)
    assert rulebook_in_use(session) is shipped_rulebook()


def test_a_published_version_is_in_use_from_then_on_in_every_process(session, organisation, fresh):
    first = rulebook_in_use(session)
    publish(session, organisation)
    session.commit()
    with fresh() as another:
        book = rulebook_in_use(another)
        assert book.id.startswith(f"{first.id}+org1-")
        assert "org.friends" in book.rules
        assert rulebook_in_use(another) is book, "it is read once a process"
        assert compiled(book) is compiled(rulebook_in_use(another))


def test_the_number_in_the_id_is_that_of_the_version(session, organisation):
    write(session, organisation, SHADOW_RULE)
    publish(session, organisation)
    assert "+org2-" in rulebook_in_use(session).id


def test_a_broken_version_is_passed_over_for_the_one_before(session, organisation):
    publish(session, organisation)
    good = rulebook_in_use(session)
    assert trouble(session) == []
    late = OrganisationRulebook(
        number=2, toml=BROKEN, written_by=organisation.compliance, written_at=clock.now(), reason="Upgraded."
    )
    late.steps.append(
        RulebookStep(
            status="published", person=organisation.compliance, happened_at=clock.now(), reason="As before."
        )
    )
    session.add(late)
    session.flush()
    assert rulebook_in_use(session) is good
    assert trouble(session) == ["version 2: org.friends: no detector knows the fact 'no_such_fact'"]


def test_a_post_is_assessed_by_it_and_a_shadow_rule_leaves_no_trace(session, organisation):
    from governance.workflow.assess import assess

    before = submit(session, organisation.nurse, FRIENDS).post
    publish(
        session,
        organisation,
        RULE.replace("org.friends", "org.a") + SHADOW_RULE.replace("org.friends", "org.b"),
    )
    again = assess(session, before.latest, rulebook_in_use(session))
    assert again.new
    assert again.assessment.rulebook == rulebook_in_use(session).id
    assert "org.a" in [row.rule for row in again.assessment.findings]
    assert "org.b" in again.scoring.shadow
    assert "org.b" not in str([again.assessment.details, [row.rule for row in again.assessment.findings]])
    assert "org.b" not in scored(FRIENDS).as_json()
