"""From the lines of a document's pages to its blocks: set aside, group, name, and join over breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qa_desktop.domain import Block, BlockKind
from qa_desktop.reading.pdf.asides import Asides, find_asides, with_numbers_apart
from qa_desktop.reading.pdf.blocks import Draft, Maker
from qa_desktop.reading.pdf.headings import Headings, is_caption
from qa_desktop.reading.pdf.lines import Line, PageText
from qa_desktop.reading.pdf.notes import Note, find_notes, is_finished, references_in_sequence
from qa_desktop.reading.pdf.paragraphs import (
    BULLET,
    FINAL,
    Columns,
    Measure,
    is_item,
    measure,
    same_style,
    split_paragraphs,
)
from qa_desktop.reading.pdf.structure import OutlineItem
from qa_desktop.reading.pdf.tables import Table, contents_lines, find_tables, is_contents


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a document in reading order, and the printed page numbers found on its pages."""

    blocks: tuple[Block, ...]
    labels: dict[int, str]


def lay_out(pages: Sequence[PageText], outline: Iterable[OutlineItem] = ()) -> Layout:
    """Find the blocks of a document whose page n is `pages[n - 1]`."""
    pages = [with_numbers_apart(page) for page in pages]
    asides = find_asides(pages)
    kept = [
        [line for line in page.lines if (page.number, line.start) not in asides.rules and not _is_askew(line)]
        for page in pages
    ]
    usual = measure(kept)
    headings = Headings(usual, outline)
    arranged: list[_Arranged] = []
    unfinished: Note | None = None
    for page, lines in zip(pages, kept, strict=True):
        found = _arrange(page, lines, usual, headings, asides, unfinished)
        if found.notes:
            last = found.notes[-1]
            unfinished = None if is_finished(last.lines) else last
        elif not found.continued or is_finished(found.continued):
            unfinished = None
        arranged.append(found)
    drafts = _join([draft for page in arranged for draft in page.drafts])
    named = [d for d in drafts if d.kind is BlockKind.HEADING]
    for draft, level in zip(named, headings.levels([d.lines for d in named]), strict=True):
        draft.level = level
    maker = Maker(
        pages,
        labels={page.number: a.labels for page, a in zip(pages, arranged, strict=True)},
        endnotes=references_in_sequence(kept),
    )
    blocks = [block for draft in drafts if (block := maker.block(draft)) is not None]
    return Layout(tuple(blocks), asides.labels)


def _is_askew(line: Line) -> bool:
    """Tell whether a line is a stamp or the legend of an axis: it runs another way, and is short."""
    return line.sideways and len(line.text) < 60


@dataclass(slots=True)
class _Arranged:
    drafts: list[Draft]
    notes: list[Note] = field(default_factory=list)
    continued: list[Line] = field(default_factory=list)

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(n.label for n in self.notes)


def _arrange(
    page: PageText,
    lines: Sequence[Line],
    usual: Measure,
    headings: Headings,
    asides: Asides,
    unfinished: Note | None,
) -> _Arranged:
    """Return the drafts of one page in reading order; the notes come last."""
    notes = find_notes(page, lines, usual.body, unfinished=unfinished is not None)
    if unfinished is not None:
        unfinished.lines.extend(notes.continued)
    body = [line for line in lines if line.start not in notes.taken]
    contents = contents_lines(body)
    columns = Columns(body, usual.body)
    drafts: list[Draft] = []
    stretch: list[Line] = []
    tables = {t.first: t for t in find_tables(body)}

    def flush() -> None:
        drafts.extend(_paragraphs(stretch, usual, columns, headings))
        stretch.clear()

    i = 0
    while i < len(body):
        table = tables.get(i)
        if table:
            flush()
            drafts.extend(_table(table, body[table.first : table.last], drafts))
            i = table.last
            continue
        if i in contents:
            flush()
            drafts.append(Draft(BlockKind.ASIDE, [body[i]], label="table of contents"))
        else:
            stretch.append(body[i])
        i += 1
    flush()
    drafts.extend(Draft(BlockKind.NOTE, n.lines, label=n.label, lead=n.lead) for n in notes.notes)
    left_out = [line for line in page.lines if (page.number, line.start) in asides.rules or _is_askew(line)]
    drafts.extend(
        Draft(BlockKind.ASIDE, [line], label=asides.rules.get((page.number, line.start), "sideways"))
        for line in left_out
    )
    return _Arranged(drafts, notes.notes, notes.continued)


def _table(table: Table, lines: Sequence[Line], before: Sequence[Draft]) -> list[Draft]:
    """Return the draft of a table, or those of the lines of a table of contents, which are set aside."""
    above = before[-1] if before else None
    if above and above.kind is BlockKind.HEADING and is_contents(above.lines[0].text, lines):
        return [Draft(BlockKind.ASIDE, [line], label="table of contents") for line in lines]
    return [Draft(BlockKind.TABLE, list(lines), rows=table.rows)]


def _paragraphs(lines: Sequence[Line], usual: Measure, columns: Columns, headings: Headings) -> list[Draft]:
    groups = split_paragraphs(lines, usual, columns)
    drafts = []
    for i, group in enumerate(groups):
        above = groups[i - 1][-1].base - group[0].base if i else 99.0
        below = group[-1].base - groups[i + 1][0].base if i + 1 < len(groups) else 99.0
        wide = 1.25 * usual.step(group[0].size)
        alone = (above > wide or above < 0) and (below > wide or below < 0)
        if is_caption(group):
            drafts.append(Draft(BlockKind.CAPTION, group))
        elif headings.is_heading(group, alone=alone):
            drafts.append(Draft(BlockKind.HEADING, group))
        elif is_item(group[0]):
            bullet = BULLET.match(group[0].text)
            drafts.append(Draft(BlockKind.LIST, group, lead=bullet.end() if bullet else 0))
        else:
            drafts.append(Draft(BlockKind.PARAGRAPH, group, full=_is_full(group[-1], columns)))
    return drafts


def _is_full(line: Line, columns: Columns) -> bool:
    return line.right >= columns.right(line) - 4 * line.size


def _join(drafts: Sequence[Draft]) -> list[Draft]:
    """Join paragraphs that a break, a note, a table or a figure interrupts in the middle of a sentence."""
    joined: list[Draft] = []
    open_: Draft | None = None
    between: list[Draft] = []
    for draft in drafts:
        if draft.kind in (BlockKind.PARAGRAPH, BlockKind.LIST) and open_ and _goes_on(open_, draft, between):
            open_.lines.extend(draft.lines)
            open_.full = draft.full
            continue
        if open_ and _is_aside_of(open_, draft):
            between.append(draft)
        elif draft.kind in (BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.HEADING):
            open_ = draft if draft.kind is not BlockKind.HEADING else None
            between = []
        else:
            between.append(draft)
        joined.append(draft)
    return joined


def _is_aside_of(open_: Draft, draft: Draft) -> bool:
    """Tell whether small print stands between an unfinished paragraph and, perhaps, its continuation."""
    return (
        draft.kind is BlockKind.PARAGRAPH
        and draft.lines[0].size < 0.93 * open_.lines[-1].size
        and not FINAL.search(open_.lines[-1].ending)
    )


def _goes_on(before: Draft, after: Draft, between: Sequence[Draft]) -> bool:
    """Tell whether the sentence at the end of `before` goes on in `after`."""
    last, first = before.lines[-1], after.lines[0]
    if after.kind is BlockKind.LIST or FINAL.search(last.ending) or not same_style(last, first):
        return False
    if last.page != first.page and first.page - last.page > 1:
        return False
    broken = last.page != first.page or first.base > last.base or bool(between)
    if not broken:
        return False
    if first.text[:1].islower() or last.hyphen or last.text.endswith("-"):
        return not last.ending.endswith(":")
    interrupted = any(d.kind in (BlockKind.TABLE, BlockKind.CAPTION) for d in between)
    return before.full and not interrupted and last.ending[-1:] not in ":;"
