"""The catalog: one SQLite file that holds what the user said, what the disk said, and what was
dear to compute. Nothing outside this folder writes SQL."""
