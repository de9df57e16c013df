"""When the next privacy review is due."""

from datetime import date

import pytest

from governance.accounts.privacy import next_due


@pytest.mark.parametrize(
    ("reviewed", "due"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 6, 30), date(2026, 12, 30)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_the_next_review_is_six_months_on(reviewed, due):
    assert next_due(reviewed) == due
