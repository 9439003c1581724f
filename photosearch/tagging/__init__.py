"""Tagging: which concepts photos show, which tags the user teaches, and telling other programs."""
