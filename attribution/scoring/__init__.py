"""Finds claims and scores their sourcing and certainty."""
