"""Facts that only several facts together state: an offer with no declaration beside it, a medicine that is for sale,
somebody told what to do and sent nowhere, a health claim that is pressed and not measured. Read last, over settled facts.

A word by itself says little ('free', 'every one of them'): what a fair reader reacts to is two of them about one thing, with
nothing beside them that speaks for the author.
"""

from __future__ import annotations

from collections.abc import Iterable

from governance.scoring.facts import Fact, Facts

KINDS = {
    "offer_undeclared": "Something is offered, praised or was received, and no declaration stands up front",
    "offers_undeclared": "Offered, pressed or received in two ways or more, and no declaration stands up front",
    "offer_declared": "Something is offered, praised or was received, and it is declared up front",
    "medicine_for_sale": "A prescription-only medicine stands close to a price, an offer or a way to order",
    "told_without_help": "Somebody is told what to take, stop or believe they have, and is sent nowhere for help",
    "told_much_without_help": "Somebody is told two such things or more, and is sent nowhere for help",
    "asked_and_told": "Somebody asked about a person's health and is told what to do",
    "asked_and_sent_on": "Somebody asked about a person's health and is sent to help, or told that this cannot be answered here",
    "health_claim_pressed": "A claim about health is pressed: always, proven, kept secret, seen with own eyes",
    "health_claims_pressed": "A claim about health is pressed in three ways or more",
}

UP_FRONT_WORDS = 25
CLOSE = 30  # words between a medicine and its price

_OFFERS = (
    "money_off", "reward_for_others", "scarce_offer", "how_to_order", "discount_code", "code_in_capitals", "word_to_send",
    "send_by_name", "only_one_trusted", "buyers_told_to_ask", "was_given", "stake_hinted", "network_selling", "checks_waived",
    "promo_code", "gift_received", "discount",
)  # fmt: skip
_DECLARED = ("label_up_front", "declared_plainly", "strong_label")
_FOR_SALE = (
    "price",
    "discount",
    "money_off",
    "reward_for_others",
    "scarce_offer",
    "word_to_send",
    "checks_waived",
    "how_to_order",
)
_TOLD = (
    "amount_told",
    "stop_told",
    "told_what_it_is",
    "care_waved_off",
    "soothed",
    "medicine_passed_on",
    "home_cure_told",
    "looked_at_theirs",
)
_HELP = ("will_not_advise", "sent_to_help", "urgent_redirection", "redirection")
_ASKED = (
    "reply:asks_for_advice",
    "reply:symptom",
    "reply:prescription_medicine",
    "reply:medicine",
    "reply:red_flag_symptom",
    "reply:dose",
)
_CLAIMED = (
    "remedy_works",
    "never_ill_since",
    "care_run_down",
    "came_off_care",
    "stop_care",
    "illness_waved_away",
    "no_harm_said",
    "wonder_result",
    "test_overclaimed",
    "omens",
)
_PRESSED = (
    "without_exception",
    "said_to_be_fact",
    "secret_knowledge",
    "paid_to_treat",
    "seen_it_myself",
    "kin_as_proof",
    "puffed_title",
)
_MEASURED = (
    "claim_corrected",
    "authority_named",
    "measured_words",
    "harms_named",
    "care_supported",
    "rebuttal",
)
_HEALTH = (
    "illness_word",
    "condition",
    "medicine",
    "prescription_medicine",
    "remedy_word",
    "vaccine_campaign",
)


def detect(facts: Facts) -> None:
    """Add what the facts state together. Facts with a prefix (denied, quoted) do not count."""
    _offers(facts)
    _answers(facts)
    _claims(facts)
    medicines = [*facts.of("prescription_medicine"), *facts.of("pom_slang")]
    for_sale = [fact for kind in _FOR_SALE for fact in facts.of(kind) if fact.has_place]
    for fact in medicines:
        if fact.has_place and any(abs(other.word - fact.word) <= CLOSE for other in for_sale):
            _state(facts, "medicine_for_sale", fact)
            break


def _offers(facts: Facts) -> None:
    offers = _first_of_each(facts, _OFFERS)
    if not offers:
        return
    if any(fact.word < UP_FRONT_WORDS for kind in _DECLARED for fact in facts.of(kind)):
        _state(facts, "offer_declared", offers[0])
        return
    _state(facts, "offer_undeclared", offers[0])
    if len(offers) > 1:
        _state(facts, "offers_undeclared", offers[1])


def _answers(facts: Facts) -> None:
    waved_off = {fact.sentence for fact in facts.of("care_waved_off")}
    # 'Don't sit in A&E, ring the surgery Monday' names services, but sends nobody to them.
    helped = any(fact.sentence not in waved_off for kind in _HELP for fact in facts.of(kind))
    asked, told = facts.has(*_ASKED), _first_of_each(facts, _TOLD)
    if asked and helped:
        facts.state("asked_and_sent_on")
    if not told or helped:
        return
    _state(facts, "told_without_help", told[0])
    if len(told) > 1:
        _state(facts, "told_much_without_help", told[1])
    if asked:
        _state(facts, "asked_and_told", told[0])


def _claims(facts: Facts) -> None:
    claimed, pressed = _first_of_each(facts, _CLAIMED), _first_of_each(facts, _PRESSED)
    many = len(claimed) + len(pressed) - facts.has(*_MEASURED)
    if many < 1 or (not claimed and not facts.has(*_HEALTH)):
        return
    if (claimed and many > 1) or (len(pressed) > 1 and many > 1):
        _state(facts, "health_claim_pressed", (pressed or claimed)[0])
    if many > 2:
        _state(facts, "health_claims_pressed", (claimed or pressed)[0])


def _first_of_each(facts: Facts, kinds: Iterable[str]) -> list[Fact]:
    """The first fact of each kind that is there, by their order in the text."""
    return sorted((facts.of(kind)[0] for kind in kinds if facts.has(kind)), key=lambda fact: fact.word)


def _state(facts: Facts, kind: str, at: Fact) -> None:
    facts.add(Fact(kind, at.start, at.end, at.word, at.sentence))
