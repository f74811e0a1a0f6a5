"""Read web pages that a browser saved as one file (MHTML): the page itself, and the pages in its frames."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.errors import MessageError
from email.message import Message
from email.utils import parsedate_to_datetime
from importlib.metadata import version

from qa_desktop.domain import BlockKind, Document
from qa_desktop.reading.blocks import About, DocumentBuilder, document
from qa_desktop.reading.mail.parts import header
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.web.html import add_blocks, blocks_of_page, decode_html

_MOST_PARTS = 2_000
_LONGEST_HEAD = 1_000_000
_PAGES = ("text/html", "application/xhtml+xml")
_FRAME = "frame"


def read_mhtml(data: bytes, name: str) -> Document:
    """Return the document in the bytes of a saved web page; raise `Unreadable` when it holds none."""
    message = _message(data)
    pages = _pages(message)
    if not pages:
        raise Unreadable("empty", "no page in it")
    builder = DocumentBuilder()
    address = header(message, "Snapshot-Content-Location") or header(pages[0], "Content-Location")
    builder.add(BlockKind.ASIDE, [address], label="address", locator="address of the page")
    first, about = blocks_of_page(_text(pages[0]))
    add_blocks(builder, first)
    framed = not any(not block.aside for block in first)  # a frameset: the frames are the page
    for page in pages[1:]:
        blocks, inner = blocks_of_page(_text(page))
        for block in blocks:
            block.aside = block.aside or ("" if framed else _FRAME)
        add_blocks(builder, blocks)
        about = replace(inner, title=about.title or inner.title) if framed and not about.author else about
    engine = f"mhtml 1, selectolax {version('selectolax')}"
    return document("mhtml", name, builder, _completed(about, message), engine=engine)


def saved_pages(data: bytes) -> list[str]:
    """Return the pages in the bytes of an MHTML file as they are written, the one that was saved first."""
    return [_text(page) for page in _pages(_message(data))]


def _message(data: bytes) -> Message:
    head_end = min((at for at in (data.find(b"\r\n\r\n"), data.find(b"\n\n")) if at >= 0), default=len(data))
    if head_end > _LONGEST_HEAD:
        raise Unreadable("damaged", "endless headers")
    try:
        return email.message_from_bytes(data, policy=email.policy.compat32)
    except (RecursionError, MessageError, ValueError) as error:
        raise Unreadable("damaged", f"not a saved page: {error}") from error


def _pages(message: Message) -> list[Message]:
    """Return the pages in the file, the one that was saved first."""
    parts = [p for _, p in zip(range(_MOST_PARTS), message.walk(), strict=False)]
    pages = [p for p in parts if p.get_content_type() in _PAGES and not p.is_multipart()]
    start = str(message.get_param("start") or "").strip("<> ")
    pages.sort(key=lambda p: not start or str(p.get("Content-ID", "")).strip("<> ") != start)
    return pages


def _text(page: Message) -> str:
    payload = page.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = page.get_content_charset()
    if charset:
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_html(data)


def _completed(about: About, message: Message) -> About:
    """Return what the page says about itself; its title and the day of saving stand in the file's head."""
    origins = dict(about.origins)
    title, date = about.title, about.date
    if not title and (title := header(message, "Subject")):
        origins["title"] = "saved page's head"
    if not date and (date := _day(message)):
        origins["date"] = "day on which the page was saved"
    return replace(about, title=title, date=date, origins=tuple(origins.items()))


def _day(message: Message) -> str:
    try:
        return parsedate_to_datetime(str(message.get("Date"))[:200]).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""
