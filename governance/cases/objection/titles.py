"""What the answers to an objection are called."""

from __future__ import annotations

ANSWERS = {True: "Upheld: somebody else takes their place", False: "Not upheld: they go on"}
