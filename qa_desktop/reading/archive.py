"""Look into zip archives with care: office documents are zips, and zips can be bombs."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePath

from qa_desktop.reading.problems import Unreadable

# An honest office document stays far below these; a bomb of 2 MB unpacks to 600 MB and more.
MOST_MEMBERS = 10_000
LARGEST_TOTAL = 200_000_000
LARGEST_PART = 64_000_000
HIGHEST_RATIO = 200
_RATIO_MATTERS = 10_000_000  # bytes unpacked; a small part of blanks packs well and does no harm

_OTHER_KINDS = (
    ("xl/", "Excel workbook"), ("ppt/", "PowerPoint slides"), ("visio/", "Visio drawing"),
    ("META-INF/container.xml", "EPUB book"),
    ("content.xml", "OpenDocument file"),
    ("FixedDocSeq.fdseq", "XPS pages"),
)  # fmt: skip


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open the zip archive in `data`; raise `Unreadable` ("damaged" or "too_large") when that is not wise."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable("damaged", f"not a whole archive: {error}") from error
    members = archive.infolist()
    total = sum(m.file_size for m in members)
    if len(members) > MOST_MEMBERS or total > LARGEST_TOTAL:
        raise Unreadable("too_large", f"{len(members)} parts, {total} bytes unpacked")
    if total > _RATIO_MATTERS and total > HIGHEST_RATIO * len(data):
        raise Unreadable("too_large", f"unpacks to {total // max(1, len(data))} times its size")
    return archive


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of one part; raise `KeyError` when there is none, `Unreadable` when it is no good."""
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise Unreadable("encrypted", "password-protected archive")
    try:
        with archive.open(info) as part:
            data = part.read(LARGEST_PART + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise Unreadable("damaged", f"{name}: {error}") from error
    if len(data) > LARGEST_PART:
        raise Unreadable("too_large", f"{name} is larger than {LARGEST_PART} bytes")
    return data


def office_kind(data: bytes, name: str) -> str:
    """Return "docx" for a Word document; raise `Unreadable` for every other archive."""
    ending = PurePath(name).suffix.lower()
    try:
        names = open_archive(data).namelist()
    except Unreadable as error:
        if error.problem.reason == "damaged" and ending not in (".docx", ".docm", ".dotx"):
            raise Unreadable("unsupported", "archive, not whole") from error
        raise
    if any(n.startswith("word/") and n.endswith(".xml") for n in names) or "word\\document.xml" in names:
        return "docx"
    for part, what in _OTHER_KINDS:
        if any(n.startswith(part) for n in names):
            raise Unreadable("unsupported", what)
    raise Unreadable("unsupported", "archive")
