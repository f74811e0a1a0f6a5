"""Read EPUB books: the chapters in the order of the spine, each by the way web pages are read.

A place is a chapter by its title and a paragraph in it.  Titles come from the book's contents (its
navigation page, or the older NCX), else from the chapter's first heading.
"""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from urllib.parse import unquote

from qa_desktop.domain import BlockKind, Document, FileProblem, collapse
from qa_desktop.reading.archives.archive import open_archive, read_part
from qa_desktop.reading.blocks import About, DocumentBuilder, Locators, document, iso_date, shorten
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.safe_xml import Element, below, child, local, parse_xml, value
from qa_desktop.reading.web.html import add_blocks, blocks_of_page, decode_html
from qa_desktop.reading.web.html_blocks import HtmlBlock
from qa_desktop.reading.web.html_notes import Notes

_MOST_CHAPTERS = 5_000
_MOST_TEXT = 32_000_000  # bytes of all chapters
_PAGES = ("application/xhtml+xml", "text/html", "application/xml", "text/x-oeb1-document", "image/svg+xml")
_PAGE_ENDINGS = (".xhtml", ".html", ".htm", ".xml")
# Fonts may be scrambled in a book that is open otherwise (EPUB 3.3, 4.3, and Adobe's older way).
_FONT_SCRAMBLING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


@dataclass(slots=True)
class _Book:
    """What the package document says: chapters as parts of the archive, and where their titles stand."""

    base: str
    chapters: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)  # of contents, newest form first
    nav: str = ""
    about: About = field(default_factory=About)


def read_epub(data: bytes, name: str) -> Document:
    """Return the document in the bytes of an EPUB; raise `Unreadable` when it cannot be read."""
    return _Reader(open_archive(data)).read(name)


class _Reader:
    """Reads one book."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {n.replace("\\", "/").lstrip("/"): n for n in archive.namelist()}
        self._lower = {n.lower(): stored for n, stored in self._names.items()}
        self._problems: list[FileProblem] = []

    def read(self, name: str) -> Document:
        """Read the chapters in their order."""
        book = self._package()
        locked = self._locked() & set(book.chapters)
        if locked and len(locked) >= 0.5 * len(book.chapters):
            raise Unreadable("encrypted", "protected book")
        titles = self._titles(book)
        builder = DocumentBuilder()
        notes = Notes()
        left = _MOST_TEXT
        for number, part in enumerate(book.chapters, 1):
            title = titles.get(part, "")
            what = f"chapter “{shorten(title)}”" if title else f"part {number} of the book"
            if part in locked:
                self._problems.append(FileProblem("encrypted", "", what))
                continue
            page = self._page(part, what, left)
            left -= len(page)
            notes.address = part
            blocks, about = blocks_of_page(page, all_main=True, notes=notes) if page else ([], About())
            title = title or _own_title(blocks, about, book.about.title)
            place = f"chapter “{shorten(title)}”" if title else f"part {number} of the book"
            builder.locators = Locators(place)
            if part == book.nav:
                for block in blocks:
                    block.aside = block.aside or "contents"
            add_blocks(builder, blocks)
        engine = f"epub 1, selectolax {version('selectolax')}"
        return document("epub", name, builder, book.about, engine=engine, problems=tuple(self._problems))

    def _bytes(self, part: str) -> bytes | None:
        stored = self._names.get(part) or self._lower.get(part.lower())
        return read_part(self._archive, stored) if stored else None

    def _xml(self, part: str) -> Element:
        """Return a part's root, None where there is none or it is broken."""
        try:
            data = self._bytes(part)
            return None if data is None else parse_xml(data, posixpath.basename(part))
        except Unreadable as error:
            self._problems.append(replace(error.problem, part=posixpath.basename(part)))
            return None

    def _page(self, part: str, what: str, left: int) -> str:
        """Return a chapter's text as it is written, "" with a problem noted where it cannot be had."""
        try:
            data = self._bytes(part)
        except Unreadable as error:
            self._problems.append(replace(error.problem, part=what))
            return ""
        if data is None or len(data) > left:
            self._problems.append(FileProblem("damaged" if data is None else "too_large", "", what))
            return ""
        return decode_html(data)

    def _package(self) -> _Book:
        """Find and read the package document."""
        container = self._xml("META-INF/container.xml")
        path = next((value(r, "full-path") for r in below(container, "rootfile")), "")
        path = path if self._lower.get(path.lower()) else ""
        path = path or next((n for n in self._names if n.lower().endswith(".opf")), "")
        root = self._xml(path) if path else None
        if root is None:
            raise Unreadable("damaged", "the book does not say what it consists of")
        book = _Book(posixpath.dirname(path))
        items: dict[str, tuple[str, str]] = {}
        for item in below(child(root, "manifest"), "item"):
            part = _resolve(book.base, value(item, "href"))
            items[value(item, "id")] = (part, value(item, "media-type"))
            if "nav" in value(item, "properties").split():
                book.nav = part
                book.pages.insert(0, part)
            elif value(item, "media-type") == "application/x-dtbncx+xml":
                book.pages.append(part)
        listed = [items.get(value(r, "idref"), ("", "")) for r in below(child(root, "spine"), "itemref")]
        if not listed:
            listed = list(items.values())
        chapters = dict.fromkeys(
            part for part, kind in listed if kind in _PAGES or part.lower().endswith(_PAGE_ENDINGS)
        )
        book.chapters = list(chapters)[:_MOST_CHAPTERS]
        if len(chapters) > _MOST_CHAPTERS:
            self._problems.append(FileProblem("too_large", "", f"chapters after number {_MOST_CHAPTERS}"))
        book.about = _about(child(root, "metadata"))
        return book

    def _locked(self) -> set[str]:
        """Return the parts that are encrypted."""
        root = self._xml("META-INF/encryption.xml")
        locked: set[str] = set()
        for entry in below(root, "EncryptedData"):
            method = next((value(m, "Algorithm") for m in entry if local(m) == "EncryptionMethod"), "")
            if method not in _FONT_SCRAMBLING:
                locked.update(unquote(value(r, "URI")).lstrip("/") for r in below(entry, "CipherReference"))
        return locked

    def _titles(self, book: _Book) -> dict[str, str]:
        """Return the chapters' titles as the book's contents give them, by part."""
        titles: dict[str, str] = {}
        for page in book.pages:
            base = posixpath.dirname(page)
            entries = self._nav_entries(page) if page == book.nav else self._ncx_entries(page)
            for link, words in entries:
                titles.setdefault(_resolve(base, link), words)
        return titles

    def _nav_entries(self, page: str) -> list[tuple[str, str]]:
        from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - only the worker needs it

        data = self._bytes(page)
        navs = LexborHTMLParser(decode_html(data)).css("nav") if data else []
        contents = [n for n in navs if "toc" in (n.attributes.get("epub:type") or "")] or navs[:1]
        return [
            (a.attributes.get("href") or "", collapse(a.text())) for n in contents for a in n.css("a[href]")
        ]

    def _ncx_entries(self, page: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for point in below(child(self._xml(page), "navMap"), "navPoint"):
            words = child(point, "navLabel", "text")
            target = value(child(point, "content"), "src")
            if words is not None and target:
                found.append((target, collapse(words.text or "")))
        return found


def _resolve(base: str, link: str) -> str:
    """Return the part of the archive that a link in the folder `base` leads to."""
    return posixpath.normpath(posixpath.join(base, unquote(link.split("#", 1)[0]))).lstrip("/")


def _own_title(blocks: list[HtmlBlock], about: About, book: str) -> str:
    """Return a chapter's title as its own page gives it: its first heading, else what its head says."""
    heading = next((collapse(b.text) for b in blocks if b.kind is BlockKind.HEADING and not b.aside), "")
    return heading or ("" if about.title == book else about.title)


def _about(metadata: Element) -> About:
    """Return what the package document says; of several dates the one of publication counts."""
    said: dict[str, list[str]] = {"title": [], "creator": [], "date": [], "language": []}
    for element in metadata.iter() if metadata is not None else ():
        words = collapse(element.text or "")
        if words and local(element) in said:
            first = local(element) == "date" and value(element, "event") == "publication"
            said[local(element)].insert(0 if first else len(said[local(element)]), words)
    return About(
        next(iter(said["title"]), ""),
        ", ".join(dict.fromkeys(said["creator"])),
        next((date[:10] for date in said["date"] if iso_date(date)), ""),
        next(iter(said["language"]), ""),
        origin="book's description",
    )
