"""Write a small book as EPUB 3: one XHTML file a chapter, a spine and a table of contents."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from corpus.making.package import write_package

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_CONTAINER: Final = (
    f'{_HEAD}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    "<rootfiles>"
    '<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)


def _page(title: str, body: str, language: str) -> str:
    return (
        f'{_HEAD}<!DOCTYPE html>\n<html xmlns="{_XHTML}" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'xml:lang="{language}"><head><title>{escape(title)}</title></head><body>{body}</body></html>'
    )


def _chapter(chapter: dict[str, Any], language: str) -> str:
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in chapter["text"].strip().split("\n\n"))
    return _page(chapter["title"], f"<h1>{escape(chapter['title'])}</h1>{paragraphs}", language)


def write_epub(source: Path, path: Path) -> None:
    """Write the book described in the TOML file `source` to `path`."""
    book = tomllib.loads(source.read_text("utf-8"))
    chapters, language = book["chapters"], book["language"]
    names = [f"chapter{n}.xhtml" for n in range(1, len(chapters) + 1)]
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(names, 1)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(1, len(names) + 1))
    package = (
        f'{_HEAD}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">{book["identifier"]}</dc:identifier>'
        f"<dc:title>{escape(book['title'])}</dc:title>"
        f"<dc:creator>{escape(book['author'])}</dc:creator><dc:language>{language}</dc:language>"
        f'<dc:date>{book["date"]}</dc:date><meta property="dcterms:modified">{book["date"]}T09:00:00Z</meta>'
        f'</metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" '
        f'properties="nav"/>{items}</manifest><spine>{spine}</spine></package>'
    )
    links = "".join(
        f'<li><a href="{name}">{escape(chapter["title"])}</a></li>'
        for name, chapter in zip(names, chapters, strict=True)
    )
    contents = f'<nav epub:type="toc"><h1>Contents</h1><ol>{links}</ol></nav>'
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "book/package.opf": package,
        "book/nav.xhtml": _page("Contents", contents, language),
    }
    for name, chapter in zip(names, chapters, strict=True):
        parts[f"book/{name}"] = _chapter(chapter, language)
    write_package(path, parts)
