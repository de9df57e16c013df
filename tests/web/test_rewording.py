from governance.scoring.answer import Finding, Mark
from governance.web.rewording import reworded, rewording

TEXT = "Good morning all. Take 40 mg tonight, Jan! Stay well."


def finding(text, *quotes, safer="Please call 111.", replacement=None):
    marks = []
    for quote in quotes:
        start = text.index(quote)
        marks.append(Mark(start, start + len(quote), quote, "fact"))
    first = marks[0] if marks else Mark(0, 0, "", "whole_text")
    return Finding(
        rule="a.rule",
        category="medical_advice",
        severity="high",
        start=first.start,
        end=first.end,
        quote=first.quote,
        message="Why.",
        advice="What.",
        safer=safer,
        replacement=replacement,
        change="How.",
        cites=(),
        mitigated_by=(),
        raised_by=(),
        evidence=tuple(marks) or (first,),
    )


def test_the_rules_own_words_go_in_place_of_the_marked_ones():
    given = finding(TEXT, "40 mg", replacement="what you were told to")
    assert reworded(TEXT, given) == "Good morning all. Take what you were told to tonight, Jan! Stay well."


def test_a_safer_sentence_goes_in_place_of_the_marked_one():
    assert reworded(TEXT, finding(TEXT, "40 mg", "Jan")) == "Good morning all. Please call 111. Stay well."


def test_words_in_several_sentences_become_one_and_lines_stay():
    text = "Morning.\nTake 40 mg.\n\nAnd ring Jan tonight.\nBye 👋"
    assert reworded(text, finding(text, "40 mg", "Jan")) == "Morning.\nPlease call 111.\n\n\nBye 👋"


def test_a_declaration_goes_in_front():
    given = finding(TEXT, "Jan", safer="#ad I earn from this link.")
    assert reworded(TEXT, given) == f"#ad I earn from this link. {TEXT}"
    assert rewording(given).button == "Put this in front"


def test_what_should_be_left_out_is_taken_out():
    given = finding(TEXT, "40 mg", safer="Leave this out altogether.")
    assert reworded(TEXT, given) == "Good morning all. Stay well."
    assert rewording(given).words == ""


def test_advice_to_the_author_is_never_put_into_the_text():
    for safer in (
        "Describe the teaching point without the picture.",
        "Say what happened.",
        "Someone I looked after",
        "",
    ):
        given = finding(TEXT, "40 mg", safer=safer)
        assert rewording(given) is None
        assert reworded(TEXT, given) is None


def test_nothing_marked_nothing_replaced():
    assert rewording(finding(TEXT)) is None


def test_no_full_stop_and_numbers_with_points_are_one_sentence():
    text = "take 2.5 mg tonight"
    assert reworded(text, finding(text, "2.5 mg")) == "Please call 111."


def test_twenty_thousand_points_are_quick():
    text = "." * 19_990 + " Jan"
    assert reworded(text, finding(text, "Jan")).endswith("Please call 111.")
