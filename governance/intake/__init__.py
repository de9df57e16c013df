"""Readers of exports and the import run."""
