"""Complete what is known of a document: title, author, date and language, each with where it was found.

What the file says about itself comes first, then what its first lines say, and the file's name last.  Two
things are believed less: the day on which a PDF or office file was made, where its text bears an older one
(it was printed or scanned long after it was written), and a language set by a template, where the text is
plainly in another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from qa_desktop.domain import Block, BlockKind, Document, collapse, text_of
from qa_desktop.reading.blocks import name_in_words, shorten
from qa_desktop.reading.facts.dates import HeadDate, date_in_head, is_date
from qa_desktop.reading.facts.language import are_close, guess_language, may_be_written, normal_code
from qa_desktop.reading.facts.names import (
    author_in_head,
    is_letterhead,
    names_a_document,
    names_nobody,
    title_in_head,
)

TEXT, HEADING, FIRST_LINE, FIRST_WORDS = "text", "first heading", "first line", "first words"
FILE_NAME, PROPERTIES, MAIL_HEADER = "file name", "document properties", "mail header"

_HEAD_LINES = 30
_HEAD_LENGTH = 3_000  # characters
_HEAD_PAGES = 2
_SAMPLE = 6_000  # characters from which the language is told
_MADE_BY_A_PROGRAM = frozenset("pdf docx slides sheets odt rtf doc".split())
# Days from which clocks and programs begin to count, and which they write when they know no other.
_CLOCKS = frozenset(
    "1601-01-01 1899-12-30 1899-12-31 1900-01-01 1904-01-01 1970-01-01 1980-01-01 2000-01-01".split()
)
_DATA_KINDS = frozenset(["sheets", "table"])
_DATA = 3  # rows from which a table holds data, not the head of a letter
_MADE_LATER = timedelta(days=30)
_ENOUGH = 200  # letters from which the text's language outweighs what the file says
_QUITE_SURE = 0.95
_LONGEST_WORDS = 80  # characters of a title made of the first words
_FEWEST_LETTERS = 12
_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.HEADING, BlockKind.TABLE)


@dataclass(frozen=True, slots=True)
class _Head:
    """The first lines of a document, and which of them are headings."""

    lines: tuple[str, ...]
    headings: tuple[bool, ...]


def complete(document: Document, name: str, today: date | None = None) -> Document:
    """Return `document` with what its text and the file's name tell about it; `name` is that of the file."""
    today = today or datetime.now(UTC).date()
    own = MAIL_HEADER if document.kind in ("mail", "msg") else PROPERTIES
    origins = {"author": own, "date": own, "language": own, **dict(document.origins)}
    language, origins["language"] = _language(document, origins["language"])
    if not document.blocks:
        return replace(document, language=language, origins=_told(origins, document))
    head = _head_of(document)
    found = date_in_head(head.lines, head.headings, language, today)
    when, origins["date"] = _date(document, found, origins["date"], today)
    title, origins["title"] = _title(document, head, name, origins.get("title", ""), own)
    author = "" if names_nobody(document.author) else document.author
    if not author:
        author, origins["author"] = author_in_head(head.lines, head.headings, found), TEXT
    completed = replace(document, title=title, author=author, date=when, language=language)
    return replace(completed, origins=_told(origins, completed))


def _told(origins: dict[str, str], document: Document) -> tuple[tuple[str, str], ...]:
    """Return the origins of the facts that are known, always in the same order."""
    facts = {
        "title": document.title,
        "author": document.author,
        "date": document.date,
        "language": document.language,
    }
    return tuple((fact, origins[fact]) for fact, value in facts.items() if value and origins.get(fact))


def _head_of(document: Document) -> _Head:
    lines: list[str] = []
    headings: list[bool] = []
    length = 0
    for block in _shown(document.blocks):
        if block.runs and block.runs[0].page > _HEAD_PAGES:
            break
        raw = "".join(document.pages[r.page - 1].text[r.start : r.end] for r in block.runs)
        if block.kind is BlockKind.TABLE and (document.kind in _DATA_KINDS or raw.count("\n") >= _DATA):
            continue
        is_heading = block.kind is BlockKind.HEADING
        for line in (
            [collapse(raw)] if is_heading else [collapse(part) for part in raw[:_HEAD_LENGTH].split("\n")]
        ):
            if line:
                lines.append(line)
                headings.append(is_heading)
                length += len(line)
        if len(lines) >= _HEAD_LINES or length >= _HEAD_LENGTH:
            break
    return _Head(tuple(lines[:_HEAD_LINES]), tuple(headings[:_HEAD_LINES]))


def _shown(blocks: tuple[Block, ...]) -> Iterator[Block]:
    return (b for b in blocks if b.kind not in (BlockKind.ASIDE, BlockKind.NOTE))


def _language(document: Document, origin: str) -> tuple[str, str]:
    """Return the document's language and where it was found; the file's own word is kept where plausible."""
    own = normal_code(document.language)
    guess = guess_language(_sample(document))
    if not may_be_written(own, guess.script):
        return guess.code, TEXT
    if not guess.code or (own and are_close(own, guess.code)):
        return own, origin
    if own and not (guess.letters >= _ENOUGH and guess.confidence >= _QUITE_SURE):
        return own, origin
    return guess.code, TEXT


def _sample(document: Document) -> str:
    """Return text from the beginning, the middle and the end of a document, as much of each."""
    blocks = [b for b in document.blocks if b.kind in _PROSE] or list(document.blocks)
    share = _SAMPLE // 3
    parts: list[str] = []
    for start in dict.fromkeys((0, len(blocks) // 3, 2 * len(blocks) // 3)):
        size = 0
        for block in blocks[start:]:
            text = text_of(block.runs, document.pages)[: share - size]
            parts.append(text)
            size += len(text)
            if size >= share:
                break
    return "\n".join(parts)


def _date(document: Document, found: HeadDate | None, origin: str, today: date) -> tuple[str, str]:
    """Return the document's date and where it was found."""
    own = document.date if document.date <= (today + timedelta(days=1)).isoformat() else ""
    by_a_program = document.kind in _MADE_BY_A_PROGRAM and origin == PROPERTIES
    if by_a_program and own in _CLOCKS:
        own = ""
    if found is None:
        return own, origin
    if not own:
        return found.iso, TEXT
    if by_a_program and len(found.iso) == len(own) == 10:
        later = date.fromisoformat(own) - date.fromisoformat(found.iso)
        if later > _MADE_LATER:
            return found.iso, TEXT
    return own, origin


def _title(document: Document, head: _Head, name: str, origin: str, metadata: str) -> tuple[str, str]:
    """Return the document's title and where it was found."""
    in_words = name_in_words(name)
    own = document.title
    if not origin:
        headings = {text_of(b.runs, document.pages) for b in document.blocks if b.kind is BlockKind.HEADING}
        known = HEADING if own in headings and metadata != MAIL_HEADER else metadata
        origin = FILE_NAME if own in ("", in_words) else known
    if origin == HEADING and is_letterhead(own):
        return (in_words, FILE_NAME) if names_a_document(in_words) else (own, origin)
    if origin != FILE_NAME and not (origin == HEADING and is_date(own)):
        return own, origin
    title, is_heading = title_in_head(head.lines, head.headings)
    if title:
        return title, HEADING if is_heading else FIRST_LINE
    if names_a_document(in_words):
        return in_words, FILE_NAME
    texts = (
        text_of(b.runs, document.pages) for b in _shown(document.blocks) if b.kind is BlockKind.PARAGRAPH
    )
    words = next((text for text in texts if sum(c.isalpha() for c in text) >= _FEWEST_LETTERS), "")
    return (shorten(words, _LONGEST_WORDS), FIRST_WORDS) if words else (own or in_words, FILE_NAME)
