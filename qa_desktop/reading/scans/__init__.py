"""Pictures of text: found, set upright, read word by word."""
