"""Posts and drafts; their text is never overwritten, only followed by a new version."""
