"""A bundle as a ZIP file: an index, each text in a file of its own, the timeline as CSV, and the hash of every file.

The same bundle makes the same bytes: names are in order, and every file has the same date.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping

from governance.bundles.contents import Bundle, Item, moment_words
from governance.kernel.spreadsheet import csv_text

MANIFEST = "MANIFEST-SHA256.txt"
SAME_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP file can hold
READABLE = 0o100640 << 16  # a file that its owner's group may read
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def as_zip(bundle: Bundle, pdf: bytes | None = None) -> bytes:
    """The bundle as a ZIP file, with the PDF in it where there is one."""
    files = _files(bundle)
    if pdf is not None:
        files[f"{bundle.reference}.pdf"] = pdf
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in sorted(files.items())]
    files[MANIFEST] = ("\n".join(lines) + "\n").encode()
    return _packed(files)


def _files(bundle: Bundle) -> dict[str, bytes]:
    files = {"index.txt": _index(bundle).encode(), "timeline.csv": _timeline(bundle).encode()}
    for section in bundle.sections:
        for item in section.items:
            files[f"{section.key}/{_file_name(item)}"] = _text(item).encode()
    return files


def _file_name(item: Item) -> str:
    return f"{UNSAFE.sub('-', item.name).strip('-.') or 'text'}.txt"


def _index(bundle: Bundle) -> str:
    lines = [bundle.title, "", bundle.intro, f"As it stood on {moment_words(bundle.as_of)}.", ""]
    for section in bundle.sections:
        lines.append(section.title)
        lines += [f"  {section.key}/{_file_name(item)}  {item.title}" for item in section.items]
        lines += [] if section.items else [f"  {section.empty}"]
    lines += [
        "What happened when",
        "  timeline.csv",
        "",
        f"The SHA-256 of every file stands in {MANIFEST}.",
        "",
    ]
    return "\n".join(lines)


def _text(item: Item) -> str:
    facts = [f"{what}: {value}" for what, value in item.facts]
    return "\n".join([item.title, *facts, "", item.text, ""])


def _timeline(bundle: Bundle) -> str:
    rows = [(step.at.isoformat(), step.who, step.what, step.words) for step in bundle.timeline]
    return csv_text(("When (UTC)", "Who", "What", "Words"), rows)


def _packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, SAME_DATE)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, READABLE
            archive.writestr(entry, content)
    return out.getvalue()
