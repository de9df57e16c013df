"""Files of an export, in a folder or a zip, read in place: nothing is ever extracted.

The limits stand on those of upload handlers of other open projects (DefectDojo, safezip, d3i): enough for an archive
full of pictures, of which only the few small members with posts are opened.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Protocol

from governance.kernel.errors import Invalid

MOST_MEMBERS = 50_000
LARGEST_MEMBER = 64 * 1024 * 1024  # bytes, of a member that is read
LARGEST_TOTAL = 256 * 1024 * 1024  # bytes, of all members that are read
LARGEST_RATIO = 200  # unpacked to packed, for members over SMALL
SMALL = 1024 * 1024  # bytes
HIDDEN = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$)")  # what a Mac adds when it packs a folder again
NESTED = (".zip", ".7z", ".rar", ".tar", ".tar.gz", ".tgz")


class Archive(Protocol):
    """Members by name. `read` gives one whole, up to LARGEST_MEMBER; Invalid, by name, beyond or where it is broken."""

    name: str

    def names(self) -> list[str]:
        """The members' names with forward slashes, in order of name."""
        ...

    def read(self, name: str) -> bytes:
        """The content of one member."""
        ...


class Folder:
    """An export that was unpacked already. Links are not followed."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._path = path
        self._sizes: dict[str, int] = {}

    def names(self) -> list[str]:
        """Regular files under the folder, without links and hidden ones."""
        found: list[str] = []
        for file in self._path.rglob("*"):
            name = file.relative_to(self._path).as_posix()
            if file.is_symlink() or not file.is_file() or HIDDEN.search(name) or self._through_link(file):
                continue
            found.append(name)
            if len(found) > MOST_MEMBERS:
                raise Invalid(
                    f"The folder {self.name} has more than {MOST_MEMBERS:,} files. Give the file with the posts."
                )
        return sorted(found)

    def read(self, name: str) -> bytes:
        """The content of one file."""
        with (self._path / name).open("rb") as stream:
            content = stream.read(LARGEST_MEMBER + 1)
        _count(self._sizes, name, len(content))
        return content

    def _through_link(self, file: Path) -> bool:
        return any(parent.is_symlink() for parent in file.parents if self._path in parent.parents)


class OneFile:
    """The file with the posts alone, whatever it is called by now."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._path = path

    def names(self) -> list[str]:
        """One name, as it was in the archive."""
        return ["tweets.js"]

    def read(self, name: str) -> bytes:
        """The content of the file."""
        with self._path.open("rb") as stream:
            content = stream.read(LARGEST_MEMBER + 1)
        _count({}, name, len(content))
        return content


class Zip:
    """A zip, looked through before anything in it is read. Raises Invalid, by name, for one that cannot be trusted."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._sizes: dict[str, int] = {}
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
            raise Invalid(f"{self.name} is a broken zip ({error}). Download or copy it again.") from error
        members = [info for info in self._zip.infolist() if not info.is_dir()]
        self._members = {info.filename: info for info in members if not HIDDEN.search(info.filename)}
        try:
            self._look_through(self._zip.infolist())
        except Invalid:
            self._zip.close()
            raise

    def names(self) -> list[str]:
        """The members' names, without folders and what a Mac adds."""
        return sorted(self._members)

    def read(self, name: str) -> bytes:
        """The content of one member, checked against its checksum."""
        try:
            with self._zip.open(self._members[name]) as stream:
                content = stream.read(LARGEST_MEMBER + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as error:
            raise Invalid(
                f"{_shown(name)} in {self.name} is broken: its content does not agree with the zip's list ({error}). "
                "Download or copy the archive again."
            ) from error
        _count(self._sizes, name, len(content))
        return content

    def _look_through(self, members: list[zipfile.ZipInfo]) -> None:
        if len(members) > MOST_MEMBERS:
            raise Invalid(
                f"{self.name} has {len(members):,} members, more than {MOST_MEMBERS:,}. Give the file with the posts alone."
            )
        for info in members:
            reason = _untrusted(info)
            if reason:
                raise Invalid(
                    f"{self.name} is refused: {_shown(info.orig_filename)} {reason}. Nothing was read."
                )
        name, times = Counter(info.filename for info in members).most_common(1)[0] if members else ("", 0)
        if times > 1:
            raise Invalid(
                f"{self.name} is refused: it holds {_shown(name)} {times} times, and the last would silently win. "
                "Nothing was read."
            )


def _untrusted(info: zipfile.ZipInfo) -> str | None:
    """Why a member makes the whole zip one that is not read, or None."""
    given = info.orig_filename
    name = given.replace("\\", "/")
    reasons = (
        ("\x00" in given, "has a NUL in its name"),
        (".." in name.split("/"), "leads out of the archive (path traversal)"),
        (
            name.startswith("/") or re.match(r"[A-Za-z]:", name) is not None,
            "has an absolute path (path traversal)",
        ),
        ("\\" in given, "has a backslash in its name"),
        (stat.S_ISLNK(info.external_attr >> 16), "is a symbolic link"),
        (bool(info.flag_bits & 0x1), "is encrypted; export it again without a password"),
        (
            name.lower().endswith(NESTED),
            "is an archive inside the archive, which is not read; unpack it first",
        ),
        (
            info.compress_size > info.file_size + SMALL // 64,
            "lies about its size: it is packed larger than it says it is",
        ),
        (_is_bomb(info), "unpacks to far more than it holds (a zip bomb)"),
    )
    return next((reason for applies, reason in reasons if applies), None)


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > SMALL and info.file_size > LARGEST_RATIO * max(1, info.compress_size)


def _count(sizes: dict[str, int], name: str, size: int) -> None:
    """Keep account of what was read. Raises Invalid beyond the limits."""
    if size > LARGEST_MEMBER:
        raise Invalid(
            f"{_shown(name)} is larger than {LARGEST_MEMBER // 2**20} MB, the most that is read of one file."
        )
    sizes[name] = size
    if sum(sizes.values()) > LARGEST_TOTAL:
        raise Invalid(
            f"The posts in this archive are larger than {LARGEST_TOTAL // 2**20} MB together, the most that is read."
        )


def _shown(name: str) -> str:
    """A member's name for a message: it is hostile text until shown otherwise."""
    return repr(name if len(name) <= 80 else f"{name[:80]}...")
