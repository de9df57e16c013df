"""A list, a page at a time, with the addresses of its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import request, url_for
from sqlalchemy import Select

from governance.entrance.database import db
from governance.kernel.paging import paginate


def page_of(
    query: Select[Any], asked: Mapping[str, Any], shown: Callable[[list[Any]], list[Any]] = lambda rows: rows
) -> dict[str, Any]:
    """The page that `asked` (a loaded PageQuery) names, in the shape of PageOut. Beyond the last it is empty.

    `shown` turns the page's rows into what the schema reads, all of them at once.
    """
    number, size = asked["page"], asked["per_page"]
    found = paginate(db.session, query, number, size)
    return {
        "items": shown(found.rows) if found.number == number else [],
        "page": number,
        "per_page": size,
        "pages": found.last,
        "total": found.total,
        "links": {
            "self": _address(asked, number),
            "first": _address(asked, 1),
            "last": _address(asked, found.last),
            "next": _address(asked, number + 1) if number < found.last else None,
            "previous": _address(asked, min(number - 1, found.last)) if number > 1 else None,
        },
    }


def _address(asked: Mapping[str, Any], number: int) -> str:
    return url_for(str(request.endpoint), **{**asked, "page": number})
