"""Whom the words are aimed at: scorn or hostility that shares a sentence with a group, a colleague, a patient, the author.

It builds on what the lexicons found. A word of contempt and a word for a group say little apart; in one sentence they do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from governance.scoring.facts import Fact, Facts, standing
from governance.scoring.text import Text

KINDS = {
    "aimed_at_origin": "Hostility in one sentence with an origin, a colour or a faith",
    "aimed_at_love_or_gender": "Hostility in one sentence with orientation or gender identity",
    "aimed_at_health_or_age": "Hostility in one sentence with a disability, an illness or an age",
    "aimed_at_sex": "Hostility in one sentence with women, men or pregnancy",
    "aimed_at_colleague": "Scorn in one sentence with a colleague or somebody named",
    "aimed_at_patient": "Scorn in one sentence with patients or those close to them",
    "aimed_at_self": "Scorn for the author's own self",
    "person_chased": "One person is shunned, tracked down or threatened, and named or called names",
    "drink_then_work": "Drink or drugs, and work that begins soon after",
    "corner_cut_for_show": "Work left out or made up, told as a trick, for a laugh, or as something nobody sees",
    "short_quotes": "A word or two in quotation marks",
    "doubting_quotes": "Quotation marks that doubt what somebody says of themselves ('husband', \"anxious\")",
    "nickname_by_form": "A mocking nickname made like a name (Mrs Can't-Wait, Mr Perfect)",
}

_HOSTILE = ("made_animal", "person_as_it", "wished_harm", "sent_away", "all_alike", "english_doubted", "they_own_it",
            "hiring_by_group", "group_as_crowd", "group_told_what_it_should",
            "group_joke", "gender_denied", "sin_preached", "not_ist_but", "size_mocked", "age_mocked",
            "sexual_slight", "slur", "group_hostility", "stereotype", "exclusion", "strong_hostility")  # fmt: skip
_SCORN = ("scathing_simile", "cannot_do_a_thing", "called_a_name", "laughed_at", "impression_done", "prize_or_game",
          "mocking_nickname", "people_sighed_at", "bodies_made_light", "size_mocked", "age_mocked", "insult",
          "named_contempt", "sneer", "patient_game", "medical_slang", "made_animal", "sexual_slight")  # fmt: skip
_GROUPS = {
    "aimed_at_origin": ("nationality_named", "incomers_named", "skin_named", "faith_named", "jewish_named",
                        "traveller_named", "ethnic_or_faith"),
    "aimed_at_love_or_gender": ("orientation_named", "trans_named"),
    "aimed_at_health_or_age": ("disability_named", "mental_illness_named", "age_named"),
    "aimed_at_sex": ("women_named", "men_named", "pregnancy_named"),
}  # fmt: skip
_COLLEAGUES = (
    "colleague_named",
    "professional_name",
    "titled_name",
    "full_name",
    "first_named",
    "named_colleague",
)
_PATIENTS = (
    "patient_reference",
    "patient_words",
    "person_in_bed",
    "bed_or_ward",
    "complaint_talk",
    "person_told_of",
)
_CHASED = ("shunned", "scab_called", "tracked_down", "menaced", "named_target", "pile_on", "threat")
_LEFT_OUT = (
    "filled_in_blind",
    "care_left_out",
    "record_faked",
    "step_skipped",
    "inspection_dressed",
    "stolen",
)
_BRAG = ("nobody_looks", "hands_on_a_trick", "what_could_go_wrong", "concealment", "mirth", "laughter")
_DRINK = ("drink_named", "worse_for_drink", "drunk_at_work", "intoxication")
_SELF = frozenset({"i", "i'm", "im", "me", "my", "myself", "i've", "i'd", "mine"})
NEAR_WORDS = 25

_QUOTED = re.compile(
    "(?<![\\w'])['\"\u201c]((?:a |the |her |his |my )?(?:misses|miss|mrs|mr|her|she|he|him|husband|wife|partner|boyfriend|"
    "girlfriend|lady|woman|man|anxious|(?:with )?anxiety|depressed|stress|stressed|sick|ill|poorly|bad back|back|long covid|"
    "burnout|mental health|bravely|brave|sensory day|wellbeing|offended|people partner|natural immunity|self care|disabled|"
    "disability|refugees?|refugee|asylum|family|cousins?|prayer|prayers|migraine|fibro|trauma|light duties|lived experience|"
    "trying|not political|expecting|vulnerable|unwell|exhaustion|chest pain|dizzy|collapse|heavy|unable|doctor|nurse|"
    "consultant|expert|professional|pain|allergic|dementia|autism|autistic|adhd|nerves|do her back in))['\"\u201d](?!\\w)"
)
_SHORT = re.compile("(?<![\\w'])['\"\u201c][a-z]+(?: [a-z]+)?['\"\u201d](?!\\w)")
_NICKNAME = re.compile(
    r"\b(?:Mr|Mrs|Miss|Ms|Lady|Lord|Madam|Captain|Sir|Princess|Queen|King|Little Miss) "
    r"(?:[A-Z][a-z']+-[A-Z][A-Za-z'-]+|(?:I|Can't|Never|Always|Know|No|Not|Do|Don't|Want|Perfect|Happy|Angry|Misery|Moan\w*|"
    r"Grump\w*|Sad\w*|Posh|Big|Fancy|Google|Sexist|Wheat\w*|Local|Next|Wonderful|Important|Entitled|Personality|Sunshine|"
    r"Drama\w*|Stink\w*|Smell\w*|Whing\w*|Shout\w*|Fuss\w*|Nos[ey]\w*)\b)"
)


def detect(text: Text, facts: Facts) -> None:
    """Add what can only be said of two things together. Facts that a negating word precedes are left aside."""
    denied = _denied(facts)
    hostile, scorn = _standing(facts, _HOSTILE, denied), _standing(facts, _SCORN, denied)
    if hostile:
        for kind, groups in _GROUPS.items():
            _together(facts, kind, hostile, _standing(facts, groups))
    if scorn:
        _together(facts, "aimed_at_colleague", scorn, _standing(facts, _COLLEAGUES))
        _together(facts, "aimed_at_patient", scorn, _standing(facts, _PATIENTS))
        _at_self(text, facts, scorn)
    chased = _standing(facts, _CHASED)
    if chased:
        _together(facts, "person_chased", chased, _standing(facts, _COLLEAGUES) + scorn, NEAR_WORDS)
        if len({fact.kind for fact in chased}) > 1:
            facts.add(
                Fact("person_chased", chased[0].start, chased[0].end, chased[0].word, chased[0].sentence)
            )
    if not facts.has("drink_resolved"):
        _together(
            facts, "drink_then_work", _standing(facts, _DRINK), _standing(facts, ("work_soon",)), NEAR_WORDS
        )
    _together(facts, "corner_cut_for_show", _standing(facts, _LEFT_OUT), _standing(facts, _BRAG), NEAR_WORDS)
    _by_form(text, facts)


def _standing(facts: Facts, kinds: Iterable[str], but: frozenset[int] = frozenset()) -> list[Fact]:
    return [fact for kind in kinds for fact in facts.of(kind) if fact.has_place and fact.word not in but]


def _denied(facts: Facts) -> frozenset[int]:
    """The words just behind a negating one, where 'thick' is 'not thick'."""
    return frozenset(fact.word + step for fact in facts.of("negator") for step in (1, 2))


def _together(facts: Facts, kind: str, some: list[Fact], others: list[Fact], near: int = 0) -> None:
    """Add one fact where one of each stands in the same sentence, or within `near` words of the other."""
    if not some or not others:
        return
    sentences = {fact.sentence for fact in others}
    places = sorted({fact.word for fact in others})
    for fact in some:
        if fact.sentence in sentences or (near and any(abs(fact.word - place) <= near for place in places)):
            facts.add(Fact(kind, fact.start, fact.end, fact.word, fact.sentence))
            return


def _at_self(text: Text, facts: Facts, scorn: list[Fact]) -> None:
    for fact in scorn:
        before = text.words[max(fact.word - 3, 0) : fact.word + 1]
        if not _SELF.isdisjoint(before):
            facts.add(Fact("aimed_at_self", fact.start, fact.end, fact.word, fact.sentence))
            return


def _by_form(text: Text, facts: Facts) -> None:
    if "'" in text.low or '"' in text.low or "\u201c" in text.low:
        for kind, pattern in (("doubting_quotes", _QUOTED), ("short_quotes", _SHORT)):
            if match := pattern.search(text.low):
                facts.add(standing(text, kind, *match.span()))
    if text.seen != text.low and (match := _NICKNAME.search(text.seen)):
        facts.add(standing(text, "nickname_by_form", *match.span()))
