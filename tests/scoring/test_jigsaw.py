"""What the estimate says in words: never more exact, and never more soothing, than its figures."""

from governance.scoring.jigsaw import Factor, Jigsaw


def said(people: int | None, *shares: float | None) -> str:
    factors = tuple(Factor("age", "an age", share, "a source") for share in shares)
    return Jigsaw(("age",), people, None in shares, 68_300_000, "the United Kingdom", factors, ()).sentence


def test_two_figures_and_no_more():
    assert said(853_750, 0.0125) == "About 850,000 people in the United Kingdom fit this."
    assert said(3, 0.1) == "About 3 people in the United Kingdom fit this."


def test_details_without_a_figure_make_the_number_smaller():
    words = said(418_338, 0.0125, None, None)
    assert words.startswith(
        "Fewer than about 420,000 people in the United Kingdom fit this: 2 of the 3 details"
    )
    assert "perhaps down to one person" in words


def test_unknown_is_said():
    assert said(None, None) == "We cannot say how many people this could describe."
