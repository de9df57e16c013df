"""Places by their form, people by the shorthand of notes or a title in small letters, and how much details tell together."""

import pytest

from governance.scoring.facts import Facts
from governance.scoring.post import PostInput
from governance.scoring.reading import read as read_post
from governance.scoring.reading import read_text
from governance.scoring.text import Text


def facts_of(text: str) -> Facts:
    return read_text(Text(text))


def recognised(text: str) -> list[str]:
    facts, _ = read_post(PostInput(text=text), Text(text))
    return [level for level in ("some", "likely", "surely") if facts.has(f"recognisable_{level}")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("up from Whitehaven on the bus", "place_by_form"),
        ("she taught at Larkfield Primary", "institution"),
        ("avoid Larkhill Physio", "institution"),
        ("the only one in the village", "small_place"),
        ("78F, fell at home", "clinical_shorthand"),
        ("43 yo male, rash", "clinical_shorthand"),
        ("F in her 60s with a cough", "clinical_shorthand"),
        ("mr hollins wants his tea", "lower_titled_name"),
        ("a bloke of 58 with a limp", "exact_age"),
        ("nearly 90 and still on the bike", "exact_age"),
        ("the lady in bed 4", "person_in_bed"),
        ("bed 12's wife rang", "person_in_bed"),
    ],
)
def test_a_fact_is_found(text: str, kind: str) -> None:
    assert facts_of(text).has(kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("back in March with the team", "place_by_form"),
        ("from here in the village hall, up from whitehaven", "place_by_form"),
        ("the street was quiet", "institution"),
        ("we have 78 of them for sale", "clinical_shorthand"),
        ("mr and mrs, just married", "lower_titled_name"),
        ("thanks to Mr Streeting", "titled_name"),
        ("nearly 90 people came", "exact_age"),
        ("bed 4's sink is fixed", "person_in_bed"),
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str, kind: str) -> None:
    assert not facts_of(text).has(kind)


def test_each_detail_makes_a_person_easier_to_recognise() -> None:
    assert recognised("My patient has a cough") == []
    assert recognised("My patient, 58, has a cough and came in today with his wife") == ["some"]
    assert recognised("My patient, 58, from Whitehaven, came in today with a stroke") == ["some", "likely"]
    assert recognised(
        "My patient, a retired vicar, 58, from Whitehaven, came in today with a stroke and his wife"
    ) == ["some", "likely", "surely"]


@pytest.mark.parametrize(
    "text", ["Sat with her till six", "Long night. Just delivered twins", "lent him a fiver"]
)
def test_what_the_author_did_is_heard_without_an_i(text: str) -> None:
    assert facts_of(text).has("dropped_i")


@pytest.mark.parametrize(
    "text", ["She sat with me", "The had-it-all generation", "People who lent him a fiver"]
)
def test_what_others_did_is_not_the_author_s(text: str) -> None:
    assert not facts_of(text).has("dropped_i")
