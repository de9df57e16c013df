"""The wording of letters."""

import pytest

from governance.kernel.errors import Invalid
from governance.letters.models import LETTER_KINDS
from governance.letters.templates import WORDING, fill, left_open, letter_templates, read_template

WHOLE = """
title = "A letter"
to = "author"
when = "Now."
heading = "About {{ reference }}"
body = "Dear {{ recipient }}, {% if more is defined %}{{ more }}{% endif %}"
[needs]
decider = "Name who decides."
"""
JUDGING = ("guilty", "offence", "violation", "suspect", "misconduct", "allegation", "culprit", "breach")


def test_each_kind_has_a_file_and_each_file_a_kind():
    assert {path.stem for path in WORDING.glob("*.toml")} == set(LETTER_KINDS) == set(letter_templates())


@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_a_letter_is_kind_and_says_what_comes_next(kind):
    template = letter_templates()[kind]
    words = f"{template.heading} {template.body}".lower()
    assert not [word for word in JUDGING if word in words]
    assert "what happens n" in words
    if template.to == "author":
        assert "union" in words, "nobody has to do this alone"
        assert "who can help" in words or "what could help" in words or "do this alone" in words


@pytest.mark.parametrize("kind", ["outcome"])
def test_an_outcome_tells_of_the_appeal(kind):
    assert "You can appeal until {{ appeal_until }}" in letter_templates()[kind].body


@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_a_subject_line_tells_nothing_of_the_matter(kind):
    heading = letter_templates()[kind].heading
    assert "{{ reference }}" in heading
    assert heading.count("{{") == 1


def test_a_missing_value_is_named():
    template = read_template("outcome", WHOLE)
    values = {"reference": "CASE-2026-0001", "recipient": "Nia", "decider": None}
    with pytest.raises(Invalid, match="Name who decides"):
        fill(template, values)
    assert fill(template, values | {"decider": "Dora"}).heading == "About CASE-2026-0001"


def test_a_name_that_no_value_has_stops():
    template = read_template("outcome", WHOLE)
    with pytest.raises(Invalid, match="'recipient' is undefined"):
        fill(template, {"decider": "Dora", "reference": "CASE-2026-0001"})


def test_values_are_not_read_as_wording():
    template = read_template("outcome", WHOLE)
    draft = fill(template, {"decider": "D", "reference": "R", "recipient": "{{ decider }} <b>"})
    assert "Dear {{ decider }} <b>," in draft.body


def test_wording_reaches_nothing_but_its_values():
    hostile = WHOLE.replace("{{ recipient }}", "{{ recipient.__class__.__mro__ }}")
    with pytest.raises(Invalid):
        fill(read_template("outcome", hostile), {"decider": "D", "reference": "R", "recipient": "N"})


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("title =", "name ="), "needs exactly"),
        (('to = "author"', 'to = "the press"'), "'to' must be one of"),
        (("{% endif %}", ""), "Unexpected end of template"),
        (("[needs]", "[needs"), "cannot be read"),
    ],
)
def test_wording_that_cannot_be_used_is_refused_by_name(change, complaint):
    with pytest.raises(ValueError, match=complaint) as error:
        read_template("outcome", WHOLE.replace(*change))
    assert "outcome.toml" in str(error.value)


def test_places_left_open_are_found():
    assert left_open("By [[day and\ntime]], [a note], [[ ]]") == ["[[day and time]]", "[[ ]]"]
