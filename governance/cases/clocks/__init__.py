"""Clocks: how long a stage or a task may take, what is left of it, and what came of it."""
