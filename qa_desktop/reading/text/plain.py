"""Read plain text: find out how its letters are encoded, keep it as it is, and say what its lines are."""

from __future__ import annotations

import codecs
import contextlib
import re

from qa_desktop.domain import Document, Page
from qa_desktop.reading.blocks import clean, title_of
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.text.encodings import SAMPLE, guess_encoding, utf16_without_mark
from qa_desktop.reading.text.tidy import blocks_of_text

_VERSION = "text 1"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_JAPANESE_MAIL = re.compile(rb"\x1b\$[@B]")
_ASCII = [chr(code) for code in range(128)]
_MOSTLY = 20  # signs beyond ASCII that are whole, for each that is broken


def decode(data: bytes) -> tuple[str, str]:
    """Return the text in `data` and the name of its encoding.

    A byte-order mark decides, then the marks of Japanese mail, then UTF-8 if (nearly) every byte fits, then
    UTF-16 without a mark, then the best guess over the first 64 KB.  Line ends become line feeds; nothing
    else changes but signs that cannot be stored.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _tidy_ends(data.decode(encoding, "replace")), encoding
    encoding = _unicode(data) or guess_encoding(data)
    return _tidy_ends(data.decode(encoding, "replace")), encoding


def _unicode(data: bytes) -> str:
    """Return the encoding if it is a form of Unicode, or the one of Japanese mail that looks like ASCII."""
    if _JAPANESE_MAIL.search(data[:SAMPLE]):
        with contextlib.suppress(UnicodeDecodeError):
            data.decode("iso2022_jp")
            return "iso2022_jp"
    if b"\0" in data[:SAMPLE] and (encoding := utf16_without_mark(data[:SAMPLE])):
        return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # A byte that was damaged, or a text cut in the middle of a sign, makes no other encoding of it.
        text = data.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        whole = len(text) - broken - sum(map(text.count, _ASCII))
        return "utf-8" if whole >= _MOSTLY * broken else ""
    return "utf-8"


def _tidy_ends(text: str) -> str:
    return clean_keeping_pages(text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_keeping_pages(text: str) -> str:
    """Return `text` without signs that cannot be stored; form feeds, which part pages, stay."""
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "\f".join(clean(part) for part in text.split("\f"))


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
