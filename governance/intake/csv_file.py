"""Tables as CSV: UTF-8 (or UTF-16 with its mark), comma, semicolon or tab, one row a post under a header."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from governance.accounts.models import SocialAccount
from governance.intake.fields import entry
from governance.intake.record import Entry
from governance.kernel.errors import Invalid

if TYPE_CHECKING:
    from _csv import Reader

COLUMNS = ("text", "posted_at", "native_id", "url", "platform", "audience", "in_reply_to", "attachments")
NEEDED = ("text", "posted_at")
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows under a header; `offset` lines stand before what `rows` counts."""

    rows: Reader
    names: list[str]
    offset: int


def entries(path: Path, account: SocialAccount) -> Iterator[Entry]:
    """One entry for each row that is not blank. `line` is the line on which the row begins."""
    with _opened(path) as table:
        while True:
            line = table.rows.line_num + table.offset + 1
            try:
                cells = next(table.rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield Entry(
                    line, error=f"The row is not CSV: {error}. Look for a quotation mark without its pair."
                )
                continue
            if any(cell.strip() for cell in cells):
                yield _entry(line, cells, table.names, account)


def check_header(path: Path) -> None:
    """Raise Invalid where the first row does not name the columns that an import needs."""
    with _opened(path) as table:
        names = table.names
    missing = [name for name in NEEDED if name not in names]
    if missing:
        found = ", ".join(name for name in names if name)[:300] or "nothing"
        raise Invalid(
            f"{path.name} is read as CSV, and its first row must name its columns. "
            f"Missing: {', '.join(missing)}. Found: {found}. Rename the columns and try again; "
            f"known ones are {', '.join(COLUMNS)}."
        )
    twice = sorted({name for name in COLUMNS if names.count(name) > 1})
    if twice:
        raise Invalid(f"{path.name} has more than one column named {', '.join(twice)}. Keep one of each.")


@contextmanager
def _opened(path: Path) -> Iterator[_Table]:
    encoding, errors = _encoding(path)
    with path.open(encoding=encoding, errors=errors, newline="") as stream:
        first = stream.readline()
        offset = 0
        if first.lower().startswith("sep=") and len(first.strip()) == 5:  # how Excel names the separator
            separator, offset = first[4], 1
        else:
            separator = max(SEPARATORS, key=first.count)
            stream.seek(0)
        rows = csv.reader(stream, delimiter=separator, strict=True)
        try:
            header = next(rows, [])
        except csv.Error as error:
            raise Invalid(f"The first row of {path.name} is not CSV: {error}.") from error
        yield _Table(rows, [_name(cell) for cell in header], offset)


def _name(cell: str) -> str:
    return cell.strip().lstrip("\ufeff").lower().replace(" ", "_")


def _encoding(path: Path) -> tuple[str, str]:
    """By its mark. Bytes that are not UTF-8 come through as surrogates, so that only their row is refused."""
    with path.open("rb") as stream:
        start = stream.read(2)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16", "surrogatepass"
    return "utf-8-sig", "surrogateescape"


def _entry(line: int, cells: list[str], names: list[str], account: SocialAccount) -> Entry:
    if len(cells) > len(names):
        return Entry(
            line,
            error=f"The row has {len(cells)} cells under {len(names)} columns. Put text that holds a separator in quotes.",
        )
    if any("\udc80" <= char <= "\udcff" for cell in cells for char in cell if char > "\ud7ff"):
        return Entry(line, error="The row is not UTF-8. Save the file as 'CSV UTF-8' and try again.")
    given: dict[str, Any] = dict(zip(names, cells, strict=False))
    given["attachments"] = _listed(given.get("attachments"))
    return entry(line, given, account)


def _listed(cell: str | None) -> object:
    """A JSON list of texts where the cell holds one, else its text."""
    if cell and cell.lstrip().startswith("["):
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            return cell
    return cell
