"""Read Outlook messages (.msg) by turning them into ordinary messages, for which `mail` is there.

A message is a compound file of properties (MS-OXMSG): those of variable length are streams named after the
number and the type of the property, those of fixed length stand in one stream, sixteen bytes each.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from pathlib import PurePath
from typing import Any

from qa_desktop.domain import Document, collapse
from qa_desktop.reading.blocks import clean
from qa_desktop.reading.embedded import Embedded, cleaned_name
from qa_desktop.reading.isolation.limits import DEEPEST_PART, MOST_PARTS
from qa_desktop.reading.mail.parts import embedded_mail
from qa_desktop.reading.mail.read import read_mail
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.text.plain import decode

_SUBJECT, _BODY, _HTML, _RTF, _TRANSPORT = 0x0037, 0x1000, 0x1013, 0x1009, 0x007D
_SENDER, _SENDER_ADDRESS, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_TO, _CC = 0x0E04, 0x0E03
_SENT, _DELIVERED, _START = 0x0039, 0x0E06, 0x0060
_CODEPAGE, _HTML_CODEPAGE = 0x3FFD, 0x3FDE
_LONG_NAME, _SHORT_NAME, _SHOWN_NAME = 0x3707, 0x3704, 0x3001
_DATA, _TYPE, _CONTENT_ID = 0x3701, 0x370E, 0x3712
_UNICODE, _BYTES_TEXT, _BINARY, _TIME, _LONG, _OBJECT = 0x001F, 0x001E, 0x0102, 0x0040, 0x0003, 0x000D
_UTF8_PAGE = 65001
_HEAD_OF_FILE, _HEAD_OF_MESSAGE, _HEAD_OF_ATTACHMENT = (
    32,
    24,
    8,
)  # bytes before the properties of fixed length
_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif"}
_PLAIN_TYPE = re.compile(r"(?:application|audio|font|image|text|video)/[a-z0-9.+-]+")
_ENTRY = struct.Struct("<HHI8s")
_BEGINNING_OF_TIME = datetime(1601, 1, 1, tzinfo=UTC)


def read_msg(data: bytes, name: str) -> Document:
    """Return the document in the bytes of an Outlook message; raise `Unreadable` if there is no text."""
    return read_mail(mail_of(data), name)


def embedded_msg(data: bytes, password: str | None = None) -> Iterator[Embedded]:
    """Yield the attachments of an Outlook message; those of messages inside it are among them."""
    yield from embedded_mail(mail_of(data), password)


def mail_of(data: bytes) -> bytes:
    """Return an Outlook message as an ordinary one; raise `Unreadable` ("damaged") when it is none."""
    import olefile  # noqa: PLC0415 - few files need it

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            page = _Storage(file, (), _HEAD_OF_FILE).number(_CODEPAGE)
            return _message(_Storage(file, (), _HEAD_OF_FILE, page), 0).as_bytes()
    except (MemoryError, Unreadable):
        raise
    except Exception as error:  # olefile raises anything over a broken file
        raise Unreadable("damaged", f"{type(error).__name__}: {error}"[:200]) from error


@dataclass(frozen=True, slots=True)
class _Storage:
    """The properties under `path` of a compound file; `head` bytes stand before those of fixed length.

    `codepage` is that of texts that are not Unicode, 0 where it is not told.
    """

    file: Any
    path: tuple[str, ...]
    head: int
    codepage: int = 0

    def stream(self, number: int, kind: int) -> bytes:
        """Return a property of variable length, b"" if there is none."""
        path = [*self.path, f"__substg1.0_{number:04X}{kind:04X}"]
        return self.file.openstream(path).read() if self.file.exists(path) else b""

    def text(self, *numbers: int) -> str:
        """Return the first of these properties that has words."""
        for number in numbers:
            wide, narrow = self.stream(number, _UNICODE), self.stream(number, _BYTES_TEXT)
            text = wide.decode("utf-16-le", "replace") if wide else _in_codepage(narrow, self.codepage)
            if text.strip("\0 \r\n"):
                return text.rstrip("\0")
        return ""

    def fixed(self) -> dict[tuple[int, int], bytes]:
        """Return the properties of fixed length, eight bytes each, by number and type."""
        path = [*self.path, "__properties_version1.0"]
        stream = self.file.openstream(path).read() if self.file.exists(path) else b""
        entries = stream[self.head : self.head + (len(stream) - self.head) // _ENTRY.size * _ENTRY.size]
        return {(number, kind): value for kind, number, _, value in _ENTRY.iter_unpack(entries)}

    def number(self, number: int) -> int:
        """Return a whole number, 0 if there is none."""
        return int.from_bytes(self.fixed().get((number, _LONG), b"")[:4], "little")

    def moment(self, *numbers: int) -> datetime | None:
        """Return the first of these times that is one; they count tenths of microseconds from 1601 on."""
        fixed = self.fixed()
        for number in numbers:
            ticks = int.from_bytes(fixed.get((number, _TIME), b""), "little")
            try:
                found = _BEGINNING_OF_TIME + timedelta(microseconds=ticks // 10)
            except OverflowError:
                continue
            if found.year > 1970:
                return found
        return None

    def below(self, beginning: str) -> list[tuple[str, ...]]:
        """Return the storages right below this one whose name begins so, in order."""
        depth = len(self.path)
        paths = {tuple(p[: depth + 1]) for p in self.file.listdir() if tuple(p[:depth]) == self.path}
        return sorted(p for p in paths if p[-1].startswith(beginning))[:MOST_PARTS]


def _message(storage: _Storage, depth: int) -> Message:
    message = MIMEMultipart("mixed")
    sender, address = storage.text(_SENDER), storage.text(_SENDER_SMTP, _SENDER_ADDRESS)
    if "@" in address and address != sender:
        sender = f"{sender} <{address}>"
    _put(message, "Subject", storage.text(_SUBJECT))
    _put(message, "From", sender)
    _put(message, "To", storage.text(_TO))
    _put(message, "Cc", storage.text(_CC))
    sent = storage.moment(_SENT, _DELIVERED, _START)
    if sent:
        message["Date"] = format_datetime(sent)
    body, subtype = _body(storage)
    if body.strip():
        message.attach(MIMEText(clean(body), subtype, "utf-8"))
    for path in storage.below("__attach_version1.0_"):
        _attach(message, replace(storage, path=path, head=_HEAD_OF_ATTACHMENT), depth)
    return message


def _put(message: Message, name: str, words: str) -> None:
    """Set a header, encoded so that nothing in it can be taken for more headers."""
    if words := collapse(clean(words)):
        message[name] = Header(words, "utf-8").encode(maxlinelen=0)


def _body(storage: _Storage) -> tuple[str, str]:
    """Return the text and what it is, "plain" or "html": the first there is of plain text, HTML and RTF."""
    if plain := storage.text(_BODY):
        return plain, "plain"
    html = storage.stream(_HTML, _BINARY)
    if html:
        return _in_codepage(html, storage.number(_HTML_CODEPAGE)), "html"
    if written := storage.text(_HTML):
        return written, "html"
    compressed = storage.stream(_RTF, _BINARY)
    return (_text_of_rtf(compressed) if compressed else ""), "plain"


def _text_of_rtf(compressed: bytes) -> str:
    from compressed_rtf import decompress  # noqa: PLC0415 - few files need them

    from qa_desktop.reading.rtf.read import read_rtf  # noqa: PLC0415

    try:
        return read_rtf(decompress(compressed), "message.rtf").pages[0].text
    except (Unreadable, ValueError, IndexError):
        return ""


def _attach(message: Message, storage: _Storage, depth: int) -> None:
    inner = (*storage.path, f"__substg1.0_{_DATA:04X}{_OBJECT:04X}")
    if storage.file.exists([*inner, "__properties_version1.0"]):
        if depth < DEEPEST_PART:
            below = _message(replace(storage, path=inner, head=_HEAD_OF_MESSAGE), depth + 1)
            message.attach(MIMEMessage(below))
        return
    name = cleaned_name(storage.text(_LONG_NAME, _SHORT_NAME, _SHOWN_NAME)) or "attachment"
    kind = storage.text(_TYPE).lower() or _PICTURES.get(PurePath(name).suffix.lower(), "")
    part = MIMEBase(*(kind.split("/") if _PLAIN_TYPE.fullmatch(kind) else ("application", "octet-stream")))
    part.set_payload(storage.stream(_DATA, _BINARY))
    encode_base64(part)
    inline = storage.text(_CONTENT_ID).strip()
    _put(part, "Content-ID", f"<{inline}>" if inline else "")
    part.add_header("Content-Disposition", "inline" if inline else "attachment", filename=("utf-8", "", name))
    message.attach(part)


def _in_codepage(data: bytes, page: int) -> str:
    """Return `data` decoded by a Windows code page, by the best guess where that is none."""
    if not data:
        return ""
    try:
        return data.decode("utf-8" if page == _UTF8_PAGE else f"cp{page}")
    except (LookupError, UnicodeDecodeError):
        return decode(data)[0]
