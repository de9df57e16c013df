"""Proof that the owner holds an account: a one-time code for the profile, and evidence beside it."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from governance.kernel.errors import Invalid
from governance.kernel.text import storable

LETTERS = "BCDFGHJKMNPQRTVWXY"
"""No vowels, so that no word arises by chance, and none that is read as another or as a digit (I, L, O, S, Z)."""

LARGEST_EVIDENCE = 2 * 1024 * 1024  # bytes

FIRST_BYTES = (
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"%PDF-", "application/pdf", ".pdf"),
)
"""How each accepted kind of file begins: PNG and JPEG by their specifications, PDF by ISO 32000 (7.5.2)."""


@dataclass(frozen=True)
class EvidenceFile:
    """A small file, its type told by its first bytes and not by its name."""

    name: str
    media_type: str
    content: bytes
    sha256: str


def new_code() -> str:
    """A one-time code such as PB-KMRT-WXBD: 18^8 possibilities, easy to read aloud."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"PB-{drawn[:4]}-{drawn[4:]}"


def check_evidence_file(name: str, content: bytes) -> EvidenceFile:
    """`content` as a file that may be kept. Raises Invalid at `file` for a kind or size that may not."""
    if not content:
        raise Invalid("The file is empty. Choose it again.", "file")
    if len(content) > LARGEST_EVIDENCE:
        raise Invalid(
            "The file is larger than 2 MB. Send a smaller picture, or only the part that matters.", "file"
        )
    for start, media_type, ending in FIRST_BYTES:
        if content.startswith(start):
            return EvidenceFile(
                _safe_name(name, ending), media_type, content, hashlib.sha256(content).hexdigest()
            )
    raise Invalid("The file must be a PNG or JPEG picture or a PDF. This one is none of them inside.", "file")


def _safe_name(name: str, ending: str) -> str:
    """The file's own name without folders, control characters and an ending that is not its kind's."""
    storable(name, "file", "The file's name", longest=1000)
    own = re.split(r"[\\/]", name)[-1]
    stem = own.rpartition(".")[0] or own
    stem = re.sub(r"[^\w .()-]", "_", stem).strip(" .")[:150]
    return f"{stem or 'evidence'}{ending}"
