"""Files, and what was read of them: pages of text, and blocks that are runs into them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

_WHITE = re.compile(r"\s+")


def collapse(text: str) -> str:
    """Return `text` with every stretch of white space as one blank and none at the ends."""
    return _WHITE.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file on disk, as `discover` found it.

    `root` is the folder that was added (or the file's own folder), `name` the path below it with
    forward slashes; `size` is in bytes, `mtime_ns` in nanoseconds, `sha256` in hexadecimal digits
    (empty until the file had to be opened).
    """

    root: str
    name: str
    size: int
    mtime_ns: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters `start` (inclusive) to `end` (exclusive) of page `page` (counted from 1)."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ScannedWord:
    """A word that was recognised in a picture: characters `start` to `end` of its page's text, and its box.

    The box is in fractions of the page as it is shown: `left` and `top` of its corner, `width`, `height`,
    each 0 to 1.  `confidence` is the recogniser's own, 0 to 1.
    """

    start: int
    end: int
    left: float
    top: float
    width: float
    height: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one page as it was extracted; `label` is the printed page number where there is one.

    A format without pages has one `Page`, number 1.  The text of a page always ends with a line
    break, so that joining runs across pages never glues two words together.  `words` is empty unless the
    page's text was recognised in a picture of it: then they say where each word stands.
    """

    number: int
    text: str
    label: str = ""
    words: tuple[ScannedWord, ...] = ()


class BlockKind(StrEnum):
    """What a block is.  `ASIDE` is what was set aside: running heads, page numbers, scraping residue."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    NOTE = "note"
    CAPTION = "caption"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Reference:
    """A note's marker inside a block: the note's `label` and the marker's own place."""

    label: str
    run: Run


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document that belongs together, as runs into its pages.

    `level` is 1 to 6 for headings, else 0.  `label` is the number or sign of a note, or for an aside the
    rule that set it aside.  `locator` says the place in words where pages cannot ("paragraph 12",
    "message of 2021-03-04"); it is empty where the page number says it.
    A table block has one line of its text per row, cells separated by tabs, the header row first.
    """

    kind: BlockKind
    runs: tuple[Run, ...]
    level: int = 0
    label: str = ""
    locator: str = ""
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Why a file, or a part of it, was not read: a reason code of `errors.REASONS` and what is known.

    `part` names the missing part ("pages 12 to 40"), empty when the whole file is missing.
    """

    reason: str
    detail: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read.

    `paged` tells whether `pages` are the file's own pages; otherwise there is one page that holds the
    whole text.  `date` is ISO 8601 (YYYY, YYYY-MM or YYYY-MM-DD) or empty; `language` is an ISO 639-1
    code or empty.  `engine` names what extracted the text, with its version, because offsets are only
    valid for that text.  `origins` tells where title, author, date and language were found, as pairs such as
    ("date", "mail header").

    `parts` are the documents inside this one, in the order in which the file holds them: attachments of a
    message or a PDF, members of an archive.  A container with no text of its own has no pages.  `place` says
    in words where a part lies in the file ("message of 2021-03-04, attachment report.pdf"); it is empty for
    the file itself.
    """

    kind: str
    title: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    paged: bool = False
    author: str = ""
    date: str = ""
    language: str = ""
    engine: str = ""
    problems: tuple[FileProblem, ...] = ()
    origins: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A document inside a file: its own name there, never used as a path, and what reading it brought."""

    name: str
    outcome: Document | FileProblem


def text_of(runs: Iterable[Run], pages: Sequence[Page]) -> str:
    """Return the words at `runs`: the ranges joined with nothing between, white space collapsed.

    `pages` must hold page n at index n - 1.
    """
    return collapse("".join(pages[r.page - 1].text[r.start : r.end] for r in runs))
