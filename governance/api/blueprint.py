"""The one blueprint of the API: flat, since an exemption from CSRF does not reach a nested one."""

from __future__ import annotations

from apiflask import APIBlueprint

api = APIBlueprint("api", __name__, url_prefix="/api/v1")
