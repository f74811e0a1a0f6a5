"""Documents to passages, passages to vectors and words, all of it kept in one library on disk."""
