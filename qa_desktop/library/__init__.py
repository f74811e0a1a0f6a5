"""A library of documents and everything a head may do with it.

library    the use-cases                        adding     add, update, try again
finding    paths to files                       originals  the files behind the documents
identity   model and recipe of a library        select     documents by pattern
"""

from qa_desktop.indexing.report import AddReport, FileReport, Outcome
from qa_desktop.library.library import Library, Status
from qa_desktop.library.originals import Original

__all__ = ["AddReport", "FileReport", "Library", "Original", "Outcome", "Status"]
