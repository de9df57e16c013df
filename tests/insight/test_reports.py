"""Sentences, tables and charts say what was counted."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from governance.guidance.loader import shipped_rulebook
from governance.insight import figures, palette, weeks
from governance.insight.choice import Choice, Counted
from governance.insight.measures import usual
from governance.insight.report import HIDDEN, percent
from governance.insight.report_cases import CaseFact, case_facts, quarters, stages_figure, time_figure
from governance.insight.report_categories import benefits_figure, category_figures
from governance.insight.report_departments import departments_figure
from governance.insight.report_posts import month_sentence, posts_figures, share_figure
from governance.insight.scope import scope_of
from governance.insight.suppression import Cell
from governance.insight.tables import Series
from governance.kernel import clock
from governance.people.roles import RoleName
from tests.factories.cases import case_at, open_for
from tests.factories.trends import Said, make_posts, weeks_ago
from tests.fixtures.organisation import add_department, add_person

NOW = datetime(2026, 11, 22, 14, tzinfo=UTC)
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def series_of(flagged, posts=100):
    """One block of a week for each number of flagged posts, the last of them last week's."""
    last = weeks.this_week() - 1
    first = last - len(flagged) + 1
    cells = {first + n: Cell(set(range(9)), posts, count, 40) for n, count in enumerate(flagged)}
    return Series(1, cells, frozenset())


def year():
    now = weeks.this_week()
    return Choice(now - 51, now)


def test_usual_variation_needs_eight_values_and_stays_between_its_ends():
    assert usual([0.1] * 7) is None
    limits = usual([0.08, 0.1, 0.09, 0.11, 0.08, 0.1, 0.09, 0.11])
    assert limits.mean == pytest.approx(0.095)
    ranges = [0.02, 0.01, 0.02, 0.03, 0.02, 0.01, 0.02]
    assert limits.high == pytest.approx(0.095 + 2.66 * sum(ranges) / 7)
    assert usual([0, 1] * 6, highest=1.0).low == 0.0
    assert usual([0, 1] * 6, highest=1.0).high == 1.0


def test_share_says_whether_last_week_was_usual():
    with clock.at(NOW):
        usual_weeks = [8, 10, 9, 11, 8, 10, 9, 11, 8]
        assert share_figure(series_of([*usual_weeks, 9])).sentence == (
            "Flagged share was 9% last week (9 of 100 posts), within its usual variation of 4% to 15%."
        )
        assert "above its usual variation" in share_figure(series_of([*usual_weeks, 30])).sentence
        assert "too few periods yet" in share_figure(series_of([8, 9])).sentence
        assert month_sentence(series_of([8] * 60)).endswith(
            "there were 400 posts: 40% did some good and 8% were flagged, within its usual variation."
        )


def test_running_week_is_not_judged():
    with clock.at(NOW):
        cells = dict(series_of([8] * 9).cells)
        cells[weeks.this_week()] = Cell(set(range(9)), 10, 9, 0)
        figure = share_figure(Series(1, cells, frozenset()))
        assert figure.sentence.startswith("Flagged share was 8% last week")
        assert str(figure.table.rows[-1][0]).endswith("(so far)")


def test_nothing_to_show_says_why():
    with clock.at(NOW):
        hidden = Series(1, {weeks.this_week(): Cell({1}, 1)}, frozenset([weeks.this_week()]))
        assert "fewer than five people" in share_figure(hidden).sentence
        assert share_figure(Series(1, {}, frozenset())).sentence == "There is no post in this period."
        assert share_figure(hidden).chart is None


def test_percentages_are_plain():
    assert [percent(v) for v in (None, 0, 0.058, 0.125, 0.09, 1)] == [
        "none",
        "0%",
        "5.8%",
        "12%",
        "9%",
        "100%",
    ]


@pytest.fixture
def crowd(session):
    """Two wards of a division, twelve people in each, a post each in each of twelve weeks."""
    division = add_department(session, "Division")
    wards = [add_department(session, "Ward", division) for _ in range(2)]
    said = []
    for place, ward in enumerate(wards):
        for number in range(12):
            author = add_person(session, f"Person {number}", department=ward)
            for ago in range(1, 13):
                flagged = place == 1 and number < 6
                kinds = {"boundaries": "medium"} if flagged else {}
                said.append(
                    Said(author, weeks_ago(ago), "medium" if flagged else "none", kinds, ["education"])
                )
    make_posts(session, said)
    return wards


@pytest.fixture
def counted(session, crowd):
    return Counted(session, scope_of(session, add_person(session, "Cora", RoleName.COMPLIANCE)))


def test_departments_are_compared_with_chance(session, crowd, counted):
    figure = departments_figure(counted, year())
    rows = {row[0]: list(row[1:]) for row in figure.table.rows}
    assert rows[crowd[1].name] == [144, 72, 50.0, 144, "above"]
    assert rows[crowd[0].name] == [144, 0, 0.0, 144, "below"]
    assert (
        f"{crowd[1].name} had the highest flagged share, 50% of 144 posts, more than chance"
        in figure.sentence
    )


def test_small_department_and_its_neighbour_are_hidden(session, crowd):
    few = add_department(session, "Few", crowd[0].parent)
    make_posts(session, [Said(add_person(session, department=few), weeks_ago(n)) for n in range(1, 13)][:3])
    counted = Counted(session, scope_of(session, add_person(session, "Cora", RoleName.COMPLIANCE)))
    figure = departments_figure(counted, year())
    rows = {row[0]: row[1] for row in figure.table.rows}
    assert rows[few.name] is HIDDEN
    assert "hidden" in [row[1] for row in figure.table.exported()]
    assert str(HIDDEN) not in json.dumps(figure.chart)


def test_categories_and_benefits_stand_side_by_side(session, crowd, counted):
    book = shipped_rulebook()
    kinds, over_time, good = category_figures(counted, year(), book)
    rows = {row[0]: row[1] for row in kinds.table.rows}
    assert rows[book.categories["boundaries"].title] == 72
    assert len(rows) == len(book.categories)
    assert kinds.chart["data"][0]["marker"]["color"] == [palette.category("boundaries")]
    assert over_time.chart is None
    assert max(max(row) for row in over_time.table.shades) == 5
    assert good.sentence.startswith("Education was the good done most often, in 288 posts")
    assert benefits_figure(counted, year(), book).id == "benefits"


def test_posts_table_and_chart_hold_the_same_figures(session, crowd, counted):
    amounts, share, drafts = posts_figures(counted, Counted(session, counted.scope, "draft"), year())
    assert amounts.table.total[1:3] == [288, 72]
    good, rest = amounts.chart["data"]
    assert [a + b for a, b in zip(good["y"], rest["y"], strict=True)] == [
        row[1] for row in amounts.table.rows
    ]
    assert share.chart["data"][0]["y"] == [row[3] for row in share.table.rows]
    assert drafts.table is None
    assert "no draft" in drafts.sentence


def test_every_category_has_a_colour_of_its_own():
    assert set(palette.CATEGORIES) == set(shipped_rulebook().categories)
    assert len(set(palette.CATEGORIES.values())) == len(palette.CATEGORIES)


def test_charts_begin_at_zero_and_have_no_legend():
    for chart in (
        figures.amounts(["2026-11-09", "2026-11-16"], [3, None], [1, None]),
        figures.shares(["2026-11-09", "2026-11-16"], [3.0, 4.0], usual([0.1, 0.2] * 5)),
        figures.bars(names=["A"], values=[1], texts=["1"], colours=["#000000"], title="Posts"),
        figures.intervals(["2026-11-09"], [1.0], [2.0], [3.0]),
    ):
        axes = [axis for name, axis in chart["layout"].items() if name in ("xaxis", "yaxis")]
        assert any(axis.get("rangemode") == "tozero" for axis in axes)
        assert chart["layout"]["showlegend"] is False
        assert "heatmap" not in {trace["type"] for trace in chart["data"]}


def facts(count, stage="closed", days=3):
    opened = NOW - timedelta(days=30)
    return [CaseFact(n, stage, opened, opened + timedelta(days=days)) for n in range(count)]


def test_case_figures_hide_a_stage_of_four_people():
    with clock.at(NOW):
        figure = stages_figure([*facts(8), *facts(4, "triage"), *facts(6, "review")], year())
        rows = {row[0]: row[1] for row in figure.table.rows}
        assert rows["First look"] is HIDDEN
        assert sorted(map(str, rows.values())) == ["0"] * 5 + ["8", "hidden", "hidden"]
        assert figure.sentence == "18 cases were opened in this period; 8 of them closed by now."


def test_time_to_a_decision_has_median_and_middle_half():
    with clock.at(NOW):
        figure = time_figure([*facts(3, days=2), *facts(5, days=10)[3:], *facts(6, days=20)[5:]], year())
        assert list(figure.table.rows[0][1:]) == [6, 6.0, 2.0, 10.0]
        assert "Half of the decisions" in figure.sentence
        assert time_figure(facts(4), year()).table.rows[0][1] is HIDDEN
    assert quarters([7]) == (7.0, 7.0, 7.0)


@SQLITE
def test_cases_with_the_guardian_are_not_counted(session, organisation):
    case_at(session, organisation, "decision")
    open_for(session, organisation.nurse, guards=["protected_disclosure"])
    scope = scope_of(session, organisation.compliance)
    assert [fact.stage for fact in case_facts(session, scope)] == ["decision"]


def test_days_are_those_of_london():
    opened = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
    assert CaseFact(1, "closed", opened, datetime(2026, 6, 1, 23, 30, tzinfo=UTC)).days == 1
    assert weeks.number(date(2026, 6, 1)) == weeks.number(clock.local_date(opened))
