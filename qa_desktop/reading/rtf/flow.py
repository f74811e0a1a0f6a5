"""Where the text of a Rich Text file goes: paragraphs and tables of the body, of notes, of text boxes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from qa_desktop.domain import BlockKind
from qa_desktop.reading.blocks import DocumentBuilder, Marker
from qa_desktop.reading.rtf.tokens import whole

_LONGEST_CELL = 1_000  # characters; a table with longer ones is there for the layout

Parts = list[str | Marker]


@dataclass(slots=True)
class Paragraph:
    """A paragraph; `level` is a heading's, `hidden` the words in it that are not shown."""

    parts: Parts
    level: int = 0
    listed: bool = False
    hidden: str = ""


@dataclass(slots=True)
class Target:
    """Where text goes: the body, a note, a text box, a page's head; and what it has collected."""

    what: str
    label: str = ""
    place: str = ""
    parts: Parts = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    row: list[Parts] = field(default_factory=list)
    rows: list[list[Parts]] = field(default_factory=list)
    items: list[Paragraph | list[list[Parts]]] = field(default_factory=list)
    boxes: list[Target] = field(default_factory=list)
    listed: bool = False

    def end_paragraph(self, state: State, level: int) -> None:
        """Close a paragraph; one in a table only parts the lines of a cell."""
        if state.in_table and self.what == "body":
            self.parts.append(" ")
            return
        self.end_table()
        if self.parts or self.hidden:
            self.items.append(Paragraph(self.parts, level, self.listed, "".join(self.hidden)))
        self.parts, self.hidden, self.listed = [], [], False
        for box in self.boxes:
            self.items.extend(box.items)
        self.boxes = []

    def end_cell(self) -> None:
        """Close a cell of a table."""
        self.row.append(self.parts)
        self.parts = []

    def end_row(self) -> None:
        """Close a row of a table."""
        if self.parts:
            self.end_cell()
        self.rows.append(self.row)
        self.row = []

    def end_table(self) -> None:
        """Close a table, if one is open."""
        if self.row:
            self.rows.append(self.row)
            self.row = []
        if self.rows:
            self.items.append(self.rows)
            self.rows = []

    def words(self) -> str:
        """Return the collected words alone, paragraph by paragraph."""
        lines = (item.parts for item in self.items if isinstance(item, Paragraph))
        return "\n".join("".join(p for p in parts if isinstance(p, str)).strip() for parts in lines)


@dataclass(frozen=True, slots=True)
class State:
    """What a group inherits from the one around it; in one that is sealed nothing is read at all."""

    target: Target
    silent: bool = False
    sealed: bool = False
    owns: bool = False
    page: str = ""
    skip_after: int = 1
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    style: int | None = None
    outline: int = 9
    table: str = ""


def add_item(builder: DocumentBuilder, item: Paragraph | list[list[Parts]]) -> None:
    """Add a paragraph or a table of the body."""
    if isinstance(item, Paragraph):
        kind = BlockKind.LIST if item.listed else BlockKind.PARAGRAPH
        parts = _whole(item.parts)
        kind = BlockKind.HEADING if item.level else kind
        builder.add(kind, parts, level=item.level)
        builder.add(BlockKind.ASIDE, [whole(item.hidden)], label="hidden")
        return
    rows = [[_whole(cell) for cell in row] for row in item]
    longest = max((sum(len(p) for p in c if isinstance(p, str)) for r in rows for c in r), default=0)
    if len(rows) > 1 and max(map(len, rows)) > 1 and longest <= _LONGEST_CELL:
        builder.add_table(rows)
        return
    for row in rows:  # a table that only arranges text on the page
        for cell in row:
            builder.add(BlockKind.PARAGRAPH, cell)


def _whole(parts: Iterable[str | Marker]) -> Parts:
    return [whole(p) if isinstance(p, str) else p for p in _joined(parts)]


def _joined(parts: Iterable[str | Marker]) -> Iterable[str | Marker]:
    """Join what stands between markers, so that no pair of surrogates is parted."""
    text: list[str] = []
    for part in parts:
        if isinstance(part, str):
            text.append(part)
            continue
        if text:
            yield "".join(text)
            text = []
        yield part
    if text:
        yield "".join(text)
