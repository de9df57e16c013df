import pytest

from governance.kernel.errors import Invalid
from governance.kernel.text import LONGEST_POST, required, storable


@pytest.mark.parametrize(
    "text", ["", "Good morning 🩺", "e\u0301 and \u202eright to left", "x" * LONGEST_POST, "𝓗" * 10]
)
def test_ordinary_text_is_kept_as_it_is(text):
    assert storable(text, "text", "Your post") == text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("x" * (LONGEST_POST + 1), "20,000 characters or fewer. It has 20,001"),
        ("a\x00b", "NUL"),
        ("half \ud83e of one", "lone surrogate"),
        ("\udc00", "lone surrogate"),
    ],
)
def test_text_that_cannot_be_stored_is_refused_by_name(text, named):
    with pytest.raises(Invalid, match=named) as refusal:
        storable(text, "text", "Your post")
    assert refusal.value.field == "text"
    assert refusal.value.status == 422


@pytest.mark.parametrize("text", [None, "", "  \n\t\u2003"])
def test_nothing_is_not_text(text):
    with pytest.raises(Invalid, match=r"Enter your answer\."):
        required(text, "answer", "Your answer")
