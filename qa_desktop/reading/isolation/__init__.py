"""The process that opens files, so that no other has to: worker, limits, and what travels between them."""
