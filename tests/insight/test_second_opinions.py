"""Cohen's kappa beside published examples, and what is shown of it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.cases.models import Opinion
from governance.insight.report_second_opinions import second_opinion_figures
from governance.insight.second_opinions import (
    Twice,
    by_category,
    by_pair,
    kappa,
    opinions_twice,
    outcomes_twice,
    overall,
)
from governance.kernel import clock
from tests.factories.cases import case_at, open_for, second_of, second_opinion
from tests.fixtures.organisation import add_person

LABELS = st.sampled_from("abcd")


def table(**counts: int) -> list[tuple[str, str]]:
    """Pairs from counts such as ab=5: the first said a, the second b, in five cases."""
    return [(name[0], name[1]) for name, count in counts.items() for _ in range(count)]


def test_kappa_of_fleiss_textbook():
    # Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (2003), table 18.1: kappa 0.68, s.e. 0.087.
    found = kappa(table(aa=75, ab=1, ac=4, ba=5, bb=4, bc=1, cc=10))
    assert found.value == pytest.approx(0.676, abs=0.001)
    low, high = found.interval
    assert (high - low) / 2 / 1.96 == pytest.approx(0.087, abs=0.001)


def test_kappa_of_two_answers():
    # By hand: observed 35/50 = 0.7; chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; (0.7 - 0.5) / 0.5 = 0.4.
    found = kappa(table(yy=20, yn=5, ny=10, nn=15))
    assert (found.cases, found.agreed) == (50, 35)
    assert found.value == pytest.approx(0.4)
    low, high = found.interval
    assert low < 0.4 < high


def test_where_all_say_the_same_it_cannot_be_taken():
    assert kappa(table(aa=9)).value is None
    assert kappa([]).value is None


@given(st.lists(st.tuples(LABELS, LABELS), min_size=1, max_size=60))
def test_kappa_is_symmetric_bounded_and_inside_its_interval(pairs):
    found, turned = kappa(pairs), kappa([(other, one) for one, other in pairs])
    if found.value is None:
        assert len({label for pair in pairs for label in pair}) == 1
        return
    assert found.value == pytest.approx(turned.value)
    assert found.interval == pytest.approx(turned.interval)
    assert -1 <= found.value <= 1 + 1e-12
    assert found.interval[0] - 1e-12 <= found.value <= found.interval[1] + 1e-12
    if found.agreed == len(pairs):
        assert found.value == pytest.approx(1)


def twice(author: int, first="Ada", second="Ben", said=("low", "low"), category="confidentiality") -> Twice:
    return Twice(author, category, first, second, *said)


def test_few_authors_or_cases_are_hidden():
    assert overall([twice(n % 4) for n in range(30)]) is None
    assert overall([twice(n) for n in range(9)]) is None
    assert overall([twice(n) for n in range(10)]) is not None


def test_a_pair_is_one_whoever_came_first():
    rows = [twice(n, said=("low", "high")) for n in range(6)]
    rows += [twice(n, "Ben", "Ada", ("high", "low")) for n in range(6)]
    (pair,) = by_pair(rows)
    assert (pair.name, pair.kappa.cases, pair.kappa.agreed) == ("Ada and Ben", 12, 0)


def test_kinds_of_concern_have_their_titles_and_hidden_ones_come_last():
    rows = [twice(n) for n in range(12)] + [twice(1, category="boundaries")]
    found = by_category(rows, {"confidentiality": "Confidentiality", "boundaries": "Boundaries"})
    assert [(one.name, one.kappa is None) for one in found] == [
        ("Confidentiality", False),
        ("Boundaries", True),
    ]


def judged(session, people, author, said):
    """A case of `author` with a clinical and an HR opinion."""
    case = open_for(session, author)
    now = clock.now()
    for kind, writer, seriousness in (
        ("clinical", people.clinical_lead, said[0]),
        ("hr", people.hr, said[1]),
    ):
        session.add(
            Opinion(
                case=case,
                kind=kind,
                asked_at=now - timedelta(days=1),
                author=writer,
                seriousness=seriousness,
                findings="Found.",
                sources=[],
                written_at=now,
            )
        )
    session.flush()


def test_cases_with_two_opinions_are_found(session, organisation):
    case_at(session, organisation, "decision")
    before = len(opinions_twice(session))
    for number in range(12):
        author = add_person(
            session, f"A {number}", department=organisation.ward, line_manager=organisation.manager
        )
        judged(session, organisation, author, ("low", "low") if number % 3 else ("low", "high"))
    assert len(opinions_twice(session)) == before + 12
    pairs, kinds, outcomes, _ = second_opinion_figures(session, {"confidentiality": "Confidentiality"})
    assert "Clem Hart and Hana Reyes" in str(pairs.table.rows)
    assert kinds.table.rows[0][0] == "Confidentiality"
    assert "kappa is" in pairs.sentence
    assert outcomes.table is None


def test_a_blind_second_opinion_is_set_beside_the_decision(session, organisation):
    case = case_at(session, organisation, "countersign")
    assert outcomes_twice(session) == []
    reviewer = second_of(case).name
    second_opinion(session, case, "learning")
    (found,) = outcomes_twice(session)
    assert found == Twice(
        organisation.nurse.id, "confidentiality", "Dora Lindt", reviewer, "police", "learning"
    )


def test_without_second_opinions_the_page_says_so(session, organisation):
    pairs, _, outcomes, _ = second_opinion_figures(session, {})
    assert pairs.table is outcomes.table is None
    assert "No decision has a second opinion yet" in outcomes.sentence
    assert "No case has two opinions yet" in pairs.sentence
