"""Documents and slides of Office before 2007 (DOC, PPT)."""
