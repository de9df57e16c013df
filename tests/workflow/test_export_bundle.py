"""Taking a bundle: who may, what is in it, and that it leaks nothing."""

import hashlib
import io
import re
import zipfile

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from governance.audit.models import AuditEntry
from governance.bundles.models import BundleExport
from governance.guidance.loader import shipped_rulebook
from governance.kernel.errors import GovernanceError, Invalid, Missing, Refused
from governance.reports.models import Report
from governance.workflow.countersign import countersign
from governance.workflow.export_bundle import export_bundle
from governance.workflow.reply import reply
from governance.workflow.send_letter import send_letter
from tests.factories.cases import (
    add_newcomer,
    case_at,
    issue,
    open_for,
    second_of,
    second_opinion,
    to_review,
    write_opinion,
)


def take(session, actor, case, purpose="subject_access", file_format="zip", **given):
    asked = {"reason": "They asked for it."}
    return export_bundle(
        session, actor, case=case, purpose=purpose, file_format=file_format, **(asked | given)
    )


def all_text(exported) -> str:
    """Every word of the file: of each file in the ZIP, and of the PDF as a reader extracts it."""
    if exported.row.format == "pdf":
        return pdf_text(exported.content)
    with zipfile.ZipFile(io.BytesIO(exported.content)) as archive:
        parts = [f"{name}\n" for name in archive.namelist()]
        for name in archive.namelist():
            content = archive.read(name)
            parts.append(pdf_text(content) if name.endswith(".pdf") else content.decode("utf-8"))
    return "\n".join(parts)


def pdf_text(content: bytes) -> str:
    reader = PdfReader(io.BytesIO(content))
    outline = str(reader.outline) + str(reader.metadata)
    return outline + " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def found(text: str, names: list[str]) -> list[str]:
    parts = {part for name in names for part in (name, *name.split()) if len(part) > 2}
    return sorted(part for part in parts if re.search(rf"(?<!\w){part}(?!\w)", text, re.IGNORECASE))


@pytest.fixture
def full(session, organisation):
    """A guarded case, reported by a colleague and decided, in whose texts everybody names everybody."""
    people = organisation
    case = open_for(session, people.nurse, reporter=people.colleague, guards=["own_health"])
    to_review(session, case, people.director, "clinical")
    write_opinion(session, case, people.clinical_lead, "clinical")
    said = "Col Abara told on me. Clem and Mr LINDT know; hana.reyes asked. Mrs Featherstonehaugh was the patient."
    reply(
        session,
        people.nurse,
        case=case,
        version=case.version,
        text=said,
        companion="Quentin Umbridge",
    )
    add_newcomer(session)
    issue(session, case)
    second_opinion(session, case, "reflection")
    if case.stage == "countersign":
        countersign(session, second_of(case), case=case, version=case.version, agrees=True)
    assert case.stage == "issued"
    send_letter(
        session,
        case.holder,
        case=case,
        version=case.version,
        kind="reporter_acknowledgement",
        heading="Thank you",
        body="Dear Col, the xylophone letter.",
        rulebook=shipped_rulebook(),
    )
    send_letter(
        session,
        people.director,
        case=case,
        version=case.version,
        kind="outcome",
        heading="What was decided",
        body="Dear Nia, Dora Lindt decided.",
        rulebook=shipped_rulebook(),
    )
    return case


def others(organisation, case) -> list[str]:
    people = {person for person in vars(organisation).values() if hasattr(person, "email")}
    people |= {case.holder}
    return sorted(person.name for person in people if person is not organisation.nurse)


@pytest.mark.parametrize("file_format", ["pdf", "zip"])
@pytest.mark.parametrize("who", ["nurse", "hr"])
def test_a_subject_access_bundle_names_nobody_else(session, organisation, full, file_format, who):
    hidden = [*others(organisation, full), "Quentin Umbridge", "Featherstonehaugh"]
    exported = take(
        session,
        getattr(organisation, who),
        full,
        file_format=file_format,
        also_hide=["Mrs Featherstonehaugh"],
    )
    text = all_text(exported)
    assert found(text, hidden) == []
    assert "xylophone" not in text, "a letter to who reported is not the author's"
    assert "Nia Rowan" in text
    assert "[the decider]" in text
    assert "The author's own health" in text


@pytest.mark.parametrize("who", ["nurse", "director", "hr"])
def test_a_bundle_for_an_appeal_names_no_reporter_and_no_writer(session, organisation, full, who):
    text = all_text(take(session, getattr(organisation, who), full, "appeal"))
    assert found(text, ["Col Abara", "Clem Hart"]) == []
    assert "xylophone" not in text
    assert "Dora Lindt" in text, "who decided stands by it"


def test_a_bundle_for_a_tribunal_has_what_its_maker_may_read(session, organisation, full):
    text = all_text(take(session, organisation.hr, full, "tribunal"))
    for words in ("Col Abara", "Clem Hart", "Dora Lindt", "xylophone", "own health"):
        assert words in text


def test_the_second_person_is_not_named_to_the_author(session, organisation):
    case = case_at(session, organisation, "countersign")
    second = second_of(case).name
    second_opinion(session, case, "learning")
    text = all_text(take(session, organisation.nurse, case))
    assert found(text, [second, "Dora Lindt"]) == []
    assert "As I read it" not in text, "what is not issued is not the author's yet"


def test_the_appeal_is_in_it(session, organisation):
    case = case_at(session, organisation, "appeal")
    hearer = case.appeal.hearer.name
    text = all_text(take(session, organisation.nurse, case, "appeal"))
    assert "Nobody asked the ward." in text
    assert hearer in text
    assert hearer not in all_text(take(session, organisation.nurse, case))


@pytest.mark.parametrize("purpose", ["subject_access", "appeal"])
def test_who_complained_from_outside_is_not_named(session, organisation, full, purpose):
    session.add(
        Report(
            way="patient_complaint",
            made_by=organisation.dpo,
            made_at=full.opened_at,
            from_whom="Mrs Featherstonehaugh",
            person=organisation.nurse,
            platform="bluesky",
            posted_at=full.opened_at,
            text="The words.",
            worry="She knew herself in it.",
            severity="high",
            score=70,
            state="in_case",
            desk="hr",
            case_id=full.id,
        )
    )
    session.flush()
    text = all_text(take(session, organisation.nurse, full, purpose))
    assert found(text, ["Mrs Featherstonehaugh", "Priya Dunn"]) == []
    assert "[who complained] was the patient" in text


def test_it_is_written_down_who_took_what_and_why(session, organisation, full):
    before = full.version
    exported = take(session, organisation.hr, full)
    row = session.scalars(select(BundleExport)).one()
    assert (row.made_by, row.purpose, row.format) == (organisation.hr, "subject_access", "zip")
    assert row.sha256 == hashlib.sha256(exported.content).hexdigest()
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "bundle.exported")).one()
    assert "They asked for it" not in entry.payload
    assert full.version == before, "it changes nothing in the case"
    with pytest.raises(IntegrityError, match="refuse update"):
        session.execute(update(BundleExport).values(reason="Another reason"))


def test_the_same_case_makes_the_same_bytes(session, organisation, full):
    first, second = (take(session, organisation.nurse, full) for _ in range(2))
    assert first.content == second.content
    assert first.row.id != second.row.id


@pytest.mark.parametrize("who", ["colleague", "compliance", "admin", "guardian", "dpo"])
def test_who_does_not_see_the_case_learns_nothing(session, organisation, full, who):
    with pytest.raises(Missing):
        take(session, getattr(organisation, who), full)


def test_the_line_manager_is_told_whom_to_ask_guarded_or_not(session, organisation):
    refusals = []
    for guards in ([], ["own_health"]):
        case = open_for(session, organisation.nurse, guards=guards)
        try:
            take(session, organisation.manager, case)
        except GovernanceError as error:
            refusals.append((error.status, error.message))
    assert refusals[0][0] == 403
    assert "Ask one of them for it" in refusals[0][1]
    assert len(refusals) == 2


@pytest.mark.parametrize(
    ("who", "purpose", "words"),
    [
        ("nurse", "tribunal", "goes through HR"),
        ("director", "tribunal", "HR or the data protection officer"),
        ("director", "subject_access", "HR or the data protection officer"),
    ],
)
def test_a_purpose_that_is_not_theirs_is_refused_politely(session, organisation, full, who, purpose, words):
    with pytest.raises(Refused, match=words):
        take(session, getattr(organisation, who), full, purpose)


def test_nothing_is_appealed_before_a_decision(session, organisation):
    case = case_at(session, organisation, "reply")
    with pytest.raises(Refused, match="no decision yet"):
        take(session, organisation.nurse, case, "appeal")
    assert "Nothing is decided." in all_text(take(session, organisation.nurse, case))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"purpose": "gossip"}, "purpose"),
        ({"file_format": "docx"}, "file_format"),
        ({"reason": " "}, "reason"),
        ({"also_hide": ["x"]}, "also_hide"),
        ({"also_hide": ["Ann Other"] * 51}, "also_hide"),
    ],
)
def test_what_is_to_mend_is_named(session, organisation, full, given, field):
    with pytest.raises(Invalid) as error:
        take(session, organisation.nurse, full, **given)
    assert error.value.field == field
    assert session.scalar(select(BundleExport)) is None
