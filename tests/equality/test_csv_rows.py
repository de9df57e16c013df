"""Reading the file that is supplied."""

import pytest

from governance.equality.csv_rows import read_rows
from governance.kernel.errors import Invalid

HEAD = "email,grade,qualified_in,ethnicity\n"


def test_rows_are_read_whatever_the_order_of_the_columns():
    content = (
        "\ufeffGrade,EMAIL,ethnicity,qualified_in\nBand 6, Nia@Trust.example ,  Asian or  Asian British ,\n"
    )
    assert read_rows(content.encode()) == {
        "nia@trust.example": {"grade": "Band 6", "qualified_in": None, "ethnicity": "Asian or Asian British"}
    }


def test_blank_lines_and_rows_that_say_nothing_are_left_out():
    assert read_rows(f"{HEAD}\n,,,\nnia@trust.example,,,\n".encode()) == {}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "first line must name"),
        (b"name,grade\n", "first line must name"),
        ((HEAD + "nia@trust.example,Band 6\n").encode(), "Line 2 has 2 values"),
        ((HEAD + "nia,Band 6,,\n").encode(), "Line 2 has no email address"),
        ((HEAD + "a@b.example,1,,\nA@B.example,2,,\n").encode(), "Line 3 has an email address that stood"),
        ((HEAD + "a@b.example," + "x" * 101 + ",,\n").encode(), "line 2 must be 100 characters"),
        ((HEAD + "a@b.example,\x00,,\n").encode(), "line 2|Line 2"),
        ((HEAD + 'a@b.example,"open,,\n').encode(), "is not CSV"),
        ("email,grade,qualified_in,ethnicity\na@b.example,Fran\xe7ais,,\n".encode("latin-1"), "not UTF-8"),
        (b"x" * (5 * 1024 * 1024 + 1), "5 MB"),
    ],
)
def test_what_is_wrong_is_named_without_repeating_it(content, complaint):
    with pytest.raises(Invalid, match=complaint) as error:
        read_rows(content)
    assert error.value.field == "file"
    assert "example" not in error.value.message
