"""The organisation's own rules: versions that are never edited, and the rulebook in use."""
