"""Logs for the operator: one line of JSON an event, never a traceback's local variables (they hold people's words)."""

from __future__ import annotations

import structlog


def set_up_logs() -> None:
    """Configure structlog for the whole process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        cache_logger_on_first_use=True,
    )
