"""Build the canonical text of a document without pages, and say every block's place in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from qa_desktop.domain import (
    Block,
    BlockKind,
    Document,
    FileProblem,
    Page,
    Reference,
    Run,
    collapse,
    merge_runs,
    text_of,
)
from qa_desktop.reading.problems import Unreadable

_LONGEST_HEADING = 60  # characters of a heading that a locator repeats
_WORD_BREAKS = re.compile(r"[\s_.+-]+")
_WHITE = re.compile(r"\s+")
SOFT_HYPHEN = "\u00ad"
_HARD = re.compile(r"[^\u00ad]+")
# Names of parts that every paper has; they never name a document.
_PART_NAMES = re.compile(
    r"(?:executive )?summary|abstract|introduction|background|(?:table of )?contents|preface|foreword|"
    r"(?:key )?findings|conclusions?(?: and .*)?|discussion|results|methods|methodology|references|"
    r"bibliography|notes|endnotes|appendix|annex|acknowledge?ments|recommendations"
)
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Marker:
    """A note's marker in the middle of a block: stored as `text`, read over in sentences."""

    label: str
    text: str


@dataclass(slots=True)
class Locators:
    """Count blocks and say their place: "paragraph 12, under “Background”", "table 2", "note 4"."""

    prefix: str = ""
    heading: str = ""
    counts: dict[str, int] = field(default_factory=dict)

    def of(self, kind: BlockKind, *, label: str = "", heading: str = "") -> str:
        """Return the locator of the next block; `heading` is a heading's text, `label` a note's number."""
        if kind is BlockKind.HEADING:
            self.heading = shorten(heading)
            return self._join(f"heading “{self.heading}”")
        if kind is BlockKind.NOTE:
            return self._join(f"note {label}".strip())
        name = {BlockKind.TABLE: "table", BlockKind.CAPTION: "caption"}.get(kind, "paragraph")
        if kind is BlockKind.ASIDE:
            return self._join(f"after paragraph {self.counts.get('paragraph', 0)}")
        self.counts[name] = self.counts.get(name, 0) + 1
        told = not self.heading or f"“{self.heading}”" in self.prefix
        under = "" if told else f", under “{self.heading}”"
        return self._join(f"{name} {self.counts[name]}{under}")

    def _join(self, place: str) -> str:
        return f"{self.prefix}, {place}" if self.prefix else place


class DocumentBuilder:
    """Grows the one page of a document without pages, block by block.

    Blocks stand apart by an empty line in the text, list items and table rows by a line break.
    """

    def __init__(self) -> None:
        self.locators = Locators()
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._length = 0

    @property
    def length(self) -> int:
        """The number of characters so far."""
        return self._length

    def append(self, text: str) -> Run:
        """Add raw text that belongs to no block yet and return its place."""
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return Run(1, start, self._length)

    def add(
        self,
        kind: BlockKind,
        parts: Iterable[str | Marker],
        *,
        level: int = 0,
        label: str = "",
        locator: str = "",
    ) -> Block | None:
        """Add a block made of text and markers; return it, or None when there is nothing to read in it."""
        pieces = [p if isinstance(p, Marker) else clean(p) for p in parts]
        text = "".join(p for p in pieces if isinstance(p, str)).replace(SOFT_HYPHEN, "")
        if not text.strip() and not any(isinstance(p, Marker) for p in pieces):
            return None
        runs: list[Run] = []
        references: list[Reference] = []
        for piece in pieces:
            if isinstance(piece, Marker):
                references.append(Reference(piece.label, self.append(piece.text)))
            elif piece:
                runs.extend(around_soft_hyphens(self.append(piece), piece))
        self.append("\n\n")
        if not runs:
            runs = [Run(1, references[0].run.start, references[0].run.start)]
        where = locator or self.locators.of(kind, label=label, heading=collapse(text))
        block = Block(kind, merge_runs(runs), level, label, where, tuple(references))
        self.blocks.append(block)
        return block

    def add_table(self, rows: Sequence[Sequence[str | Sequence[str | Marker]]]) -> Block | None:
        """Add a table, one line a row and cells separated by tabs; empty rows are left out.

        A cell is its text, or its parts where it has markers in it.
        """
        parts: list[str | Marker] = []
        for row in rows:
            cells = [_cell([cell] if isinstance(cell, str) else cell) for cell in row]
            if not any(cells):
                continue
            if parts:
                parts.append("\n")
            for i, cell in enumerate(cells):
                parts.extend(["\t", *cell] if i else cell)
        return self.add(BlockKind.TABLE, parts)

    def page(self) -> Page:
        """Return the page, whose text ends with a line break."""
        text = "".join(self._pieces)
        last = max((run.end for block in self.blocks for run in block.runs), default=0)
        text = text[: max(last, len(text.rstrip("\n")))]  # a block may itself end with line breaks
        return Page(1, text if text.endswith("\n") else text + "\n")


def around_soft_hyphens(run: Run, text: str) -> list[Run]:
    """Return `run`, whose characters are `text`, without the soft hyphens: they show at line ends alone."""
    if SOFT_HYPHEN not in text:
        return [run]
    places = [m.span() for m in _HARD.finditer(text)]
    return [Run(run.page, run.start + a, run.start + b) for a, b in places]


def _cell(parts: Sequence[str | Marker]) -> list[str | Marker]:
    """Return a cell's parts on one line, without white space at its ends."""
    flat: list[str | Marker] = [p if isinstance(p, Marker) else _WHITE.sub(" ", clean(p)) for p in parts]
    if flat and isinstance(flat[0], str):
        flat[0] = flat[0].lstrip()
    if flat and isinstance(flat[-1], str):
        flat[-1] = flat[-1].rstrip()
    return [p for p in flat if p]


def clean(text: str) -> str:
    """Return `text` without what cannot be stored or shown: NUL, lone surrogates and other control signs."""
    if text.isprintable():
        return text
    return "".join(
        c
        if c in "\n\t"
        else ("\n" if c in "\r\v\f\x85\u2028\u2029" else "")
        if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")
        else c
        for c in text
    )


def shorten(text: str, length: int = _LONGEST_HEADING) -> str:
    """Return `text` cut at a word's end to at most `length` characters, with an ellipsis if it was cut."""
    text = collapse(text)
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def title_of(metadata: str, blocks: Sequence[Block], pages: Sequence[Page], name: str) -> str:
    """Return a document's title: metadata, else its first level-1 heading, else its file name in words."""
    found = collapse(clean(metadata))
    if not found:
        top = (text_of(b.runs, pages) for b in blocks if b.kind is BlockKind.HEADING and b.level == 1)
        found = next((words for words in top if not is_part_name(words)), "")
    return shorten(found, 200) or name_in_words(name)


def is_part_name(heading: str) -> bool:
    """Tell whether a heading is one that every paper has ("Introduction"), and so names no document."""
    return bool(_PART_NAMES.fullmatch(heading.strip(" :").lower()))


def name_in_words(name: str) -> str:
    """Return a file's name without its ending, as words: "annual_report-2021.pdf" is "annual report 2021"."""
    path = PurePath(name)
    return _WORD_BREAKS.sub(" ", path.stem).strip() or path.name


def iso_date(text: str) -> str:
    """Return the ISO 8601 date at the beginning of `text` (YYYY, YYYY-MM or YYYY-MM-DD), or ''."""
    found = _ISO_DATE.match(text.strip())
    if not found:
        return ""
    year, month, day = found.group(1), found.group(2), found.group(3)
    if not 1000 <= int(year) <= 2999 or (month and not 1 <= int(month) <= 12):
        return ""
    return found.group(0) if not day or 1 <= int(day) <= 31 else f"{year}-{month}"


@dataclass(frozen=True, slots=True)
class About:
    """What a file says about itself, as it says it; `date` begins with an ISO 8601 date or is ignored.

    `origin` names where that was found ("document properties"); `origins` names it for single facts that
    were found elsewhere, as pairs such as ("date", "mail header").
    """

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    origin: str = ""
    origins: tuple[tuple[str, str], ...] = ()

    def found_in(self, **facts: str) -> tuple[tuple[str, str], ...]:
        """Return the origins of these facts, as a document keeps them; those that are empty have none."""
        known = dict(self.origins)
        return tuple(
            (fact, known.get(fact, self.origin))
            for fact, value in facts.items()
            if value and (fact in known or self.origin)
        )


def title_origin(about: About, title: str, name: str) -> tuple[tuple[str, str], ...]:
    """Return where `title_of` found a document's title: in the file's metadata, or else elsewhere."""
    if collapse(clean(about.title)):
        return about.found_in(title=title)
    return (("title", "file name" if title == name_in_words(name) else "first heading"),)


def document(
    kind: str,
    name: str,
    builder: DocumentBuilder,
    about: About,
    *,
    engine: str,
    problems: tuple[FileProblem, ...] = (),
) -> Document:
    """Return the finished document; raise `Unreadable` ("empty") when it holds nothing to read."""
    if not builder.blocks:
        raise Unreadable("empty")
    pages = (builder.page(),)
    blocks = tuple(builder.blocks)
    title = title_of(about.title, blocks, pages, name)
    author = shorten(clean(about.author), 200)
    date = iso_date(about.date)
    language = about.language[:2].lower() if about.language[:2].isalpha() else ""
    return Document(
        kind,
        title,
        pages,
        blocks,
        author=author,
        date=date,
        language=language,
        engine=engine,
        problems=problems,
        origins=(
            *title_origin(about, title, name),
            *about.found_in(author=author, date=date, language=language),
        ),
    )
