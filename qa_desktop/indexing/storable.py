"""What a reader found, made such that a database can hold it: no halves of surrogate pairs, and a title."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from qa_desktop.domain import Document


def storable(document: Document, name: str) -> Document:
    """Give the document a title, and replace what no database can hold."""
    title = document.title or PurePosixPath(name).stem
    try:
        "".join((title, document.author, document.place, *(p.text for p in document.pages))).encode()
    except UnicodeEncodeError:
        pages = tuple(replace(p, text=whole(p.text), label=whole(p.label)) for p in document.pages)
        document = replace(document, pages=pages, author=whole(document.author), place=whole(document.place))
        title = whole(title)
    return replace(document, title=title)


def whole(text: str) -> str:
    """Replace each lone surrogate by U+FFFD; the length stays, and so every offset holds."""
    return "".join("�" if "\ud800" <= c <= "\udfff" else c for c in text)
