"""Findings for people and for other programs: one format per module, each a pure function from findings to text."""
