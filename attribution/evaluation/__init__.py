"""Compares analyses with annotated articles."""
