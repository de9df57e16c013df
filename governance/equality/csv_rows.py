"""Reading the file that an organisation supplies: email, grade, qualified_in, ethnicity. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from governance.equality.models import CHARACTERISTICS
from governance.kernel.errors import Invalid
from governance.kernel.text import storable

HEADER = ("email", *CHARACTERISTICS)
LONGEST_VALUE = 100  # characters
LONGEST_FILE = 5 * 1024 * 1024  # bytes
FIELD = "file"

Row = Mapping[str, str | None]


def read_rows(content: bytes) -> dict[str, Row]:
    """The characteristics by e-mail address in small letters; an empty value is None, a row without any is left out.

    Raises Invalid, naming the line, for a file that is not such a CSV, an address that stands twice, or a value that is
    too long. No value of the file is repeated in an error.
    """
    if len(content) > LONGEST_FILE:
        raise Invalid("The file must be 5 MB or smaller.", FIELD)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("The file is not UTF-8 text. Save it as 'CSV UTF-8' and try again.", FIELD) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if sorted(header) != sorted(HEADER):
            raise Invalid(f"The first line must name these columns: {', '.join(HEADER)}.", FIELD)
        rows: dict[str, Row] = {}
        for cells in reader:
            if any(cell.strip() for cell in cells):
                _add(rows, header, cells, reader.line_num)
    except csv.Error as error:
        raise Invalid(f"Line {reader.line_num} is not CSV. Mend it and try again.", FIELD) from error
    return rows


def _add(rows: dict[str, Row], header: list[str], cells: list[str], line: int) -> None:
    if len(cells) != len(header):
        raise Invalid(f"Line {line} has {len(cells)} values, not {len(header)}.", FIELD)
    given = {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=True)}
    email = given.pop("email").lower()
    if "@" not in email:
        raise Invalid(f"Line {line} has no email address.", FIELD)
    if email in rows:
        raise Invalid(f"Line {line} has an email address that stood before.", FIELD)
    for value in given.values():
        storable(value, FIELD, f"A value in line {line}", LONGEST_VALUE)
    if any(given.values()):
        rows[email] = {name: value or None for name, value in given.items()}
