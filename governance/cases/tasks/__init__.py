"""Tasks: what has to be done at once while a person is judged with care, each with a clock of its own."""
