"""The API: read-only, and a score that stores nothing."""
