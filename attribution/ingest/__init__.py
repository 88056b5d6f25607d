"""Reads files into drafts."""
