"""The guidance as a document: every rule with its examples and sources, and no number that was not read."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from governance.guidance.loader import shipped_rulebook
from governance.people.models import Person
from tests.fixtures.applications import Visitor
from tests.fixtures.organisation import Organisation

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
BOOK = shipped_rulebook()


@pytest.fixture
def visit(organisation: Organisation, visitor: Callable[[Person], Visitor]) -> Visitor:
    return visitor(organisation.nurse)


@SQLITE
def test_index_leads_to_every_concern_and_source(visit: Visitor):
    page = visit.get("/guidance/").text
    assert [one for one in BOOK.categories if f"/guidance/concerns/{one}" not in page] == []
    assert [one for one in BOOK.sources if f"/guidance/sources/{one}" not in page] == []
    assert BOOK.id in page


@SQLITE
def test_category_shows_its_live_rules(visit: Visitor):
    for category_id in BOOK.categories:
        page = visit.get(f"/guidance/concerns/{category_id}").text
        rules = [one for one in BOOK.rules.values() if one.sort == "category" and one.serves == category_id]
        assert rules
        for rule in rules:
            assert (f'id="{rule.id}"' in page) == (rule.status == "live")
        assert page.count("It has not spoken here yet") == sum(rule.status == "live" for rule in rules)


@SQLITE
def test_source_prints_numbers_only_of_what_was_read(visit: Visitor):
    for source in BOOK.sources.values():
        page = visit.get(f"/guidance/sources/{source.id}")
        assert page.status_code == 200
        numbered = [paragraph.number for paragraph in source.paragraphs if paragraph.number]
        assert page.text.count("<strong>") >= len(numbered)
        assert [number for number in numbered if f"<strong>{number}.</strong>" not in page.text] == []


@SQLITE
def test_what_is_not_in_the_guidance_is_missing(visit: Visitor):
    assert visit.get("/guidance/concerns/nothing").status_code == 404
    assert visit.get("/guidance/sources/nothing").status_code == 404


@pytest.mark.browser
@SQLITE
def test_guidance_reads_well_for_everybody(
    organisation: Organisation, browse: Callable[..., Page], axe: Callable[[Page], list[str]]
):
    page = browse(organisation.nurse, width=375)
    for address in ("/guidance/", "/guidance/concerns/confidentiality", "/guidance/sources/gmp-2024"):
        page.goto(address)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 375
