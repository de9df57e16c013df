"""Facts by their form, their polarity, and the circumstances of a post."""

import pytest

from governance.scoring.facts import Facts
from governance.scoring.lexicon import LexiconError, read
from governance.scoring.post import PostInput
from governance.scoring.reading import read as read_post
from governance.scoring.reading import read_text, vocabulary
from governance.scoring.text import Text


def facts_of(text: str) -> Facts:
    return read_text(Text(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NHS no 999 000 0018", "nhs_number"),
        ("nhs 9990000018!", "nhs_number"),
        ("dob 3/2/51", "date_of_birth"),
        ("date of birth: 3rd March 1951", "date_of_birth"),
        ("MRN 5512093", "hospital_number"),
        ("ring 07700 900123", "phone_number"),
        ("write to a.b@example.org", "email_address"),
        ("SW1A 1AA", "postcode"),
        ("14 Larkfield Avenue", "street_address"),
        ("Mrs Hollins", "titled_name"),
        ("Mr H.", "titled_name"),
        ("Dr Penhale", "professional_name"),
        ("Doreen Ashdown", "full_name"),
        ("she is 82yo", "exact_age"),
        ("an 82-year-old", "exact_age"),
        ("41 f with pain", "exact_age"),
        ("in her eighties", "age_band"),
        ("four weeks old", "age_band"),
        ("800mg five times a day", "dose"),
        ("only £79", "price"),
        ("20% off", "discount"),
        ("from Doncaster", "town"),
        ("my patient", "patient_reference"),
        ("#botox", "prescription_medicine"),
    ],
)
def test_a_fact_is_found(text: str, kind: str) -> None:
    assert facts_of(text).has(kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("order 999 000 0017", "nhs_number"),  # wrong check digit
        ("99990000018", "nhs_number"),
        ("Mr whippy", "titled_name"),
        ("reading a book in the bath", "town"),
        ("aged 300", "exact_age"),
        ("covid cases up 41", "exact_age"),
        ("thirteen weeks to go", "age_band"),
    ],
)
def test_what_only_looks_like_a_fact_is_none(text: str, kind: str) -> None:
    assert not facts_of(text).has(kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I accepted a patient", "friend_request"),
        ("I don't accept patients", "not:friend_request"),
        ("I can't believe I accepted a patient", "friend_request"),
        ("No, I accepted a patient", "friend_request"),
        ('They wrote "turmeric cures cancer" again', "quoted:cure_claim"),
        ("turmeric cures cancer", "cure_claim"),
        ("nothing cures cancer. Not here", "cure_claim"),
    ],
)
def test_polarity(text: str, kind: str) -> None:
    facts = facts_of(text)
    assert facts.has(kind)
    bare = kind.removeprefix("not:").removeprefix("quoted:")
    assert [k for k in facts.by_kind if k.endswith(bare)] == [kind]


def test_a_label_is_up_front_or_late() -> None:
    assert facts_of("#ad I love this").has("label_up_front")
    assert facts_of("I love this so much and wear it on each and every shift " * 2 + "#nurse #ad").has(
        "label_late"
    )


def test_circumstances_are_facts() -> None:
    post = PostInput(
        text="Try KneeFix", platform="x", audience="public", in_reply_to="Shame on you", attachments=("NHS no 999 000 0018",),
        declared_interests=("kneefix",), consents=("C-1",), profession="nurse",
    )  # fmt: skip
    facts, _ = read_post(post, Text(post.text))
    for kind in (
        "platform:x", "audience:public", "is_reply", "reply:complaint", "has_attachment", "attachment:nhs_number",
        "interest_mentioned", "consent_recorded", "profession:known", "whole_text",
    ):  # fmt: skip
        assert facts.has(kind), kind


def test_an_unknown_audience_is_never_public() -> None:
    facts, _ = read_post(PostInput(text="x"), Text("x"))
    assert not [kind for kind in facts.by_kind if kind.startswith("audience:")]


def test_every_kind_has_plain_words() -> None:
    assert all(about.strip() for about in vocabulary().values())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("about = ", "a.toml"),
        ("x = 1", "needs 'about'"),
        ('about = "x"\n[facts.f]\nphrases = ["a"]', "a.toml: fact f: needs 'about'"),
        ('about = "x"\n[facts.f]\nabout = "y"', "a.toml: fact f: no phrases"),
        ('about = "x"\n[facts.f]\nabout = "y"\nphrases = ["(a"]', "a.toml: fact f: '(a' has a bracket"),
        ('about = "x"\n[facts.f]\nabout = "y"\nphrases = ["a"]\ndespite = ["rain"]', "despite is of"),
        ('about = "x"\n[facts.f]\nabout = "y"\nfile = "absent.txt"', "absent.txt: No such file"),
        ('about = "x"\n[classes]\nc = ["two words"]', "must be a list of single words"),
    ],
)
def test_a_broken_lexicon_is_refused_by_name(tmp_path, content: str, reason: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.toml").write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError) as refused:
        read(tmp_path)
    assert reason in str(refused.value)
