"""Fits and judges the tagger: `make tags-fit`, `make tags-eval`."""
