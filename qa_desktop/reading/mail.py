"""Read e-mail: one message (.eml, .mht) or a mailbox of several.

The headers that people read come first, then every part that holds text, then the names of what was attached.
Attachments are named, not opened, and their names are never used as paths.
"""

from __future__ import annotations

import contextlib
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from qa_desktop.domain import Block, BlockKind, Document, FileProblem, Run, collapse
from qa_desktop.reading.blocks import About, DocumentBuilder, Locators, clean, document
from qa_desktop.reading.html import add_html, decode_html
from qa_desktop.reading.plain import clean_keeping_pages, decode
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.tidy import blocks_of_text, without

_VERSION = "mail 1"
_LONGEST_HEADER = 65_536  # characters; parsing the addresses of longer ones takes minutes
_MOST_RECIPIENTS = 200
_MOST_PARTS = 2_000
_MOST_MESSAGES = 5_000
_DEEPEST = 50
_READ = ("text/plain", "text/html", "text/enriched", "text/markdown")
_SHOWN = ("From", "To", "Cc", "Date", "Subject")
_FROM_LINE = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From \S+[^\n]*\d{4}[^\n]*\r?\n(?=>?[A-Za-z][\w-]*:)")
_FOLDED_HEADERS = re.compile(rb"\A(?:[^\r\n]+\r?\n)*")
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_REPLY_MARKS = re.compile(r"^(?:(?:re|aw|sv|fw|fwd|wg|tr)\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE)


def read_mail(data: bytes, name: str) -> Document:
    """Return the document in the bytes of a message or a mailbox; raise `Unreadable` if there is no text."""
    builder = DocumentBuilder()
    first: About | None = None
    problems: list[FileProblem] = []
    messages = list(_messages(data))
    for number, raw in enumerate(messages[:_MOST_MESSAGES], 1):
        about = _add_message(builder, raw, number if len(messages) > 1 else 0, problems)
        first = first or about
    if len(messages) > _MOST_MESSAGES:
        problems.append(FileProblem("too_large", "", f"messages after number {_MOST_MESSAGES}"))
    about = first or About()
    if len(messages) > 1:
        about = About()  # a mailbox is named by its file
    return document("mail", name, builder, about, engine=_VERSION, problems=tuple(problems))


def _messages(data: bytes) -> Iterator[bytes]:
    """Yield the messages of a mailbox, or the one message that the file is."""
    starts = list(_FROM_LINE.finditer(data)) if data.startswith(b"From ") else []
    if not starts:
        yield data
        return
    for found, following in zip(starts, [*starts[1:], None], strict=True):
        yield data[found.end() : following.start() if following else len(data)]


def _add_message(builder: DocumentBuilder, raw: bytes, number: int, problems: list[FileProblem]) -> About:
    try:
        message = email.message_from_bytes(_cut_headers(raw), policy=email.policy.compat32)
        parts = list(_leaves(message, problems))
    except (RecursionError, MessageError, ValueError) as error:
        raise Unreadable("damaged", f"not a message: {error}") from error
    sent = _date(message)
    place = f"message of {sent}" if sent else "message"
    place = f"{place}, number {number}" if number else place
    body = Locators(place)
    _add_head(builder, message, f"{place}, its head")
    attached: list[str] = []
    for part, role in parts:
        kind, name = part.get_content_type(), _file_name(part)
        builder.locators = Locators(f"{place}, attachment {name}") if name else body
        if role == "forwarded":
            _add_head(builder, part, f"{place}, forwarded message")
        elif kind in _READ and role != "alternative":
            _add_text(builder, part, kind)
        if role != "forwarded" and (name or kind not in _READ) and not _is_picture_in_text(part):
            attached.append(name or kind)
    if attached:
        builder.add(
            BlockKind.PARAGRAPH, ["Attached: " + "; ".join(attached)], locator=f"{place}, attachments"
        )
    sender = header(message, "From")
    return About(_REPLY_MARKS.sub("", header(message, "Subject")), parseaddr(sender)[0] or sender, sent)


def _add_head(builder: DocumentBuilder, message: Message, place: str) -> None:
    lines = [f"{name}: {words}" for name in _SHOWN if (words := header(message, name))]
    builder.add(BlockKind.PARAGRAPH, ["\n".join(lines)], locator=place)


def _is_picture_in_text(part: Message) -> bool:
    return part.get_content_maintype() == "image" and bool(part.get("Content-ID"))


def _leaves(message: Message, problems: list[FileProblem]) -> Iterator[tuple[Message, str]]:
    """Yield the parts that hold something, each with its role.

    "alternative" is HTML that a plain part says as well; "forwarded" a message inside the message, whose
    own parts follow.
    """
    count = 0
    stack: list[tuple[Message, str, int]] = [(message, "", 0)]
    while stack:
        part, role, depth = stack.pop()
        count += 1
        if count > _MOST_PARTS or depth > _DEEPEST:
            problems.append(FileProblem("too_large", "", "parts of the message beyond the limit"))
            return
        payload = part.get_payload()
        if not part.is_multipart() or not isinstance(payload, list):
            yield (
                part,
                "alternative" if role == "alternative" and part.get_content_type() == "text/html" else "",
            )
            continue
        below = [p for p in payload if isinstance(p, Message)]
        if part.get_content_type() == "message/rfc822" and below:
            yield below[0], "forwarded"
        if part.get_content_type() == "multipart/alternative" and any(_has_plain(p) for p in below):
            role = "alternative"
        stack.extend((p, role, depth + 1) for p in reversed(below))


def _has_plain(part: Message) -> bool:
    return part.get_content_type() == "text/plain" and bool(_bytes(part).strip())


def _add_text(builder: DocumentBuilder, part: Message, kind: str) -> None:
    data = _bytes(part)
    charset = part.get_content_charset() or ""
    if kind == "text/html":
        add_html(builder, _decoded(data, charset) if charset else decode_html(data), all_main=True)
        return
    text = clean_keeping_pages(_decoded(data, charset).replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        return
    # The signs of quoting are kept in the stored text, and read over in the sentences.
    quoting = [m.span() for m in _QUOTED.finditer(text)]
    bare = _QUOTED.sub(lambda m: " " * len(m.group()), text)
    start = builder.append(text if text.endswith("\n") else text + "\n").start
    builder.append("\n")
    blocks = blocks_of_text(bare, offset=start, locators=builder.locators, headings=False)
    left_out = [(a + start, b + start) for a, b in quoting]
    builder.blocks.extend(_around(block, left_out) for block in blocks)


def _around(block: Block, left_out: list[tuple[int, int]]) -> Block:
    """Take the signs of quoting out of a block's runs."""
    spans = without([(run.start, run.end) for run in block.runs], left_out)
    return replace(block, runs=tuple(Run(1, a, b) for a, b in spans) or block.runs)


def _bytes(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _decoded(data: bytes, charset: str) -> str:
    try:
        text = data.decode(charset) if charset else ""
    except (LookupError, UnicodeDecodeError):
        text = ""
    return text or decode(data)[0]


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


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        return ""
    with contextlib.suppress(HeaderParseError, ValueError, LookupError):
        name = str(make_header(decode_header(name)))
    return collapse(clean(name.replace("\\", "/").rsplit("/", 1)[-1]))[:200]


def _date(message: Message) -> str:
    raw = message.get("Date")
    try:
        found: datetime = parsedate_to_datetime(str(raw)[:200])
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""
    return found.date().isoformat()
