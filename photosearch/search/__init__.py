"""Search: words or a photo in, ranked photos with scores and reasons out."""
