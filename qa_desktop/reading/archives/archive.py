"""Look into zip archives with care: office documents are zips, and zips can be bombs."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from pathlib import PurePath

from qa_desktop.reading.archives.zip_aes import METHOD, read_aes_member
from qa_desktop.reading.problems import Unreadable

# An honest office document stays far below these; a bomb of 2 MB unpacks to 600 MB and more.
MOST_MEMBERS = 10_000
LARGEST_TOTAL = 200_000_000
LARGEST_PART = 64_000_000
HIGHEST_RATIO = 200
_MALFORMED = (ValueError, IndexError, struct.error)  # raised by zipfile, too, over headers that make no sense
_RATIO_MATTERS = 10_000_000  # bytes unpacked; a small part of blanks packs well and does no harm

_PACKAGES = (("word/", "docx"), ("ppt/", "pptx"), ("xl/", "xlsx"))
_OFFICE_ENDINGS = (".doc", ".dot", ".ppt", ".pot", ".pps", ".xls", ".xlt")
_OTHER_PACKAGES = (
    ("visio/", "Visio drawing"), ("fixeddocseq.fdseq", "XPS pages"),
    ("fixeddocumentsequence.fdseq", "XPS pages"), ("androidmanifest.xml", "program"),
    ("meta-inf/manifest.mf", "program"), ("index/document.iwa", "Apple document"),
    ("index.zip", "Apple document"),
)  # fmt: skip


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a zip archive, whatever it may unpack to; raise `Unreadable` ("damaged") if it is not whole."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, NotImplementedError, *_MALFORMED) as error:
        raise Unreadable("damaged", f"not a whole archive: {error}") from error


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open the zip archive in `data`; raise `Unreadable` ("damaged" or "too_large") when that is not wise."""
    archive = open_zip(data)
    members = archive.infolist()
    total = sum(m.file_size for m in members)
    if len(members) > MOST_MEMBERS or total > LARGEST_TOTAL:
        raise Unreadable("too_large", f"{len(members)} parts, {total} bytes unpacked")
    if total > _RATIO_MATTERS and total > HIGHEST_RATIO * len(data):
        raise Unreadable("too_large", f"unpacks to {total // max(1, len(data))} times its size")
    return archive


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of one part; raise `KeyError` when there is none, `Unreadable` when it is no good."""
    return read_member(archive, archive.getinfo(name))


def read_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, password: str | None = None, most: int = LARGEST_PART
) -> bytes:
    """Return the bytes of one member, `most` of them at most; raise `Unreadable` when it is no good."""
    name, locked = info.filename, bool(info.flag_bits & 1)
    if locked and not password:
        raise Unreadable("encrypted", "password-protected archive")
    if info.file_size > most:
        raise Unreadable("too_large", f"{name} has {info.file_size} bytes")
    if info.file_size > _RATIO_MATTERS and info.file_size > HIGHEST_RATIO * info.compress_size:
        raise Unreadable("too_large", f"{name} unpacks to {info.file_size} bytes")
    try:
        if info.compress_type == METHOD:
            data = read_aes_member(archive, info, password or "", most)
        else:
            with archive.open(info, pwd=password.encode() if password and locked else None) as part:
                data = part.read(most + 1)
    except NotImplementedError as error:
        raise Unreadable("unsupported", f"{name}: {error}") from error
    except RuntimeError as error:  # what a wrong password is to zipfile
        raise Unreadable("encrypted", "wrong password") from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, *_MALFORMED) as error:
        # One wrong password of 256 passes for the right one, and shows itself only here.
        reason = ("encrypted", "wrong password") if locked else ("damaged", f"{name}: {error}")
        raise Unreadable(*reason) from error
    if len(data) > most:
        raise Unreadable("too_large", f"{name} is larger than {most} bytes")
    return data


def office_kind(data: bytes, name: str) -> str:
    """Return what a zip archive is: "docx", "pptx", "xlsx", "odf", "ods", "epub" or, of none of these, "zip".

    Raises `Unreadable` for archives that are damaged, and for other packages.
    """
    try:
        archive = open_zip(data)
    except Unreadable as error:
        if PurePath(name).suffix.lower() in ("", ".zip"):
            raise Unreadable("damaged", "archive, not whole") from error
        raise
    names = [n.replace("\\", "/").lstrip("/") for n in archive.namelist()]
    holds = {n.lower() for n in names} | {f"{n.split('/', 1)[0].lower()}/" for n in names if "/" in n}
    if "meta-inf/container.xml" in holds:
        return "epub"
    if "content.xml" in holds and ("mimetype" in holds or "meta-inf/" in holds):
        return "ods" if _is_spreadsheet(archive) else "odf"
    package = (
        bool(holds & {"[content_types].xml", "_rels/"})
        or PurePath(name).suffix.lower()[:4] in _OFFICE_ENDINGS
    )
    for part, kind in _PACKAGES if package else ():
        if part in holds:
            return kind
    for part, what in _OTHER_PACKAGES:
        if part in holds:
            raise Unreadable("unsupported", what)
    return "zip"


def _is_spreadsheet(archive: zipfile.ZipFile) -> bool:
    """Tell whether an OpenDocument file says that it is a spreadsheet."""
    names = {n.lower(): n for n in archive.namelist()}
    for part in ("mimetype", "meta-inf/manifest.xml"):
        if part in names:
            try:
                return b"opendocument.spreadsheet" in read_part(archive, names[part])[:4000]
            except Unreadable:
                continue
    return False
