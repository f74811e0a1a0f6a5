"""Read the bytes of one document by the reader of its kind.  What lies inside it: `nesting`.

`READERS` names module and function for every kind that `recognise.kind_of` can return; a reader is imported
when the first file of its kind comes, because their libraries load slowly.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa_desktop.domain import Document
from qa_desktop.reading.facts.complete import complete
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.recognise import is_pdf, kind_of

if TYPE_CHECKING:
    from qa_desktop.reading.pdf.read import PageRead

LARGEST = 200_000_000  # bytes of a file that is taken into memory whole
LARGEST_TEXT = 32_000_000  # bytes of text, about ten thousand pages
_HEAD = 65_536

READERS = {
    "docx": ("word.read", "read_docx"),
    "pptx": ("slides.read", "read_slides"),
    "xlsx": ("sheets.read", "read_sheets"),
    "xls": ("sheets.read", "read_sheets"),
    "ods": ("sheets.read", "read_sheets"),
    "odf": ("odf.read", "read_odf"),
    "rtf": ("rtf.read", "read_rtf"),
    "doc": ("old_office.read", "read_old_office"),
    "ppt": ("old_office.read", "read_old_office"),
    "epub": ("web.epub", "read_epub"),
    "html": ("web.html", "read_html"),
    "mhtml": ("web.mhtml", "read_mhtml"),
    "table": ("text.tabular", "read_table_text"),
    "json": ("text.json_text", "read_json"),
    "mail": ("mail.read", "read_mail"),
    "msg": ("mail.outlook", "read_msg"),
    "zip": ("archives.zip_members", "read_zip"),
    "markdown": ("text.markdown", "read_markdown"),
    "xml": ("text.xml_text", "read_xml"),
    "text": ("text.plain", "read_plain"),
    "pdf": ("pdf.read", "read_pdf"),
    "image": ("scans.images", "read_image"),
}
_TEXTS = frozenset(["html", "table", "json", "markdown", "xml", "text"])
_OLD = frozenset(["doc", "xls", "ppt"])


def _no_news(_: PageRead) -> None:
    """News that nobody reads."""


@dataclass(frozen=True, slots=True)
class How:
    """How a document is to be read.

    `password` is tried on whatever is encrypted.  `on_page` hears of the pages of a PDF or an image.
    `skip` names pages that are left out, each with its reason code, and without `with_structure` what pypdf
    would read is: both because the reader broke down over them before.  `scan` recognises the text in a
    picture of a page (`scan.scan_page`); without it such pages stay without text.
    """

    password: str | None = None
    on_page: Callable[[PageRead], None] = _no_news
    skip: Mapping[int, str] = field(default_factory=dict)
    with_structure: bool = True
    scan: Callable[..., Any] | None = None


PLAINLY = How()


@dataclass(frozen=True, slots=True)
class Opened:
    """A document whose kind is known: its bytes, decrypted, or the path of a PDF too large to hold."""

    kind: str
    source: Path | bytes
    name: str

    @property
    def data(self) -> bytes:
        """The bytes; raises `OSError`."""
        return self.source if isinstance(self.source, bytes) else self.source.read_bytes()


def open_file(path: Path, password: str | None = None) -> Opened:
    """Find out what the file at `path` is; raises `Unreadable`, also when it cannot be had at all."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(0)
            head = file.read(_HEAD)
            if is_pdf(head):
                return Opened("pdf", path, path.name)
            if size > LARGEST:
                raise Unreadable("too_large", f"{size} bytes")
            data = head + file.read(LARGEST)
    except FileNotFoundError as error:
        raise Unreadable("gone") from error
    except PermissionError as error:
        raise Unreadable("permission") from error
    except OSError as error:
        raise Unreadable("damaged", error.strerror or "") from error
    return open_data(data, path.name, password)


def open_data(data: bytes, name: str, password: str | None = None) -> Opened:
    """Find out what `data` is, and decrypt it; raises `Unreadable`."""
    kind = kind_of(data, name)
    if kind == "encrypted_office" or kind in _OLD:
        from qa_desktop.reading.office.lock import unlocked  # noqa: PLC0415 - few files need it

        data = unlocked(data, password)
        kind = kind_of(data, name)
        if kind == "encrypted_office":
            raise Unreadable("encrypted", "protected office document")
    return Opened(kind, data, name)


def read_opened(opened: Opened, how: How = PLAINLY) -> Document:
    """Read a document without what lies inside it; raises `Unreadable` and `OSError`."""
    return complete(_read(opened, how), opened.name)


def _read(opened: Opened, how: How) -> Document:
    kind, name = opened.kind, opened.name
    if kind == "pdf":
        more = {"scan": how.scan} if how.scan else {}
        return _reader(kind)(
            opened.source,
            how.password,
            how.on_page,
            name=name,
            skip=how.skip,
            with_structure=how.with_structure,
            **more,
        )
    data = opened.data
    if kind in _TEXTS and len(data) > LARGEST_TEXT:
        raise Unreadable("too_large", f"{len(data)} bytes")
    if kind == "image":
        return _reader(kind)(data, name, how.on_page, skip=how.skip, scan=how.scan)
    return _reader(kind)(data, name)


def _reader(kind: str) -> Callable[..., Document]:
    module, function = READERS[kind]
    reader: Callable[..., Document] = getattr(
        importlib.import_module(f"qa_desktop.reading.{module}"), function
    )
    return reader
