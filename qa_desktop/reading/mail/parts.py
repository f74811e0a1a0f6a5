"""Take messages apart: the messages of a mailbox, their headers, their texts, and what is attached.

Attachments are handed over with cleaned names, which are never used as paths.
"""

from __future__ import annotations

import contextlib
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from qa_desktop.domain import FileProblem, collapse
from qa_desktop.reading.blocks import clean
from qa_desktop.reading.embedded import Embedded, cleaned_name
from qa_desktop.reading.problems import Unreadable

MOST_MESSAGES = 5_000
_LONGEST_HEADER = 65_536  # characters; parsing the addresses of longer ones takes minutes
_MOST_RECIPIENTS = 200
_MOST_PARTS = 2_000
_DEEPEST = 50
_SMALLEST_PICTURE = 10_000  # bytes; what is shown inside a message and smaller is a logo or a tracker
_READ = ("text/plain", "text/html", "text/enriched", "text/markdown")
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
_ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
_FROM_LINE = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From \S+[^\n]*\d{4}[^\n]*\r?\n(?=>?[A-Za-z][\w-]*:)")
_FOLDED_HEADERS = re.compile(rb"\A(?:[^\r\n]+\r?\n)*")


@dataclass(frozen=True, slots=True)
class Letter:
    """A message of a file: `place` says which, `leaves` are its parts that hold something, in order.

    Each leaf has a role: "text" to be read with the message, "alternative" what another text says as well,
    "attached", "forwarded" (a message inside, whose own leaves follow) or "" (of no interest).
    """

    message: Message
    place: str
    leaves: tuple[tuple[Message, str], ...]
    problems: tuple[FileProblem, ...] = ()


def letters_in(data: bytes) -> Iterator[Letter]:
    """Yield the messages of a mailbox, or the one that the file is; raise `Unreadable` for what is none."""
    raws = list(_messages(data))
    for number, raw in enumerate(raws[:MOST_MESSAGES], 1):
        problems: list[FileProblem] = []
        try:
            message = email.message_from_bytes(_cut_headers(raw), policy=email.policy.compat32)
            leaves = tuple(_leaves(message, problems))
        except (RecursionError, MessageError, ValueError) as error:
            if len(raws) == 1:
                raise Unreadable("damaged", f"not a message: {error}") from error
            lost = FileProblem("damaged", "not a message", f"message number {number}")
            yield Letter(Message(), f"message number {number}", (), (lost,))
            continue
        place = f"message of {sent}" if (sent := date_of(message)) else "message"
        if number == MOST_MESSAGES < len(raws):
            problems.append(FileProblem("too_large", "", f"messages after number {number}"))
        place = f"{place}, number {number}" if len(raws) > 1 else place
        yield Letter(message, place, leaves, tuple(problems))


def embedded_mail(data: bytes, password: str | None = None) -> Iterator[Embedded]:
    """Yield the attachments of all messages in order; nothing in a message asks for `password`."""
    del password
    for letter in letters_in(data):
        for part, role in letter.leaves:
            if role != "attached":
                continue
            name, locked = name_of(part), part.get_content_type() in _ENCRYPTED
            problem = FileProblem("encrypted", "encrypted message") if locked else None
            content = b"" if locked else bytes_of(part)
            if not content and not problem:
                problem = FileProblem("empty")
            yield Embedded(name, content, f"{letter.place}, attachment {name}", problem)


def _messages(data: bytes) -> Iterator[bytes]:
    starts = list(_FROM_LINE.finditer(data)) if data.startswith(b"From ") else []
    if not starts:
        yield data
        return
    for found, following in zip(starts, [*starts[1:], None], strict=True):
        yield data[found.end() : following.start() if following else len(data)]


def _leaves(message: Message, problems: list[FileProblem]) -> Iterator[tuple[Message, str]]:
    count = 0
    stack: list[tuple[Message, bool, int]] = [(message, False, 0)]
    while stack:
        part, said, depth = stack.pop()
        count += 1
        if count > _MOST_PARTS or depth > _DEEPEST:
            problems.append(FileProblem("too_large", "", "parts of the message beyond the limit"))
            return
        payload = part.get_payload()
        if not part.is_multipart() or not isinstance(payload, list):
            yield part, _role(part, said=said)
            continue
        below = [p for p in payload if isinstance(p, Message)]
        if part.get_content_type() == "message/rfc822" and below:
            yield below[0], "forwarded"
        if part.get_content_type() == "multipart/alternative" and any(_has_plain(p) for p in below):
            said = True
        stack.extend((p, said, depth + 1) for p in reversed(below))


def _role(part: Message, *, said: bool) -> str:
    """Return a leaf's role; `said` tells that an alternative in plain text says what it says as HTML."""
    kind, name = part.get_content_type(), _file_name(part)
    attached = part.get_content_disposition() == "attachment" or bool(name)
    if kind in _READ and not attached:
        return "alternative" if said and kind == "text/html" else "text"
    if kind in _SIGNATURES or (kind in _READ and not bytes_of(part).strip()):
        return ""
    if kind.startswith("image/") and (part.get("Content-ID") or part.get_content_disposition() == "inline"):
        return "attached" if len(bytes_of(part)) >= _SMALLEST_PICTURE else ""
    return "attached" if attached or bytes_of(part).strip() else ""


def _has_plain(part: Message) -> bool:
    return part.get_content_type() == "text/plain" and bool(bytes_of(part).strip())


def bytes_of(part: Message) -> bytes:
    """Return what a part holds, decoded; b"" where that is impossible."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _cut_headers(raw: bytes) -> bytes:
    """Return the message with its headers cut at the limit, for endless ones take minutes to parse."""
    head = _FOLDED_HEADERS.match(raw)
    end = head.end() if head else 0
    return raw if end <= 16 * _LONGEST_HEADER else raw[: 16 * _LONGEST_HEADER] + b"\r\n" + raw[end:]


def header(message: Message, name: str) -> str:
    """Return a header in plain words, "" where there is none; encoded words are decoded."""
    raw = message.get(name)
    if raw is None:
        return ""
    text = str(raw)[:_LONGEST_HEADER]
    if text.count(",") > _MOST_RECIPIENTS:
        text = ",".join(text.split(",")[:_MOST_RECIPIENTS]) + " …"
    try:
        return collapse(clean(str(make_header(decode_header(text)))))
    except (HeaderParseError, ValueError, LookupError):
        return collapse(clean(text))


def name_of(part: Message) -> str:
    """Return the name of an attachment, or its type in words where it has no name."""
    kind = part.get_content_type()
    return _file_name(part) or f"{kind.replace('/', ' ')}"


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        return ""
    with contextlib.suppress(HeaderParseError, ValueError, LookupError):
        name = str(make_header(decode_header(name)))
    return cleaned_name(name)


def date_of(message: Message) -> str:
    """Return the day on which a message was sent (ISO 8601), or ""."""
    raw = message.get("Date")
    try:
        found: datetime = parsedate_to_datetime(str(raw)[:200])
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""
    return found.date().isoformat()
