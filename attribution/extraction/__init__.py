"""Finds quotations, cues, attributions, sources and hedges over the trees."""
