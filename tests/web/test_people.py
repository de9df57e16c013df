"""People, for the administrator: a list to read."""

import pytest


def test_the_list_shows_roles_department_and_line_manager(visitor, organisation):
    page = visitor(organisation.admin).get("/people/").text
    assert "Nia Rowan" in page
    assert "Freedom to Speak Up guardian" in page
    assert "Showing 1 to 10 of 10 people" in page


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("words=nia", {"Nia Rowan"}),
        ("role=guardian", {"Gus Adler"}),
        ("role=boss&words=mark", {"Mark Osei"}),
        ("words=%25", set()),
        ("department=nonsense&words=trust.example", {"Nia Rowan", "Gus Adler", "Mark Osei"}),
        ("department=999", set()),
        ("words=%00gus", {"Gus Adler"}),
        (f"words=gus&department={10**30}", {"Gus Adler"}),
    ],
)
def test_search_and_filter(visitor, organisation, asked, names):
    page = visitor(organisation.admin).get(f"/people/?{asked}").text
    found = {name for name in ("Nia Rowan", "Gus Adler", "Mark Osei") if f'app-plain">{name}<' in page}
    assert found == names
    assert ("Nobody fits" in page) is (names == set())


def test_nobody_else_opens_it(visitor, organisation):
    for role in ("nurse", "manager", "hr", "compliance", "dpo"):
        assert visitor(getattr(organisation, role)).get("/people/").status_code == 403
