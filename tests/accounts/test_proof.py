"""The one-time code, and what may be kept as evidence."""

import hashlib
import re

import pytest

from governance.accounts.proof import LARGEST_EVIDENCE, check_evidence_file, new_code
from governance.kernel.errors import Invalid

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def test_codes_differ_and_have_no_letter_that_is_mistaken():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(r"PB-[BCDFGHJKMNPQRTVWXY]{4}-[BCDFGHJKMNPQRTVWXY]{4}", code) for code in codes)


@pytest.mark.parametrize(
    ("name", "content", "kept", "media_type"),
    [
        ("screen.png", PNG, "screen.png", "image/png"),
        ("photo.exe", b"\xff\xd8\xff\xe0rest", "photo.jpg", "image/jpeg"),
        ("../../etc/passwd", b"%PDF-1.7 rest", "passwd.pdf", "application/pdf"),
        ("C:\\Users\\n\\é.pdf", b"%PDF-1.7 rest", "é.pdf", "application/pdf"),
        ('a"b\r\nc.png', PNG, "a_b__c.png", "image/png"),
        ("", PNG, "evidence.png", "image/png"),
    ],
)
def test_a_file_is_known_by_its_first_bytes(name, content, kept, media_type):
    file = check_evidence_file(name, content)
    assert (file.name, file.media_type) == (kept, media_type)
    assert file.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"<html><script>", "PNG or JPEG picture or a PDF"),
        (b"GIF89a", "PNG or JPEG picture or a PDF"),
        (b" %PDF-1.7", "PNG or JPEG picture or a PDF"),
        (PNG + b"\0" * LARGEST_EVIDENCE, "larger than 2 MB"),
    ],
)
def test_other_files_are_refused(content, says):
    with pytest.raises(Invalid, match=says) as refused:
        check_evidence_file("screen.png", content)
    assert refused.value.field == "file"
