"""Documents to passages, passages to vectors and words, all of it kept in one library on disk.

recipe, cut    documents to passages           words      what the word index holds
compare        what is new, changed or moved   prepare    read and cut, one step ahead
build, meter   encode and store, with progress report     what became of each file
store          the database, with `store_*` for its tables, rows, sources, lock and writing
same_text      copies and near-copies         scanned_words     boxes of recognised words, compact
vectors        the search by meaning, derived from the database
"""
