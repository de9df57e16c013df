"""What text may be stored. PostgreSQL cannot keep NUL, and UTF-8 has no lone surrogates."""

from __future__ import annotations

from governance.kernel.errors import Invalid

LONGEST_POST = 20_000  # code points


def storable(text: str, field: str, name: str, longest: int = LONGEST_POST) -> str:
    """`text` itself, if it can be kept as it is.

    Raises Invalid, by name, for text that is longer than `longest` code points or holds a NUL or a lone surrogate.
    """
    if len(text) > longest:
        raise Invalid(f"{name} must be {longest:,} characters or fewer. It has {len(text):,}.", field)
    if "\x00" in text:
        raise Invalid(
            f"{name} contains a NUL character, which cannot be stored. Remove it and try again.", field
        )
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise Invalid(
            f"{name} contains half of an emoji or other character (a lone surrogate), which cannot be stored. "
            "Copy the text again from where it came from.",
            field,
        )
    return text


def required(text: str | None, field: str, name: str, longest: int = LONGEST_POST) -> str:
    """Like `storable`, and refuses text with nothing but white space in it."""
    if text is None or not text.strip():
        raise Invalid(f"Enter {name[0].lower()}{name[1:]}.", field)
    return storable(text, field, name, longest)
