"""The forms: one noun a file."""
