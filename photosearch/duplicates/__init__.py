"""What is twice in an album: finding it, saying why, choosing what to keep, removing the rest."""
