"""Findings for people and for other programs: one format a module, each a pure function from findings to text."""
