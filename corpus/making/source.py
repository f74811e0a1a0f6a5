"""Read the source of a paper: a small subset of Markdown under a TOML head.

A head between two lines of `+++` gives title, author, date and layout.  Below it: `#` and `##` headings,
paragraphs, lines of `|` cells, `[^1]` note marks and `[^1]: …` notes, `*italic*`.  A paragraph that begins
with "Table" and a number is the caption of the table after it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_SPAN = re.compile(r"\[\^(?P<note>\w+)\]|\*(?P<italic>[^*]+)\*")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style: "" for plain, "italic", or "note" for a note's mark."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, caption or table; `rows` is for tables only, the header row first."""

    kind: str
    spans: tuple[Span, ...] = ()
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The words, without the marks of notes."""
        return "".join(span.text for span in self.spans if span.style != "note")


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper says, before it has a format.  `notes` are in the order of their marks."""

    name: str
    title: str
    subtitle: str
    author: str
    day: date
    series: str
    subject: str
    keywords: str
    notice: str
    naming: str
    blocks: tuple[Block, ...]
    notes: dict[str, str]


def split_spans(text: str) -> tuple[Span, ...]:
    """Split a line of source into spans."""
    spans: list[Span] = []
    at = 0
    for found in _SPAN.finditer(text):
        if found.start() > at:
            spans.append(Span(text[at : found.start()]))
        if found["note"]:
            spans.append(Span(found["note"], "note"))
        else:
            spans.append(Span(found["italic"], "italic"))
        at = found.end()
    if at < len(text):
        spans.append(Span(text[at:]))
    return tuple(spans)


def _block(lines: list[str]) -> Block:
    first = lines[0]
    if first.startswith("#"):
        marks, _, text = first.partition(" ")
        return Block("heading", split_spans(text), level=len(marks))
    if first.startswith("|"):
        cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
        return Block("table", rows=tuple(row for row in cells if not set("".join(row)) <= {"-"}))
    spans = split_spans(" ".join(lines))
    return Block("caption" if re.match(r"Table \d+\. ", first) else "paragraph", spans)


def read_paper(path: Path) -> Paper:
    """Read the source at `path`; a note without a mark, or a mark without a note, raises ValueError."""
    _, head, body = path.read_text("utf-8").replace("'", "’").split("+++\n", 2)
    meta = tomllib.loads(head)
    notes: dict[str, str] = {}
    blocks: list[Block] = []
    for part in re.split(r"\n\s*\n", body.strip()):
        lines = part.splitlines()
        if lines[0].startswith("[^"):
            for line in lines:
                label, _, text = line[2:].partition("]: ")
                notes[label] = text
        else:
            blocks.append(_block(lines))
    marks = [span.text for block in blocks for span in block.spans if span.style == "note"]
    if marks != list(notes):
        raise ValueError(f"{path.name}: the marks {marks} and the notes {list(notes)} do not agree")
    return Paper(
        name=path.stem,
        title=meta["title"],
        subtitle=meta["subtitle"],
        author=meta["author"],
        day=date.fromisoformat(meta["date"]),
        series=meta["series"],
        subject=meta["subject"],
        keywords=meta["keywords"],
        notice=meta["notice"],
        naming=meta.get("naming", ""),
        blocks=tuple(blocks),
        notes=notes,
    )
