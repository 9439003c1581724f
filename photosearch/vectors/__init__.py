"""Exact nearest-neighbour search over the catalog's vectors, by FAISS."""
