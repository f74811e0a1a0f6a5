"""Recognise what a file is by its content.  Its name only decides between kinds of text.

`kind_of` looks at the first bytes, then into archives (`archive`) and compound files, then at the text
(`recognise_text`).
"""

from __future__ import annotations

import io
import re
from pathlib import PurePath

from qa_desktop.reading.archives.archive import office_kind
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.recognise_text import kind_of_text
from qa_desktop.reading.text.encodings import utf16_without_mark

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: old or encrypted Office, Outlook

# First bytes of pictures that can be recognised as text, and of those that cannot be opened.
_IMAGES = (
    b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP  ",
    b"\xff\x4f\xff\x51",
)  # fmt: skip
_OTHER_IMAGES = (
    (b"II+\0", "BigTIFF image"), (b"MM\0+", "BigTIFF image"), (b"8BPS", "Photoshop image"),
    (b"AT&TFORM", "DjVu pages"), (b"\0\0\1\0", "icon"), (b"\xd7\xcd\xc6\x9a", "Windows drawing"),
)  # fmt: skip
_BINARIES = (
    (b"\x1f\x8b", "gzip archive"), (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"), (b"Rar!", "RAR archive"),
    (b"BZh", "bzip2 archive"), (b"\xfd7zXZ", "xz archive"), (b"\x28\xb5\x2f\xfd", "Zstandard archive"),
    (b"MZ", "Windows program"), (b"\x7fELF", "program"),
    (b"ID3", "sound"), (b"OggS", "sound"), (b"fLaC", "sound"), (b"SQLite format 3", "database"),
    (b"%!PS", "PostScript document"), (b"\xca\xfe\xba\xbe", "program"), (b"!BDN", "Outlook data file"),
    (b"\xffWPC", "WordPerfect document"), (b"\x78\x9f\x3e\x22", "Outlook rich message (winmail.dat)"),
    (b"wOFF", "font"), (b"wOF2", "font"), (b"\0asm", "program"), (b"\0\1\0\0\0", "font"), (b"OTTO", "font"),
)  # fmt: skip
# Streams at the root of a compound file tell what it is.
_COMPOUND = (
    ("EncryptedPackage", "encrypted_office"), ("__properties_version1.0", "msg"), ("WordDocument", "doc"),
    ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"),
)  # fmt: skip
_OTHER_COMPOUND = (
    ("VisioDocument", "Visio drawing"), ("MatOST", "Works document"), ("Quill", "Publisher document"),
    ("Contents", "Works or Publisher document"), ("__nameid_version1.0", "Outlook item"),
)  # fmt: skip
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")
_PDF = re.compile(rb"%PDF-")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(data: bytes, name: str) -> str:
    """Return what `data` is, a key of `formats.READERS`, whatever `name` says.

    Raises `Unreadable`: "empty", "damaged" or "unsupported".
    """
    if not data.strip(b" \t\r\n\f\v\0"):
        raise Unreadable("empty")
    if is_pdf(data):
        return "pdf"
    if data.startswith(_ZIP):
        return office_kind(data, name)
    if data.startswith(OLE):
        return _kind_of_compound(data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:5] == b"{\\rtf":
        return "rtf"
    if _is_image(data):
        return "image"
    _refuse_binary(data, name)
    return kind_of_text(data, PurePath(name).suffix.lower())


def is_pdf(data: bytes) -> bool:
    """Tell whether this is a PDF, which may have up to 1,024 bytes of something else before it.

    An archive may begin with a PDF too, and a text may speak of one.
    """
    found = _PDF.search(data, 0, 1024)
    if not found or data.startswith((*_ZIP, OLE)):
        return False
    return not data[: found.start()].strip() or b" obj" in data[: 1 << 16]


def _is_image(data: bytes) -> bool:
    """Tell whether this is a picture; raise `Unreadable` for one in a format that is not read."""
    if data.startswith(_IMAGES):
        return True
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return True
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return True
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        raise Unreadable("unsupported", "HEIF image")
    for start, what in _OTHER_IMAGES:
        if data.startswith(start):
            raise Unreadable("unsupported", what)
    return False


def _kind_of_compound(data: bytes) -> str:
    """Return "doc", "xls", "ppt", "msg" or "encrypted_office" for a compound file."""
    import olefile  # noqa: PLC0415 - few files need it

    names: set[str] = set()
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            names = {entry[0] for entry in file.listdir(streams=True, storages=True)}
    except Exception:  # noqa: BLE001 - it raises anything over a broken file; its names may still be there
        head = data[: 4 << 20]
        every = (*_COMPOUND, *_OTHER_COMPOUND)
        names = {stream for stream, _ in every if f"{stream}\0".encode("utf-16-le") in head}
        if not names:
            raise Unreadable("damaged", "a compound file that breaks off") from None
    for stream, kind in _COMPOUND:
        if stream in names:
            return kind
    what = next((what for stream, what in _OTHER_COMPOUND if stream in names), "compound file")
    raise Unreadable("unsupported", what)


def _refuse_binary(data: bytes, name: str) -> None:
    """Raise `Unreadable` for sounds, programs, other archives and whatever else is not text."""
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        raise Unreadable("unsupported", "sound or film")
    head = data[:8192]
    for start, what in _BINARIES:
        if data.startswith(start) and (start[0] > 127 or not start.isalpha() or _CONTROLS.search(head)):
            raise Unreadable("unsupported", what)
    if head[257:262] == b"ustar":
        raise Unreadable("unsupported", "tar archive")
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
    if not marked and not utf16_without_mark(head) and len(_CONTROLS.findall(head)) > 0.02 * len(head):
        broken = PurePath(name).suffix.lower() in _OF_BROKEN_FILES
        raise Unreadable("damaged" if broken else "unsupported", "neither text nor a known format")


_OF_BROKEN_FILES = frozenset(
    [
        ".pdf", ".docx", ".docm", ".pptx", ".xlsx", ".xlsm", ".odt", ".ods", ".odp", ".doc", ".xls", ".ppt",
        ".epub", ".msg", ".rtf", ".png", ".jpg", ".jpeg", ".tif", ".tiff",
    ]
)  # fmt: skip
