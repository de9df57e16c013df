"""The PDF and the ZIP of a bundle."""

import hashlib
import io
import zipfile
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from governance.bundles import pdf
from governance.bundles.archive import MANIFEST, as_zip
from governance.bundles.contents import Bundle, Item, Section, Step
from governance.bundles.pdf import FontMissing, as_pdf, printable

WHEN = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
STRANGE = "Café, naïve, łódź, Ελλάδα, Привет, 🎉 and 👩\u200d⚕️, 𝓫𝓸𝓵𝓭, 漢, =1+1\x07"


def bundle(text: str = STRANGE) -> Bundle:
    item = Item("post-version-1", "The post", (("Seen by", "Anyone"),), text)
    return Bundle(
        reference="CASE-2026-0001",
        purpose="appeal",
        title="CASE-2026-0001: case bundle",
        intro="For an appeal.",
        sections=(
            Section("evidence", "Evidence", (item,), ""),
            Section("letters", "Letters", (), "No letter was sent."),
        ),
        timeline=(Step(WHEN, "Probity", "The case was opened", "=HYPERLINK(1)"),),
        as_of=WHEN,
    )


def words_of(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_the_pdf_can_be_read_and_walked_through():
    reader = PdfReader(io.BytesIO(as_pdf(bundle())))
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles == ["Index", "1. Evidence", "2. Letters", "3. What happened when"]
    assert reader.metadata is not None
    assert reader.metadata.title == "CASE-2026-0001: case bundle"
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    for number, page in enumerate(reader.pages, start=1):
        assert f"page {number} of {len(reader.pages)}" in page.extract_text()


def test_every_script_is_there_or_named():
    words = words_of(as_pdf(bundle()))
    for part in ("Café", "łódź", "Ελλάδα", "Привет"):
        assert part in words
    assert "[party popper]" in words.replace("\n", " ")
    assert "[cjk unified ideograph-6f22]" in words.replace("\n", " ")


def test_signs_that_steer_are_left_out():
    assert printable("a\u200db\x07c\u202ed") == "abcd"


@pytest.mark.parametrize("text", ["", "x" * 20_000, "word " * 4_000, "\n" * 300, "\U0001f600" * 500])
def test_long_and_odd_texts_make_a_pdf(text):
    assert as_pdf(bundle(text)).startswith(b"%PDF")


def test_the_same_content_makes_the_same_bytes():
    assert as_pdf(bundle()) == as_pdf(bundle())
    assert as_zip(bundle(), b"x") == as_zip(bundle(), b"x")
    assert as_pdf(bundle()) != as_pdf(bundle("Other words"))


def test_the_zip_has_an_index_and_the_hash_of_every_file():
    with zipfile.ZipFile(io.BytesIO(as_zip(bundle(), as_pdf(bundle())))) as archive:
        names = archive.namelist()
        lines = archive.read(MANIFEST).decode().splitlines()
        assert names == sorted(names)
        assert {line.partition("  ")[2] for line in lines} == set(names) - {MANIFEST}
        for line in lines:
            digest, _, name = line.partition("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        index = archive.read("index.txt").decode()
        assert "evidence/post-version-1.txt" in index
        assert "No letter was sent." in index
        assert STRANGE in archive.read("evidence/post-version-1.txt").decode()
        assert "'=HYPERLINK(1)" in archive.read("timeline.csv").decode("utf-8-sig")


def test_a_server_without_the_font_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FONTS", (tmp_path,))
    with pytest.raises(FontMissing, match="make setup"):
        as_pdf(bundle())
