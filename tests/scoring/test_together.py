"""Facts that several facts state together, and codes in capitals."""

from __future__ import annotations

import pytest

from governance.scoring.post import PostInput
from governance.scoring.reading import read
from governance.scoring.text import Text


def kinds(text: str, answering: str | None = None) -> set[str]:
    facts, _ = read(PostInput(text=text, in_reply_to=answering), Text(text))
    return set(facts.by_kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("New knee sleeves, code KNEES15 at the checkout", "code_in_capitals"),
        ("HAPPYFEET20 gets you a tenner off", "code_in_capitals"),
        ("Fancy it? Comment GLOW and wait", "word_to_send"),
        ("DM me the word READY for the list", "word_to_send"),
    ],
)
def test_words_in_capitals_that_buy_something(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "The NHS app is free and so is the kettle",
        "ICU tonight, use the side door",
        "COMMENT BELOW EVERYONE, THIS IS ALL IN CAPITALS",
        "code knees15 in small letters",
    ],
)
def test_other_capitals_buy_nothing(text: str) -> None:
    assert not kinds(text) & {"code_in_capitals", "word_to_send"}


def test_an_offer_is_told_apart_by_its_declaration() -> None:
    offer = "these socks saved my feet, bring a friend and get one half price, link in bio"
    assert {"offer_undeclared", "offers_undeclared"} <= kinds("Honestly " + offer)
    declared = kinds("I own this company, so this is an advert: " + offer)
    assert "offer_declared" in declared
    assert "offer_undeclared" not in declared


def test_a_medicine_is_for_sale_only_where_an_offer_stands_close() -> None:
    assert "medicine_for_sale" in kinds("Mounjaro from £129 this week, last two slots left")
    assert "medicine_for_sale" not in kinds(
        "Mounjaro can make you feel sick at first. " + "Tea. " * 40 + "Scones £2 each"
    )
    assert "medicine_for_sale" not in kinds("A question about Mounjaro came up in teaching today")


QUESTION = "my mum's knee is red and hot, should she take something?"


def test_an_answer_is_told_apart_by_whether_it_sends_to_help() -> None:
    told = kinds("Sounds like gout. Take two of your dad's naproxen tonight", QUESTION)
    assert {"told_without_help", "told_much_without_help", "asked_and_told"} <= told
    sent = kinds("I can't tell you that on here. Ring 111 now if it is hot and red", QUESTION)
    assert "asked_and_sent_on" in sent
    assert not sent & {"told_without_help", "asked_and_told"}


def test_a_service_named_only_to_be_waved_off_is_no_help() -> None:
    told = kinds("Don't go sitting in A&E, ring the surgery Monday. Sounds like gout", QUESTION)
    assert "asked_and_told" in told
    assert "asked_and_sent_on" not in told


def test_a_claim_is_told_apart_by_whether_it_is_measured() -> None:
    pressed = "Garlic cures blood pressure, works every time, and your GP won't tell you. Bin the tablets."
    assert {"health_claim_pressed", "health_claims_pressed"} <= kinds(pressed)
    assert not kinds("Exercise may help some people with arthritis, the evidence is mixed") & {
        "health_claim_pressed",
        "health_claims_pressed",
    }
