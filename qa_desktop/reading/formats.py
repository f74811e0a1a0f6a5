"""Recognise what a file is by its content, and read it.  Its name only decides between kinds of text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePath

from qa_desktop.domain import Document
from qa_desktop.reading.archive import office_kind
from qa_desktop.reading.plain import read_plain
from qa_desktop.reading.problems import Unreadable

__all__ = ["Unreadable", "kind_of", "read_file"]

LARGEST = 200_000_000  # bytes of a file that is taken into memory whole
LARGEST_TEXT = 32_000_000  # bytes of text, about ten thousand pages
_HEAD = 65_536

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# First bytes of files that hold pictures of text at best.
_IMAGES = (
    (b"\x89PNG", "PNG image"), (b"\xff\xd8\xff", "JPEG image"), (b"GIF8", "GIF image"),
    (b"II*\0", "TIFF image"), (b"MM\0*", "TIFF image"), (b"II+\0", "TIFF image"), (b"BM", "bitmap image"),
    (b"\0\0\1\0", "icon"), (b"8BPS", "Photoshop image"), (b"AT&TFORM", "DjVu pages"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000 image"),
)  # fmt: skip
_BINARIES = (
    (b"\x1f\x8b", "gzip archive"), (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"), (b"Rar!", "RAR archive"),
    (b"BZh", "bzip2 archive"), (b"\xfd7zXZ", "xz archive"),
    (b"MZ", "Windows program"), (b"\x7fELF", "program"),
    (b"ID3", "sound"), (b"OggS", "sound"), (b"fLaC", "sound"), (b"SQLite format 3", "database"),
    (b"{\\rtf", "RTF document"), (b"%!PS", "PostScript document"), (b"\xca\xfe\xba\xbe", "program"),
    (b"wOFF", "font"), (b"wOF2", "font"), (b"\0asm", "program"), (b"\0\1\0\0\0", "font"), (b"OTTO", "font"),
)  # fmt: skip
_OLD_OFFICE = (
    ("WordDocument", "Word 97-2003 document"), ("Workbook", "Excel 97-2003 workbook"),
    ("PowerPoint Document", "PowerPoint 97-2003 slides"), ("__properties_version", "Outlook message"),
)  # fmt: skip

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*|<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HTML_TAGS = re.compile(r"</(?:p|div|h[1-6]|table|ul|ol|body|html|span|a)>", re.I)
_XML_START = re.compile(r"\s*<\?xml\b|\s*<(?:svg|\w+:\w+)\b")
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]?")
_MAIL_HEADERS = frozenset(
    [
        "from", "to", "cc", "subject", "date", "received", "return-path", "message-id", "mime-version",
        "reply-to",
        "delivered-to", "content-type", "sender", "x-mailer", "in-reply-to", "references", "dkim-signature",
    ]
)  # fmt: skip
_MBOX = re.compile(r"From \S+.*\d{4}\s*\n(?:>?[A-Za-z][\w-]*:)")
_MARKDOWN_HEADING = re.compile(r"^#{1,6} \S.*$", re.M)
_MARKDOWN_SIGN = re.compile(r"\[[^\]\n]+\]\([^)\s]+\)|^```|^\|.*\|\s*$|\*\*\S[^*\n]*\*\*|^> ", re.M)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_file(
    path: Path,
    password: str | None = None,
    pdf_reader: Callable[[Path, str | None], Document] | None = None,
) -> Document:
    """Read one file; raise `Unreadable` with a reason code of `errors.REASONS` when it cannot be read.

    `password` is tried on an encrypted PDF.  Whoever wants to hear of a PDF's pages one by one gives a
    `pdf_reader` of their own.
    """
    data = _bytes_of(path)
    kind = kind_of(data, path.name)
    if kind == "pdf":
        from qa_desktop.reading.pdf import read_pdf  # noqa: PLC0415 - its engines load slowly

        return (pdf_reader or read_pdf)(path, password)
    if kind == "docx":
        from qa_desktop.reading.docx import read_docx  # noqa: PLC0415 - lxml loads slowly

        return read_docx(data, path.name)
    if len(data) > LARGEST_TEXT:
        raise Unreadable("too_large", f"{len(data)} bytes")
    if kind == "html":
        from qa_desktop.reading.html import read_html  # noqa: PLC0415 - its parsers load slowly

        return read_html(data, path.name)
    if kind == "mail":
        from qa_desktop.reading.mail import read_mail  # noqa: PLC0415 - the email package loads slowly

        return read_mail(data, path.name)
    if kind == "markdown":
        from qa_desktop.reading.markdown import read_markdown  # noqa: PLC0415 - its parser loads slowly

        return read_markdown(data, path.name)
    return read_plain(data, path.name)


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Unreadable("too_large", f"{size} bytes")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable("gone") from error
    except PermissionError as error:
        raise Unreadable("permission") from error
    except OSError as error:
        raise Unreadable("damaged", error.strerror or "") from error


def kind_of(data: bytes, name: str) -> str:
    """Return "pdf", "docx", "html", "mail", "markdown" or "text" for what `data` is, whatever `name` says.

    Raises `Unreadable`: "empty", "no_text" (an image), "encrypted", "damaged" or "unsupported".
    """
    if not data.strip(b" \t\r\n\f\v\0"):
        raise Unreadable("empty")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return office_kind(data, name)
    if data.startswith(_OLE):
        raise _old_office(data)
    _refuse_binary(data, name)
    return _kind_of_text(data[:_HEAD], PurePath(name).suffix.lower())


def _old_office(data: bytes) -> Unreadable:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable("encrypted", "protected office document")
    for stream, what in _OLD_OFFICE:
        if stream.encode("utf-16-le") in data:
            return Unreadable("unsupported", what)
    return Unreadable("unsupported", "old office document")


def _refuse_binary(data: bytes, name: str) -> None:
    """Raise `Unreadable` for pictures, sounds, programs, archives and whatever else is not text."""
    for start, what in _IMAGES:
        if data.startswith(start) and (start != b"BM" or data[6:10] == b"\0\0\0\0"):
            raise Unreadable("no_text", what)
    if data[:4] == b"RIFF":
        image = data[8:12] == b"WEBP"
        raise Unreadable("no_text" if image else "unsupported", "WebP image" if image else "sound or film")
    if data[4:8] == b"ftyp":
        image = data[8:12] in (b"heic", b"heix", b"mif1", b"avif")
        raise Unreadable("no_text" if image else "unsupported", "HEIF image" if image else "sound or film")
    head = data[:8192]
    for start, what in _BINARIES:
        if data.startswith(start) and (start[0] > 127 or not start.isalpha() or _CONTROLS.search(head)):
            raise Unreadable("unsupported", what)
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
    zeros = head.count(0)
    wide = (
        zeros
        and (head[::2].count(0) * 20 < zeros or head[1::2].count(0) * 20 < zeros)
        and zeros > len(head) / 4
    )
    if not marked and not wide and len(_CONTROLS.findall(head)) > 0.02 * len(head):
        broken = PurePath(name).suffix.lower() in (".pdf", ".docx")
        raise Unreadable("damaged" if broken else "unsupported", "neither text nor a known format")


def _kind_of_text(head: bytes, ending: str) -> str:
    text = (
        head.decode("utf-16", "replace") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head.decode("latin-1")
    )
    text = text.removeprefix("ï»¿").replace("\r\n", "\n").replace("\r", "\n")
    if _HTML_START.match(text):
        return "html"
    if _is_mail(text, ending):
        return "mail"
    if ending in (".html", ".htm", ".xhtml", ".shtml") and _HTML_TAGS.search(text):
        return "html"
    if _XML_START.match(text):
        if re.search(r"<html[\s>]", text, re.I):
            return "html"
        image = "<svg" in text[:2000]
        raise Unreadable("no_text" if image else "unsupported", "SVG drawing" if image else "XML data")
    if ending in (".md", ".markdown", ".mdown", ".mkd"):
        return "markdown"
    if len(_HTML_TAGS.findall(text)) > max(5, len(text) / 400):
        return "html"
    if (
        len(_MARKDOWN_HEADING.findall(text)) > 1
        and _MARKDOWN_SIGN.search(text)
        and ending in ("", ".txt", ".text")
    ):
        return "markdown"
    return "text"


def _is_mail(text: str, ending: str) -> bool:
    """Tell whether the text begins with the headers of a message, or with a mailbox's "From " line."""
    if _MBOX.match(text):
        return True
    names: set[str] = set()
    for line in text.split("\n")[:200]:
        if line[:1] in (" ", "\t") and names:
            continue
        found = _HEADER.match(line)
        if not found:
            break
        names.add(found.group(1).lower())
    known = names & _MAIL_HEADERS
    if ending in (".eml", ".mht", ".mhtml"):
        return bool(known)
    return len(known) >= 3 and bool(known & {"from", "received", "message-id", "mime-version"})
