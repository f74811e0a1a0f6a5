"""The sheets of OpenDocument workbooks (ODS): cells as they are shown, which the file keeps too."""

from __future__ import annotations

from collections.abc import Iterator

from qa_desktop.domain import BlockKind, FileProblem, collapse
from qa_desktop.domain.cells import cells_in_words
from qa_desktop.reading.blocks import clean
from qa_desktop.reading.odf.text import MOST_REPEATS, TextFlow
from qa_desktop.reading.safe_xml import Element, child, local, value
from qa_desktop.reading.sheets.blocks import add_sheet
from qa_desktop.reading.sheets.grid import Allowance, Sheet, missing_from, shown_text

_LAST_COLUMN = 16_384
_LAST_ROW = 1_048_576
_UNSEEN = ("collapse",)  # "filter" hides too, but a filter is a click away


def add_sheets(body: Element, flow: TextFlow) -> list[FileProblem]:
    """Add the sheets of office:spreadsheet; return what was left out."""
    problems: list[FileProblem] = []
    allowance = Allowance()
    for table in body:
        if local(table) == "table":
            name = clean(value(table, "name"))
            style = value(table, "style-name")
            hidden = flow.styles.property_of("table", style, "display") == "false"
            sheet = Sheet(name, hidden=hidden)
            problems.extend(_Reader(sheet, flow, allowance).read(table))
            add_sheet(flow.builder, sheet)
    return problems


class _Reader:
    """Reads one sheet."""

    def __init__(self, sheet: Sheet, flow: TextFlow, allowance: Allowance) -> None:
        self._sheet = sheet
        self._flow = flow
        self._allowance = allowance
        self._hidden_columns: set[int] = set()
        self._column = 0
        self._row = 0

    def read(self, table: Element) -> list[FileProblem]:
        """Put the cells of a table into the sheet."""
        for part, grouped in _parts(table, grouped=False):
            name = local(part)
            count = value(part, f"number-{'columns' if name == 'table-column' else 'rows'}-repeated")
            repeats = int(count) if count.isdigit() else 1
            unseen = value(part, "visibility") in _UNSEEN and not grouped
            if name == "table-column":
                if unseen:
                    last = min(self._column + repeats, _LAST_COLUMN)
                    self._hidden_columns.update(range(self._column + 1, last + 1))
                self._column += repeats
            elif name == "shapes":
                for words in self._flow.paragraphs(part):
                    self._sheet.texts.append((BlockKind.PARAGRAPH, "text box", words.text))
            elif not self._read_row(part, repeats, unseen=unseen):
                return [missing_from(self._sheet.name, self._row + 1)]
        return []

    def _read_row(self, row: Element, repeats: int, *, unseen: bool) -> bool:
        cells: dict[int, str] = {}
        column = 0
        for cell in row:
            if local(cell) not in ("table-cell", "covered-table-cell"):
                continue
            count = value(cell, "number-columns-repeated")
            wide = int(count) if count.isdigit() else 1
            text = self._shown(cell, self._row + 1, column + 1) if len(cell) else ""
            spanned = value(cell, "number-columns-spanned")
            if text and spanned.isdigit() and int(spanned) > 1:
                self._sheet.merged[(self._row + 1, column + 1)] = min(column + int(spanned), _LAST_COLUMN)
            for _ in range(min(wide, MOST_REPEATS) if text else 0):
                column += 1
                cells[column] = text
                wide -= 1
            column += wide
            if column > _LAST_COLUMN:
                break
        for _ in range(min(repeats, MOST_REPEATS) if cells else 0):
            self._row += 1
            repeats -= 1
            if unseen:
                self._sheet.hidden_rows.add(self._row)
            for number, text in cells.items():
                if not self._allowance.take(text):
                    return False
                out_of_sight = unseen or number in self._hidden_columns
                place = self._sheet.concealed if out_of_sight else self._sheet.rows
                place.setdefault(self._row, {})[number] = text
        if unseen and repeats <= 10_000:
            self._sheet.hidden_rows.update(range(self._row + 1, self._row + repeats + 1))
        self._row = min(self._row + repeats, _LAST_ROW)
        return True

    def _shown(self, cell: Element, row: int, column: int) -> str:
        """Return what a cell shows; its comment and the text boxes anchored to it go to the sheet."""
        name = cells_in_words(row, column, row, column)
        lines: list[str] = []
        for part in cell:
            kind = local(part)
            if kind == "annotation":
                author = next((e.text or "" for e in part if local(e) == "creator"), "")
                words = "\n".join(p.text for p in self._flow.paragraphs(part))
                self._sheet.notes.append((name.removeprefix("cell "), author, words))
            elif kind == "p":
                lines.extend(p.text for p in self._flow.paragraphs(part))
            else:
                for box in self._flow.paragraphs(part):
                    self._sheet.texts.append((BlockKind.PARAGRAPH, f"text box at {name}", box.text))
                for told in (child(part, "title"), child(part, "desc")):
                    if told is not None and collapse(told.text or ""):
                        self._sheet.texts.append((BlockKind.CAPTION, f"picture at {name}", told.text or ""))
        return shown_text(" ".join(lines))


def _parts(table: Element, *, grouped: bool) -> Iterator[tuple[Element, bool]]:
    """Yield columns, rows and shapes of a table; whether they are in a group that can be folded."""
    for part in table:
        name = local(part)
        if name in ("table-column", "table-row", "shapes"):
            yield part, grouped
        elif name in ("table-column-group", "table-row-group"):
            yield from _parts(part, grouped=True)
        elif name in ("table-columns", "table-rows", "table-header-columns", "table-header-rows"):
            yield from _parts(part, grouped=grouped)
