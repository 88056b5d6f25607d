"""Turns an analysis into text: one formatter a file."""
