"""What a PDF says about itself: title, author, date, language, printed page numbers, outline."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa_desktop.domain import collapse
from qa_desktop.reading.blocks import clean, shorten
from qa_desktop.reading.isolation import limits
from qa_desktop.reading.pdf.open import Source, attempt, open_with_pypdf
from qa_desktop.reading.pdf.xfa import form_lines

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MOST_OUTLINE_ITEMS = 5_000
_DEEPEST_OUTLINE = 20
_MANY_PAGES = 5_000
_MOST_FORM_PARTS, _LARGEST_FORM_PART = 100, 20_000_000
_DATE = re.compile(r"(?:D:)?\s*(\d{4})(\d{2})?(\d{2})?")
_NO_TITLE = re.compile(
    r"untitled.*|unbenannt.*|document\d*|dokument\d*|microsoft (?:word|powerpoint|excel).*|slide \d+|"
    r"print|contents|table of contents|abstract|full page photo|layout|powerpoint presentation|title|none|"
    r"null|\W*|\d+|"
    r".*\.(?:docx?|pdf|indd|qxd|pptx?|xlsx?|rtf|odt|html?|tex|dvi|p65|fm|txt|tmp)|"
    r"(?:https?:|file:|www\.|[a-z]:\\).*|\S*[_\\/]\S*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One entry of the outline: `level` counts from 1, `page` from 1."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Structure:
    """What was found; everything may be empty.

    `labels` are the printed page numbers, or ().  `form` holds the lines of a form written in XML.
    `doubtful` tells that the pages of the file are tied in a knot, or more than honest files have.
    """

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    labels: tuple[str, ...] = ()
    outline: tuple[OutlineItem, ...] = ()
    form: tuple[str, ...] = ()
    doubtful: bool = False


def read_structure(document: PdfDocument, source: Source, password: str | None = None) -> Structure:
    """Read the structure of `document`, which was opened from `source`; what a broken file lacks is empty.

    pdfium tells all of it, in a tenth of the time that pypdf takes; pypdf is asked about the list of the
    pages where that is very long.
    """

    def said(key: str) -> str:
        return _words(attempt(lambda: document.get_metadata_value(key), ""))

    return Structure(
        title=sensible_title(said("Title")),
        author=shorten(said("Author"), 200),
        date=iso_date_of(said("CreationDate")) or iso_date_of(said("ModDate")),
        language=_language(attempt(lambda: _catalogue_language(document), "")),
        labels=attempt(lambda: _labels(document), ()),
        outline=attempt(lambda: _outline(document), ()),
        form=attempt(lambda: tuple(form_lines(_form_parts(document))), ()),
        doubtful=len(document) > _MANY_PAGES and _is_doubtful(source, password),
    )


def _labels(document: PdfDocument) -> tuple[str, ...]:
    """Return the printed page numbers; nothing if the first page has none."""
    if not document.get_page_label(0):
        return ()
    count = min(len(document), limits.MOST_PAGES)
    return tuple(clean(document.get_page_label(i)).strip() for i in range(count))


def _catalogue_language(document: PdfDocument) -> str:
    import pypdfium2.raw as pdfium

    buffer = ctypes.create_string_buffer(128)
    target = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    length = pdfium.FPDFCatalog_GetLanguage(document.raw, target, 128)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace") if 2 < length <= 128 else ""


def _form_parts(document: PdfDocument) -> dict[str, bytes]:
    """Return the parts of a form written in XML, by name."""
    import pypdfium2.raw as pdfium

    parts: dict[str, bytes] = {}
    needed = ctypes.c_ulong()
    for i in range(min(max(0, pdfium.FPDF_GetXFAPacketCount(document.raw)), _MOST_FORM_PARTS)):
        name = ctypes.create_string_buffer(256)
        if not 0 < pdfium.FPDF_GetXFAPacketName(document.raw, i, name, 256) <= 256:
            continue
        pdfium.FPDF_GetXFAPacketContent(document.raw, i, None, 0, ctypes.byref(needed))
        if 0 < needed.value <= _LARGEST_FORM_PART:
            data = ctypes.create_string_buffer(needed.value)
            pdfium.FPDF_GetXFAPacketContent(document.raw, i, data, needed.value, ctypes.byref(needed))
            parts[name.value.decode("utf-8", "replace")] = data.raw
    return parts


def _is_doubtful(source: Source, password: str | None) -> bool:
    """Tell whether pypdf refuses the list of pages because it goes round in circles or on for too long."""
    from pypdf.errors import LimitReachedError, PdfReadError

    reader = open_with_pypdf(source, password)
    if reader is None:
        return False
    try:
        with reader:
            len(reader.pages)
    except LimitReachedError:
        return True
    except PdfReadError as error:
        return "cycl" in str(error)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - pypdf raises anything over a broken file
        return False
    return False


def sensible_title(title: str) -> str:
    """Return `title`, or '' if it is only the name of a file or of the program that made it."""
    title = collapse(title)
    if _NO_TITLE.fullmatch(title) or sum(c.isalpha() for c in title) < 3 or "\ufffd" in title:
        return ""
    return shorten(title, 200)


def iso_date_of(text: str) -> str:
    """Return the date of a PDF date string ("D:20210304120000+01'00'") as YYYY-MM-DD, or ''."""
    found = _DATE.match(text)
    if not found or not 1900 <= int(found.group(1)) <= 2199:
        return ""
    year, month, day = found.groups()
    if not month or not 1 <= int(month) <= 12:
        return year
    return f"{year}-{month}-{day}" if day and 1 <= int(day) <= 31 else f"{year}-{month}"


def _language(tag: str) -> str:
    code = re.split(r"[-_]", tag.strip())[0].lower()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def _words(value: object) -> str:
    return collapse(clean(str(value))) if isinstance(value, (str, bytes)) else ""


def _outline(document: PdfDocument) -> tuple[OutlineItem, ...]:
    """Return the outline, flattened, in its own order; items that lead nowhere are left out."""
    found: list[OutlineItem] = []
    for entry in document.get_toc(max_depth=_DEEPEST_OUTLINE):
        title, place = _words(entry.get_title()), entry.get_dest()
        page = place.get_index() if place is not None else None
        if title and page is not None and page >= 0:
            found.append(OutlineItem(entry.level + 1, title, page + 1))
        if len(found) >= _MOST_OUTLINE_ITEMS:
            break
    return tuple(found)
