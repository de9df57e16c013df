"""A case that only named people see."""
