"""The page on which a bundle of a case is taken."""

import io
import zipfile
from html import unescape

import pytest

from tests.factories.cases import case_at


@pytest.fixture
def reference(session, organisation):
    """A committed case that waits for its decision."""
    made = case_at(session, organisation, "decision").reference
    session.commit()
    return made


def test_the_author_takes_a_bundle_and_it_is_written_down(organisation, visitor, reference):
    nurse = visitor(organisation.nurse)
    place = f"/cases/{reference}/bundle"
    assert place in nurse.get(f"/cases/{reference}").text
    assert "Nobody yet." in nurse.get(place).text
    asked = {"purpose": "subject_access", "file_format": "zip", "reason": "For my own papers"}
    taken = nurse.post(place, asked)
    assert (taken.status_code, taken.mimetype) == (200, "application/zip")
    assert f"{reference}-subject-access.zip" in taken.headers["Content-Disposition"]
    assert taken.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(taken.data)) as archive:
        assert f"{reference}.pdf" in archive.namelist()
    page = nurse.get(place).text
    assert "For my own papers" in page
    pdf = nurse.post(place, asked | {"file_format": "pdf"})
    assert (pdf.mimetype, pdf.data[:4]) == ("application/pdf", b"%PDF")


def test_what_is_missing_is_shown_at_its_field(organisation, visitor, reference):
    sent = visitor(organisation.nurse).post(
        f"/cases/{reference}/bundle", {"purpose": "subject_access", "file_format": "pdf", "reason": ""}
    )
    assert sent.status_code == 422
    assert "Enter what the bundle is needed for." in unescape(sent.text)


def test_whoever_may_not_is_told_whom_to_ask(organisation, visitor, reference):
    answer = visitor(organisation.manager).get(f"/cases/{reference}/bundle")
    assert answer.status_code == 403
    assert "Ask one of them for it" in answer.text
    assert f"/cases/{reference}/bundle" not in visitor(organisation.manager).get(f"/cases/{reference}").text
    assert visitor(organisation.colleague).get(f"/cases/{reference}/bundle").status_code == 404
