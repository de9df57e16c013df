"""Whether two posts say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.cases.desk.duplicates import nearly_the_same

LONG = " ".join(f"word{number}" for number in range(40))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("On the ward again", "on the WARD, again!", True),
        ("See https://a.example/1", "See https://b.example/2?x", True),
        (LONG, LONG.replace("word39", "other"), True),
        (LONG, " ".join(reversed(LONG.split())), False),
        ("No", "Yes", False),
        ("", "", True),
        ("😀", "😡", False),
        ("Bed 3 is free", "Bed 4 is free", False),
    ],
)
def test_the_same_words_but_for_small_things(one, other, same):
    assert nearly_the_same(one, other) is same


@given(st.text(max_size=200), st.text(max_size=200))
def test_it_does_not_matter_which_comes_first(one, other):
    assert nearly_the_same(one, other) == nearly_the_same(other, one)


@given(st.text(max_size=200))
def test_every_text_says_the_same_as_itself(text):
    assert nearly_the_same(text, text)
