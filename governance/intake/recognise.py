"""Which format a file has, by its structure and never by its name: what it begins with, what it holds, its header."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path

from governance.intake import csv_file, jsonl, x_archive
from governance.intake.archive import Archive, Folder, OneFile, Zip
from governance.intake.record import Reading
from governance.kernel.errors import Invalid

READ = "JSON lines, CSV, and the archive of X (its zip, its folder, or its tweets.js)"


def recognise(path: Path) -> Reading:
    """The file's reading. Raises Invalid, with what to do, for what is missing, empty, broken or of no known format."""
    if path.is_dir():
        return _archive(Folder(path), path)
    if not path.is_file():
        raise Invalid(f"There is no file {path.name}. Check its place and name.")
    with path.open("rb") as stream:
        start = stream.read(4096)
    begins = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not begins:
        raise Invalid(
            f"{path.name} is empty: there are no posts in it. Export it again, and choose the posts."
        )
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _archive(Zip(path), path)
    if (x_file := x_archive.BEGINS.match(begins)) and x_archive.POSTS_NAME.fullmatch(x_file[1]):
        return Reading("x", _sha256(path), partial(x_archive.entries, OneFile(path), None), platform="x")
    _refuse_others(path, begins)
    if begins.startswith(b"{"):
        return Reading("jsonl", _sha256(path), partial(jsonl.entries, path))
    csv_file.check_header(path)
    return Reading("csv", _sha256(path), partial(csv_file.entries, path))


def _refuse_others(path: Path, begins: bytes) -> None:
    if begins.startswith(b"["):
        raise Invalid(
            f"{path.name} is one JSON list. Write each post as an object on a line of its own (JSON lines) and try again."
        )
    if begins.startswith(b"<"):
        raise Invalid(f"{path.name} is HTML or XML, which cannot be read. Export it again as JSON or CSV.")
    if begins.startswith(b"window."):
        raise Invalid(
            f"{path.name} is a file of X's archive that holds no posts. Give the whole archive, or its tweets.js."
        )
    if b"\x00" in begins and not begins.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Invalid(f"{path.name} is neither text nor a zip. What can be read: {READ}.")


def _archive(archive: Archive, path: Path) -> Reading:
    names = archive.names()
    if not x_archive.holds_posts(names):
        held = ", ".join(repr(name[:60]) for name in names[:5]) or "nothing"
        raise Invalid(
            f"There are no posts in {path.name}: an archive of X holds them in data/tweets.js, and this one holds {held}"
            f"{' and more' if len(names) > 5 else ''}. Ask X for your archive again and give the whole of it. "
            f"What can be read: {READ}."
        )
    username = x_archive.owner(archive)
    sha256 = _sha256(path) if path.is_file() else _sha256_of(archive, names)
    return Reading("x", sha256, partial(x_archive.entries, archive, username), platform="x", owner=username)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sha256_of(archive: Archive, names: list[str]) -> str:
    """Of the members that are read, with their names, in order of name."""
    digest = hashlib.sha256()
    for name in names:
        if any(form.search(name) for form in (x_archive.POSTS, x_archive.NOTES, x_archive.ACCOUNT)):
            digest.update(f"{name}\x00".encode("utf-8", "surrogatepass"))
            digest.update(hashlib.sha256(archive.read(name)).digest())
    return digest.hexdigest()
