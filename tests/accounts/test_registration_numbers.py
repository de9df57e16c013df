"""Regulators' numbers: checked where a source for the form is named, taken as typed elsewhere."""

import pytest

from governance.accounts.registration_numbers import REGULATORS, Standing, check_standing, number_is_checked
from governance.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("regulator", "typed", "kept"),
    [
        ("GMC", " 990 0001 ", "9900001"),
        ("NMC", "99a9999e", "99A9999E"),
        ("GPhC", "2999999", "2999999"),
        ("HCPC", "ph 999999", "PH999999"),
        ("HCPC", "PYL12", "PYL12"),
        ("GDC", " 990 162 ", "990 162"),
        ("SWE", "sw 12/x", "sw 12/x"),
    ],
)
def test_a_number_in_its_form_is_kept(regulator, typed, kept):
    assert check_standing("nurse", regulator, typed) == Standing("nurse", regulator, kept)


@pytest.mark.parametrize(
    ("regulator", "typed", "says"),
    [
        ("GMC", "123456", "7 digits"),
        ("GMC", "12345678", "7 digits"),
        ("GMC", "٩٩٠٠٠٠١", "7 digits"),
        ("NMC", "999A999E", "2 digits, a letter"),
        ("GPhC", "P123456", "7 digits"),
        ("HCPC", "ZZ123456", "code of your profession"),
        ("HCPC", "PH1234567", "up to 6 digits"),
        ("GMC", " ", "Enter your registration number"),
        ("GDC", "9" * 41, "40 characters or fewer"),
        ("GDC", "99\x0011", "NUL"),
    ],
)
def test_a_number_out_of_form_is_refused_with_the_form(regulator, typed, says):
    with pytest.raises(Invalid, match=says) as refused:
        check_standing("nurse", regulator, typed)
    assert refused.value.field == "number"


def test_a_number_needs_its_regulator_and_a_listed_one():
    with pytest.raises(Invalid, match="Choose the regulator"):
        check_standing("nurse", None, "99A9999E")
    with pytest.raises(Invalid, match="from the list"):
        check_standing("nurse", "ABC", "99A9999E")
    with pytest.raises(Invalid, match="Enter your profession"):
        check_standing(" ", None, None)


def test_who_has_no_regulator_gives_none():
    assert check_standing(" healthcare assistant ", "", "") == Standing("healthcare assistant")


def test_every_checked_form_names_its_source_and_the_others_say_unchecked():
    assert {name for name in REGULATORS if number_is_checked(name)} == {"GMC", "NMC", "GPhC", "HCPC"}
    assert all(one.form.source for one in REGULATORS.values() if one.form)
    assert not number_is_checked("GDC")
    assert not number_is_checked(None)
