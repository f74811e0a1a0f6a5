"""A library of documents and everything a head may do with it.

library    the use-cases                        opening    a folder to its database
adding     add, update, try again               asking     what is found for a question
finding    paths to files                       originals  the files behind the documents
removing   documents out                        drawing    pages of the originals as pictures
identity   model and recipe of a library        select     documents by pattern
checking   is it sound?                         batch      many questions
status     what it holds, in numbers
"""

from qa_desktop.indexing.report import AddReport, FileReport, Outcome
from qa_desktop.library.checking import Check
from qa_desktop.library.library import Library
from qa_desktop.library.originals import Original
from qa_desktop.library.status import Status

__all__ = ["AddReport", "Check", "FileReport", "Library", "Original", "Outcome", "Status"]
