"""Read e-mail: one message (.eml) or a mailbox of several.

Of each message the subject comes first, as a heading, then the headers that people read, then every part that
holds text, then the names of what is attached.  What is attached is read as documents of its own (`nesting`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import Message
from email.utils import parseaddr

from qa_desktop.domain import Block, BlockKind, Document, FileProblem, Run
from qa_desktop.reading.blocks import About, DocumentBuilder, Locators, document
from qa_desktop.reading.mail.parts import Letter, bytes_of, date_of, header, letters_in, name_of
from qa_desktop.reading.text.plain import clean_keeping_pages, decode
from qa_desktop.reading.text.tidy import blocks_of_text, without
from qa_desktop.reading.web.html import add_html, decode_html

_VERSION = "mail 2"
_SHOWN = ("From", "To", "Cc", "Date")
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
# What programs that do not mark the lines of an earlier message put before it.
_EARLIER = re.compile(
    r"^[ \t]*(?:-{2,}[ \t]*(?:original message|ursprüngliche nachricht|message d'origine|forwarded message|"
    r"weitergeleitete nachricht|mensaje original)[ \t]*-{2,}|"
    r"(?:from|von|de|od):[ \t]\S.*\n[ \t]*(?:sent|date|gesendet|datum|envoyé|enviado|poslano|poslato):[ \t])",
    re.IGNORECASE | re.MULTILINE,
)
_REPLY_MARKS = re.compile(r"^(?:(?:re|aw|sv|fw|fwd|wg|tr)\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE)
_QUOTED_WORDS = "quoted from an earlier message"


def read_mail(data: bytes, name: str) -> Document:
    """Return the document in the bytes of a message or a mailbox; raise `Unreadable` if there is no text."""
    builder = DocumentBuilder()
    abouts: list[About] = []
    problems: list[FileProblem] = []
    for letter in letters_in(data):
        abouts.append(_add_letter(builder, letter))
        problems.extend(letter.problems)
    about = abouts[0] if len(abouts) == 1 else About()  # a mailbox is named by its file
    return document("mail", name, builder, about, engine=_VERSION, problems=tuple(problems))


def _add_letter(builder: DocumentBuilder, letter: Letter) -> About:
    place = letter.place
    add_head(builder, letter.message, place)
    body = Locators(place)
    for part, role in letter.leaves:
        builder.locators = body
        if role == "forwarded":
            add_head(builder, part, f"{place}, forwarded message")
            body = Locators(f"{place}, forwarded message")
        elif role == "text":
            _add_text(builder, part)
    names = [name_of(part) for part, role in letter.leaves if role == "attached"]
    add_names(builder, names, place)
    sender = header(letter.message, "From")
    subject = _REPLY_MARKS.sub("", header(letter.message, "Subject"))
    return About(subject, parseaddr(sender)[0] or sender, date_of(letter.message))


def add_head(builder: DocumentBuilder, message: Message, place: str) -> None:
    """Add the subject as a heading, and the headers that people read."""
    add_head_lines(builder, header(message, "Subject"), [(n, header(message, n)) for n in _SHOWN], place)


def add_head_lines(
    builder: DocumentBuilder, subject: str, headers: list[tuple[str, str]], place: str
) -> None:
    """Add a subject as a heading, and headers, each a name and what it says; empty ones are left out."""
    builder.add(BlockKind.HEADING, [subject], level=1, locator=f"{place}, its subject")
    lines = [f"{name}: {words}" for name, words in headers if words]
    builder.add(BlockKind.PARAGRAPH, ["\n".join(lines)], locator=f"{place}, its head")


def add_names(builder: DocumentBuilder, names: list[str], place: str) -> None:
    """Add the names of what is attached."""
    if names:
        builder.add(BlockKind.PARAGRAPH, ["Attached: " + "; ".join(names)], locator=f"{place}, attachments")


def _add_text(builder: DocumentBuilder, part: Message) -> None:
    data, charset = bytes_of(part), part.get_content_charset() or ""
    if part.get_content_type() == "text/html":
        add_html(builder, _decoded(data, charset) if charset else decode_html(data), all_main=True)
    else:
        add_written(builder, _decoded(data, charset))


def add_written(builder: DocumentBuilder, text: str) -> None:
    """Add the plain text of a message; what is quoted in it stays, and its locator says so."""
    text = clean_keeping_pages(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        return
    # The signs of quoting are kept in the stored text, and read over in the sentences.
    quoting = [m.span() for m in _QUOTED.finditer(text)]
    bare = _QUOTED.sub(lambda m: " " * len(m.group()), text)
    earlier = found.start() if (found := _EARLIER.search(bare)) else len(text)
    start = builder.append(text if text.endswith("\n") else text + "\n").start
    builder.append("\n")
    blocks = blocks_of_text(bare, offset=start, locators=builder.locators, headings=False)
    left_out = [(a + start, b + start) for a, b in quoting]
    lines = {text.rfind("\n", 0, a) + 1 + start for a, _ in quoting}
    for block in blocks:
        first = text.rfind("\n", 0, block.runs[0].start - start) + 1 + start
        quoted = first in lines or first >= earlier + start
        builder.blocks.append(_bare(block, left_out, quoted=quoted))


def _bare(block: Block, left_out: list[tuple[int, int]], *, quoted: bool) -> Block:
    """Take the signs of quoting out of a block's runs, and say in its locator if it is quoted."""
    spans = without([(run.start, run.end) for run in block.runs], left_out)
    locator = f"{block.locator}, {_QUOTED_WORDS}" if quoted else block.locator
    return replace(block, runs=tuple(Run(1, a, b) for a, b in spans) or block.runs, locator=locator)


def _decoded(data: bytes, charset: str) -> str:
    try:
        text = data.decode(charset) if charset else ""
    except (LookupError, UnicodeDecodeError):
        text = ""
    return text or decode(data)[0]
