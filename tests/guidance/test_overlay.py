"""An organisation's own rules over the shipped ones: what may be written, and what is refused with file, rule and reason."""

import contextlib
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.guidance.loader import load_rulebook, shipped_rulebook
from governance.guidance.overlay import LONGEST, lay_over, with_status
from governance.guidance.rulebook import RulebookError
from tests.factories.rulebooks import RULE

BOOK = shipped_rulebook()
SHIPPED = "boundaries.friend_request"


def laid(text: str):
    return lay_over(BOOK, text, file="version 3", name="org3")


def test_a_rule_is_added_and_the_id_says_whose_it_is():
    made = laid(RULE)
    assert set(made.rules) == set(BOOK.rules) | {"org.friends"}
    assert list(made.rules) == sorted(made.rules)
    assert made.id.startswith(f"{BOOK.id}+org3-")
    assert len(made.id) <= 80, "it is stored with every assessment"


def test_comments_do_not_change_the_id_and_words_do():
    assert laid(f"# why\n{RULE}").id == laid(RULE).id
    assert laid(RULE.replace("kindly", "gently")).id != laid(RULE).id


def test_a_shipped_rule_rests_and_everything_else_of_it_stays():
    made = laid(f'[status]\n"{SHIPPED}" = "shadow"').rules[SHIPPED]
    assert made.status == "shadow"
    assert (made.when, made.message) == (BOOK.rules[SHIPPED].when, BOOK.rules[SHIPPED].message)


def test_an_empty_text_is_the_shipped_rules():
    assert laid("").rules == BOOK.rules


def test_a_rule_file_may_rest_rules_too(tmp_path):
    file = tmp_path / "ours.toml"
    file.write_text(f'{RULE}\n[status]\n"{SHIPPED}" = "retired"', encoding="utf-8")
    made = load_rulebook(file)
    assert (made.rules[SHIPPED].status, made.rules["org.friends"].status) == ("retired", "live")


GUARD = next(rule.id for rule in BOOK.rules.values() if rule.sort == "guard")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[rule", "version 3: "),
        (RULE.replace("org.friends", SHIPPED), f"{SHIPPED}: an id of your own begins with org."),
        (RULE.replace("org.friends", "org.Friends!"), "begins with org."),
        (RULE.replace("org.friends", "org." + "a" * 120), "at most 100"),
        (RULE.replace("gmp-2024", "nothing-2024"), "version 3: org.friends: cites 'nothing-2024'"),
        (RULE.replace('message = "Here', 'massage = "Here'), "unknown key 'massage'"),
        ('[status]\n"org.gone" = "shadow"', "there is no such rule"),
        (f'[status]\n"{SHIPPED}" = "asleep"', "write live, shadow, retired"),
        (f'[status]\n"{GUARD}" = "retired"', "protects people"),
        ("status = 3", "must be a table"),
        (RULE.replace('["friend_request"]', "7"), "7 is neither"),
        (RULE.replace('{ source = "gmp-2024" }', '{ source = ["gmp-2024"] }'), "wrong kind"),
        ("a = " + "[" * 5000, "version 3: "),
        ("#" * (LONGEST + 1), "100,000 at most"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(text, problem):
    with pytest.raises(RulebookError) as refused:
        laid(text)
    assert any(problem in line for line in refused.value.problems), refused.value.problems


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(0, 9) | st.text("ab", max_size=3),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    ),
    st.sampled_from(
        ["id", "when", "cites", "fires", "silent", "mark", "unless", "probability", "severity", "status"]
    ),
)
def test_no_value_in_any_place_does_more_than_be_refused(value, key):
    table = tomllib.loads(RULE)["rule"][0] | {key: value}
    text = "[[rule]]\n" + "\n".join(f"{name} = {_toml(one)}" for name, one in table.items())
    with contextlib.suppress(RulebookError):
        assert set(laid(text).rules) - set(BOOK.rules)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {_toml(one)}' for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return '""' if value is None else str(value) if isinstance(value, int) else f'"{value}"'


@pytest.mark.parametrize(
    "text",
    [
        "",
        RULE,
        f'{RULE}\n[status]\n"a.b" = "live"',
        f'[status] # ours\n"{SHIPPED}" = "live"\n{RULE}',
        'category = "boundaries"',
    ],
)
def test_a_line_is_written_into_the_status_table_and_nothing_else_changes(text):
    made = tomllib.loads(with_status(text, SHIPPED, "shadow"))
    before = tomllib.loads(text)
    assert made.pop("status") == {**before.pop("status", {}), SHIPPED: "shadow"}
    assert made == before


def test_a_table_in_an_unusual_form_is_left_to_a_person():
    with pytest.raises(RulebookError, match="by hand"):
        with_status('status = { "a.b" = "live" }', SHIPPED, "shadow")
