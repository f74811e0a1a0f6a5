"""Read archives of documents: the documents in them, in the order of the archive."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from qa_desktop.domain import Document
from qa_desktop.reading.archives.archive import LARGEST_TOTAL, MOST_MEMBERS, open_zip, read_member
from qa_desktop.reading.blocks import name_in_words
from qa_desktop.reading.embedded import Embedded, cleaned_name
from qa_desktop.reading.problems import Unreadable

_VERSION = "zip 1"
# What systems put into archives beside the documents.
_NOT_DOCUMENTS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def read_zip(data: bytes, name: str) -> Document:
    """Return the archive as a document without text of its own; raise `Unreadable` if it holds none."""
    archive = open_zip(data)
    if not _members(archive):
        raise Unreadable("empty", "an archive without documents")
    if len(archive.infolist()) > MOST_MEMBERS:
        raise Unreadable("too_large", f"{len(archive.infolist())} members")
    return Document("zip", name_in_words(name), (), (), engine=_VERSION)


def embedded_zip(data: bytes, password: str | None = None) -> Iterator[Embedded]:
    """Yield the documents in an archive; `password` opens those that are encrypted."""
    archive = open_zip(data)
    for info in _members(archive):
        shown = info.filename.replace("\\", "/")
        place = f"in the archive at {'/'.join(filter(None, map(cleaned_name, shown.split('/'))))}"
        try:
            found = read_member(archive, info, password, LARGEST_TOTAL)
            yield Embedded(cleaned_name(shown), found, place)
        except Unreadable as error:
            yield Embedded(cleaned_name(shown), b"", place, error.problem)


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    files = (m for m in archive.infolist()[: MOST_MEMBERS + 1] if m.file_size and m.filename[-1:] != "/")
    return [m for m in files if not any(mark in m.filename for mark in _NOT_DOCUMENTS)]
