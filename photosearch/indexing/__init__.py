"""Indexing: bring the catalog in step with the disk, and run every stage on what is new."""
