"""Whom the words are aimed at: the signal joins what the lexicons found, and leaves what merely stands near alone."""

from __future__ import annotations

import pytest

from governance.scoring.reading import read_text
from governance.scoring.text import Text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Romanians on again, count your purse, they're all the same, vermin", "aimed_at_origin"),
        ("A bloke in a dress on the list, put it down I say", "aimed_at_love_or_gender"),
        ("Nobody over sixty on nights please, fossils the lot of them", "aimed_at_health_or_age"),
        ("We stopped hiring women, they all get pregnant", "aimed_at_sex"),
        ("Our new registrar has the personality of a brick", "aimed_at_colleague"),
        ("Patient bingo on the ward, full house wins a kebab", "aimed_at_patient"),
        ("Scab. Nobody speak to her, she parks behind the bins", "person_chased"),
        ("Two proseccos down and I'm on a late", "drink_then_work"),
        ("Copied the obs across, nobody reads them", "corner_cut_for_show"),
        ("Off with her 'bad back' again", "doubting_quotes"),
        ("Mrs Can't-Wait has rung again", "nickname_by_form"),
    ],
)
def test_what_stands_together_is_joined(text: str, kind: str) -> None:
    assert read_text(Text(text)).has(kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("My Romanian colleague made soup for the whole team", "aimed_at_origin"),
        (
            "Vermin in the bin store again, pest control came. The Polish deli sent us cake.",
            "aimed_at_origin",
        ),
        ("Our registrar, not daft as a brush after all", "aimed_at_colleague"),
        ("Prosecco after our last shift, then a week off", "drink_then_work"),
        ("Nobody reads the newsletter", "corner_cut_for_show"),
        ("They call it 'the hub'", "doubting_quotes"),
        ("Mr Perfect-Smith is a name I made up", "person_chased"),
    ],
)
def test_what_only_shares_a_word_is_left_alone(text: str, kind: str) -> None:
    assert not read_text(Text(text)).has(kind)
