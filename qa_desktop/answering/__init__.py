"""Hits to an answer: sentences of the sources, each proven against the stored text, or "not found"."""
