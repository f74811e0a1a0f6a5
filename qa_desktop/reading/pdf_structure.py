"""What a PDF says about itself: title, author, date, language, printed page numbers, outline (by pypdf)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from qa_desktop.domain import collapse
from qa_desktop.reading.blocks import clean, shorten
from qa_desktop.reading.pdf_open import Source, attempt, open_with_pypdf
from qa_desktop.reading.pdf_xfa import form_lines

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_OUTLINE_ITEMS = 5_000
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


def read_structure(source: Source, password: str | None = None) -> Structure:
    """Read the structure of the PDF in `source`; what a broken file does not yield is empty."""
    reader = open_with_pypdf(source, password)
    if reader is None:
        return Structure()
    with reader:
        information: dict[str, Any] = attempt(lambda: dict(reader.metadata or {}), {})
        root: Any = attempt(lambda: reader.root_object, {})
        return Structure(
            title=sensible_title(_words(information.get("/Title"))),
            author=shorten(_words(information.get("/Author")), 200),
            date=iso_date_of(_words(information.get("/CreationDate")))
            or iso_date_of(_words(information.get("/ModDate"))),
            language=_language(_words(attempt(lambda: root.get("/Lang"), ""))),
            labels=attempt(lambda: tuple(clean(label).strip() for label in reader.page_labels), ())
            if attempt(lambda: "/PageLabels" in root, default=False)
            else (),
            outline=attempt(lambda: _outline(reader), ())
            if attempt(lambda: "/Outlines" in root, default=False)
            else (),
            form=attempt(lambda: tuple(form_lines(reader.xfa or {})), ())
            if attempt(lambda: "/XFA" in root["/AcroForm"], default=False)
            else (),
            doubtful=_is_doubtful(reader),
        )


def _is_doubtful(reader: PdfReader) -> bool:
    """Tell whether pypdf refuses the list of pages because it goes round in circles or on for too long."""
    from pypdf.errors import LimitReachedError, PdfReadError

    try:
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


def _outline(reader: PdfReader) -> tuple[OutlineItem, ...]:
    """Return the outline, flattened, in its own order; items that lead nowhere are left out."""

    def walk(items: list[Any], level: int) -> Iterator[OutlineItem]:
        for item in items:
            if isinstance(item, list):
                if level < 20:
                    yield from walk(item, level + 1)
                continue
            page = attempt(partial(reader.get_destination_page_number, item), None)
            title = _words(item.title)
            if title and isinstance(page, int) and page >= 0:
                yield OutlineItem(level, title, page + 1)

    found: list[OutlineItem] = []
    for entry in walk(reader.outline, 1):
        found.append(entry)
        if len(found) >= _MOST_OUTLINE_ITEMS:
            break
    return tuple(found)
