"""Print a paper as PDF, in one column with a title page, or as a brief in two columns.

The same source gives the same bytes: streams are not compressed (compressors differ between computers),
dates are those of the source, and reportlab runs in its invariant mode.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpus.making.fonts import BOLD, ITALIC, SANS, SANS_BOLD, SERIF, register_fonts, width_of
from corpus.making.layout import Flow, Frame, Measures, Rule, SetLine, Sheet
from corpus.making.lines import Line, Piece, base_of, break_lines, words_of
from corpus.making.source import Block, Paper, Span

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.textobject import PDFTextObject

WIDTH: Final = 595.28  # A4, in points
HEIGHT: Final = 841.89
PAPER: Final = Measures(size=10.6, leading=14.8, note_size=8.4, note_leading=10.8, indent=14)
BRIEF: Final = Measures(size=9.5, leading=12.4, note_size=7.8, note_leading=9.8, indent=10)
_MARGIN: Final = 88.0
_GUTTER: Final = 22.0


def _one_line(text: str, font: str, size: float) -> Line:
    return Line(tuple(words_of([Span(text)], font, size)), width_of(" ", font, size), 0, ())


def _set_table(flow: Flow, block: Block, size: float, leading: float) -> None:
    natural = [max(width_of(row[n], SANS, size) for row in block.rows) + 4 for n in range(len(block.rows[0]))]
    gap = (flow.width - sum(natural)) / max(1, len(natural) - 1)
    offsets = [sum(natural[:n]) + n * gap for n in range(len(natural))]
    flow.rule(5, 0.9)
    for number, row in enumerate(block.rows):
        font = SANS if number else SANS_BOLD
        cells = [(at, _one_line(cell, font, size)) for at, cell in zip(offsets, row, strict=True) if cell]
        flow.row(cells, leading)
        if number == 0:
            flow.rule(4, 0.4)
    flow.rule(5, 0.9)


def set_blocks(
    flow: Flow, blocks: Sequence[Block], m: Measures, hyphenation: Mapping[str, tuple[int, ...]]
) -> None:
    """Set the blocks of a paper into `flow`."""
    before = ""
    chapter = 0
    for n, block in enumerate(blocks):
        if block.kind == "heading":
            chapter += block.level == 1
            text = f"{chapter}. {block.text}" if block.level == 1 else block.text
            size = m.size + (3.2 if block.level == 1 else 0.6)
            lines = break_lines(words_of([Span(text)], BOLD, size), flow.width, hyphenation={}, justify=False)
            flow.space(m.leading * (1.25 if block.level == 1 else 0.75))
            flow.heading(block.level, text, lines, size * 1.3)
            flow.space(m.leading * 0.3)
        elif block.kind == "caption":
            table = blocks[n + 1]
            flow.space(m.leading * 0.8)
            flow.need((len(table.rows) + 3) * m.leading)
            words = words_of(block.spans, SANS_BOLD, m.note_size + 0.6)
            flow.lines(break_lines(words, flow.width, hyphenation={}, justify=False), m.leading * 0.95)
        elif block.kind == "table":
            _set_table(flow, block, m.note_size + 0.4, m.leading * 0.95)
            flow.space(m.leading * 0.6)
        else:
            source = block.text.startswith("Source: ")
            font, size = (ITALIC, m.note_size + 0.6) if source else (SERIF, m.size)
            indent = m.indent if before == "paragraph" and not source else 0.0
            words = words_of(block.spans, font, size)
            lines = break_lines(words, flow.width, hyphenation=hyphenation, indent=indent)
            flow.space(m.leading * 0.35 if source else 0)
            flow.lines(lines, m.leading if not source else m.leading * 0.9)
            if source:
                flow.space(m.leading * 0.3)
        before = block.kind


def _draw_piece(text: PDFTextObject, piece: Piece, blank: str, *, only_blank: bool = False) -> None:
    text.setFont(piece.font, piece.size)
    text.setRise(piece.rise)
    text.textOut(blank if only_blank else piece.text + blank)


def _draw_line(canvas: Canvas, x: float, y: float, line: Line) -> None:
    base = base_of(line.words)
    natural = width_of(" ", base.font, base.size)
    text = canvas.beginText(x + line.indent, y)
    text.setWordSpace(line.space - natural)
    for n, word in enumerate(line.words):
        blank = " " if n < len(line.words) - 1 else ""
        for piece in word[:-1]:
            _draw_piece(text, piece, "")
        if word[-1].rise:
            _draw_piece(text, word[-1], "")
            _draw_piece(text, base, blank, only_blank=True)
        else:
            _draw_piece(text, word[-1], blank)
    canvas.drawText(text)


def _draw_sheet(canvas: Canvas, sheet: Sheet, key: str) -> None:
    for item in sheet.items:
        if isinstance(item, Rule):
            canvas.setLineWidth(item.weight)
            canvas.line(item.x, item.y, item.x + item.width, item.y)
        elif isinstance(item, SetLine):
            _draw_line(canvas, item.x, item.y, item.line)
    for n, (level, text, y) in enumerate(sheet.headings):
        canvas.bookmarkHorizontal(f"{key}-{n}", 0, y + 12)
        canvas.addOutlineEntry(text, f"{key}-{n}", level - 1, closed=False)


def _paragraph(
    canvas: Canvas,
    text: str,
    place: tuple[float, float, float],
    face: tuple[str, float, float],
    hyphenation: Mapping[str, tuple[int, ...]] | None = None,
) -> float:
    """Draw ragged text at `place` (x, y, width) in `face` (font, size, leading); return the y below it."""
    x, y, width = place
    font, size, leading = face
    words = words_of([Span(text)], font, size)
    for line in break_lines(words, width, hyphenation=hyphenation or {}, justify=False):
        _draw_line(canvas, x, y, line)
        y -= leading
    return y


def _new_canvas(paper: Paper, path: Path) -> Canvas:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), pageCompression=0, invariant=1, lang="en-GB")
    stamp = f"D:{paper.day:%Y%m%d}090000+00'00'"

    def always(*_: Any) -> str:
        return stamp

    canvas.setDateFormatter(always)
    canvas.setTitle(paper.title)
    canvas.setAuthor(paper.author)
    canvas.setSubject(paper.subject)
    canvas.setKeywords(paper.keywords)
    canvas.setCreator("QA Desktop demonstration library")
    canvas.showOutline()
    return canvas


def _title_page(canvas: Canvas, paper: Paper) -> None:
    x, width = _MARGIN, WIDTH - 2 * _MARGIN
    canvas.setLineWidth(1.2)
    canvas.line(x, 700, x + width, 700)
    _paragraph(canvas, paper.series, (x, 712, width), (SANS, 10.5, 14))
    y = _paragraph(canvas, paper.title, (x, 650, width), (BOLD, 25, 31))
    y = _paragraph(canvas, paper.subtitle, (x, y - 6, width), (ITALIC, 14, 19))
    y = _paragraph(canvas, paper.author, (x, y - 30, width), (SANS_BOLD, 11, 15))
    _paragraph(canvas, f"{paper.day.day} {paper.day:%B %Y}", (x, y - 2, width), (SANS, 11, 15))
    canvas.setLineWidth(0.4)
    canvas.line(x, 172, x + width, 172)
    y = _paragraph(canvas, paper.notice, (x, 154, width), (SANS, 8.8, 12))


def _contents_page(canvas: Canvas, paper: Paper, sheets: Sequence[Sheet]) -> None:
    x, width = _MARGIN, WIDTH - 2 * _MARGIN
    y = _paragraph(canvas, "Contents", (x, 735, width), (BOLD, 13.8, 18)) - 10
    for number, sheet in enumerate(sheets, 1):
        for level, text, _ in sheet.headings:
            inset = 0.0 if level == 1 else 16.0
            _draw_line(canvas, x + inset, y, _one_line(text, SERIF, PAPER.size))
            figure = _one_line(str(number), SERIF, PAPER.size)
            _draw_line(canvas, x + width - width_of(str(number), SERIF, PAPER.size), y, figure)
            y -= 17
    y = _paragraph(canvas, "On names", (x, y - 26, width), (BOLD, 11.2, 15)) - 5
    _paragraph(canvas, paper.naming, (x, y, width), (SERIF, PAPER.size, PAPER.leading))
    canvas.setFont(SANS, 9)
    canvas.drawCentredString(WIDTH / 2, 46, "ii")


def print_paper(paper: Paper, path: Path, hyphenation: Mapping[str, tuple[int, ...]]) -> None:
    """Print with a title page and contents (pages i and ii), then the text from page 1 on."""
    register_fonts()
    frame = Frame(_MARGIN, 760, 72, WIDTH - 2 * _MARGIN)
    flow = Flow(lambda _: [frame], PAPER, paper.notes, hyphenation)
    set_blocks(flow, paper.blocks, PAPER, hyphenation)
    sheets = flow.finish()
    canvas = _new_canvas(paper, path)
    canvas.addPageLabel(0, "ROMAN_LOWER", 1)
    canvas.addPageLabel(2, "ARABIC", 1)
    _title_page(canvas, paper)
    canvas.showPage()
    _contents_page(canvas, paper, sheets)
    canvas.showPage()
    for number, sheet in enumerate(sheets, 1):
        canvas.setFont(SANS, 8.6)
        canvas.drawString(_MARGIN, 787, paper.series)
        canvas.drawRightString(WIDTH - _MARGIN, 787, paper.title)
        canvas.setLineWidth(0.4)
        canvas.line(_MARGIN, 780, WIDTH - _MARGIN, 780)
        _draw_sheet(canvas, sheet, f"p{number}")
        canvas.setFont(SANS, 9)
        canvas.drawCentredString(WIDTH / 2, 46, str(number))
        canvas.showPage()
    canvas.save()


def print_brief(paper: Paper, path: Path, hyphenation: Mapping[str, tuple[int, ...]]) -> None:
    """Print in two columns, the title above them on the first page."""
    register_fonts()
    margin = 54.0
    width = (WIDTH - 2 * margin - _GUTTER) / 2

    def fill(last: int, floor: float) -> list[Sheet]:
        def frames(sheet: int) -> list[Frame]:
            top = 668.0 if sheet == 0 else 776.0
            bottom = floor if sheet == last else 66.0
            return [Frame(margin, top, bottom, width), Frame(margin + width + _GUTTER, top, bottom, width)]

        flow = Flow(frames, BRIEF, paper.notes, hyphenation)
        set_blocks(flow, paper.blocks, BRIEF, hyphenation)
        return flow.finish()

    pages = len(fill(-1, 66))
    floors = range(600, 60, -6)  # the columns of the last page end at the same height
    sheets = next(s for s in (fill(pages - 1, floor) for floor in floors) if len(s) == pages)
    canvas = _new_canvas(paper, path)
    for number, sheet in enumerate(sheets, 1):
        canvas.setFont(SANS, 8.4)
        canvas.drawString(margin, 800, paper.series)
        canvas.drawRightString(WIDTH - margin, 800, f"{paper.day.day} {paper.day:%B %Y}")
        if number == 1:
            y = _paragraph(canvas, paper.title, (margin, 756, WIDTH - 2 * margin), (BOLD, 21, 26))
            y = _paragraph(canvas, paper.subtitle, (margin, y, WIDTH - 2 * margin), (ITALIC, 12.5, 16))
            _paragraph(canvas, paper.author, (margin, y - 4, WIDTH - 2 * margin), (SANS_BOLD, 9.5, 12))
            canvas.setLineWidth(0.9)
            canvas.line(margin, 682, WIDTH - margin, 682)
        _draw_sheet(canvas, sheet, f"p{number}")
        canvas.setFont(SANS, 8.4)
        canvas.drawString(margin, 40, f"{number} / {len(sheets)}")
        if number == len(sheets):
            _paragraph(canvas, paper.notice, (margin + 60, 40, WIDTH - 2 * margin - 60), (SANS, 7.6, 9.6))
        canvas.showPage()
    canvas.save()
