"""Title, author, date and language of a document, each with where it was found."""
