"""Taking names out of text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.bundles.redaction import ORDINARY, Hidden, Redactor

NAME = st.from_regex(r"[A-Z][a-zé]{3,9}", fullmatch=True).filter(lambda name: name.lower() not in ORDINARY)


def clean(text: str, *names: str, kept: tuple[str, ...] = ()) -> str:
    return Redactor([Hidden(name, "[X]") for name in names], kept).clean(text)


@pytest.mark.parametrize(
    "text",
    [
        "Col Abara said so.",
        "COL ABARA",
        "col  abara",
        "Col\nAbara",
        "Abara, Col",
        "Ms Abara's report",
        "I asked Col about it",
        "abara",
        "Col-Abara",
        "Co\u00adl Ab\u200bara",
        "(Abara)",
    ],
)
def test_a_name_goes_whole_or_in_part(text):
    assert not re.search("abara|col", clean(text, "Col Abara"), re.IGNORECASE)


def test_composed_and_decomposed_letters_are_the_same():
    assert clean("Rene\u0301e Du\u0301bois", "Renée Dúbois") == "[X]"
    assert clean("Renée", "Rene\u0301e Dubois") == "[X]"


def test_a_part_of_another_word_stays():
    assert clean("The collar and Abaraham", "Col Abara") == "The collar and Abaraham"


def test_a_name_that_is_a_word_goes_with_a_capital_only():
    assert clean("Will you? I will. WILL", "Will Stone") == "[X] you? I will. [X]"


def test_the_author_keeps_the_name_that_a_reporter_shares():
    text = "Nia Rowan wrote it; Col Rowan told."
    assert clean(text, "Col Rowan", kept=("Nia Rowan",)) == "Nia Rowan wrote it; [X] told."


def test_an_address_goes_as_a_whole():
    hidden = [Hidden("col.abara@trust.example", "[X]", parts=False)]
    assert Redactor(hidden).clean("Write to Col.Abara@Trust.example.") == "Write to [X]."


def test_words_around_a_name_stay():
    text = "The daughter of the house met Ann."
    assert clean(text, "A daughter of Ann Fell") == "The daughter of the house met [X]."


def test_nothing_to_hide_changes_nothing():
    assert clean("Anything at all \U0001f600") == "Anything at all \U0001f600"


@given(st.lists(st.tuples(NAME, NAME), min_size=1, max_size=6), st.text(max_size=40), st.data())
def test_no_hidden_name_is_left(names, around, data):
    full = [f"{first} {last}" for first, last in names]
    shown = [
        data.draw(st.sampled_from([name, name.upper(), name.split()[1], name.split()[0]])) for name in full
    ]
    text = f" {around} ".join(["", *shown, ""])
    left = Redactor([Hidden(name, "\u25a0") for name in full]).clean(text)
    for first, last in names:
        assert not re.search(rf"(?<!\w)(?:{first}|{last})(?!\w)", left, re.IGNORECASE)
