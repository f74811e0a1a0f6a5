"""Read plain text: find out how its letters are encoded, keep it as it is, and say what its lines are."""

from __future__ import annotations

import codecs

from qa_desktop.domain import Document, Page
from qa_desktop.reading.blocks import clean, title_of
from qa_desktop.reading.encodings import SAMPLE, guess_encoding
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.tidy import blocks_of_text

_VERSION = "text 1"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text in `data` and the name of its encoding.

    A byte-order mark decides, then UTF-8 if every byte fits, then UTF-16 without a mark (every other byte
    is zero), then the best guess over the first 64 KB.  Line ends become line feeds; nothing else changes
    but signs that cannot be stored.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _tidy_ends(data.decode(encoding, "replace")), encoding
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        encoding = _guess(data)
        return _tidy_ends(data.decode(encoding, "replace")), encoding
    if "\0" in text[:SAMPLE]:
        encoding = _utf16_without_mark(data[:SAMPLE])
        if encoding:
            return _tidy_ends(data.decode(encoding, "replace")), encoding
    return _tidy_ends(text), "utf-8"


def _tidy_ends(text: str) -> str:
    return clean_keeping_pages(text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_keeping_pages(text: str) -> str:
    """Return `text` without signs that cannot be stored; form feeds, which part pages, stay."""
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "\f".join(clean(part) for part in text.split("\f"))


def _utf16_without_mark(sample: bytes) -> str:
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.3 * len(sample) / 2 and even * 10 < odd:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 * len(sample) / 2 and odd * 10 < even else ""


def _guess(data: bytes) -> str:
    return _utf16_without_mark(data[:SAMPLE]) or guess_encoding(data)


def read_plain(data: bytes, name: str) -> Document:
    """Return the document in the bytes of a text file; raise `Unreadable` ("empty") when it is blank."""
    text, encoding = decode(data)
    if not text.strip():
        raise Unreadable("empty")
    if not text.endswith("\n"):
        text += "\n"
    pages = (Page(1, text),)
    blocks = tuple(blocks_of_text(text))
    if not blocks:
        raise Unreadable("empty")
    return Document(
        "text", title_of("", blocks, pages, name), pages, blocks, engine=f"{_VERSION}, {encoding}"
    )
