"""The blueprint that the pages of cases share."""

from __future__ import annotations

from flask import Blueprint

cases = Blueprint("cases", __name__, url_prefix="/cases")
