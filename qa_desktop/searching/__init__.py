"""A question to hits: meaning and words searched apart, fused, and read again by a cross-encoder."""
