"""Numbers in addresses: only those that a row can have, so that any other is a page that is not there."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, ValidationError

from governance.kernel.database import LARGEST_ID


class RowIdConverter(IntegerConverter):
    """A whole number that an integer column holds on both databases; a longer one would stop the query."""

    def __init__(self, map: Map) -> None:  # noqa: A002  (the name that werkzeug gives it)
        super().__init__(map, max=LARGEST_ID)

    def to_python(self, value: str) -> int:
        """The number. ValidationError, which werkzeug takes for no match, beyond the column's reach."""
        if len(value) > len(str(LARGEST_ID)):  # Python itself refuses to read very long ones
            raise ValidationError
        number: int = super().to_python(value)
        return number


def add_row_ids(app: Flask) -> None:
    """Let `<int:...>` in every address mean the number of a row. Before the blueprints."""
    app.url_map.converters["int"] = RowIdConverter
