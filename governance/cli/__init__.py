"""The commands of python -m governance."""
