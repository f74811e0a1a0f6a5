"""Read Excel workbooks (XLSX): cells as they are shown, comments, text boxes, charts, described pictures."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version

from qa_desktop.domain import BlockKind, Document, FileProblem, collapse
from qa_desktop.domain.cells import cells_in_words
from qa_desktop.reading.archives.archive import LARGEST_TOTAL
from qa_desktop.reading.blocks import DocumentBuilder, clean, document
from qa_desktop.reading.office.drawings import chart_in, description, paragraphs_in
from qa_desktop.reading.office.ooxml import Package
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.safe_xml import Element, below, child, local, value
from qa_desktop.reading.sheets.blocks import add_sheet
from qa_desktop.reading.sheets.cells import Book, cell_formats, read_cells, shared_strings, string_of
from qa_desktop.reading.sheets.grid import Allowance, Sheet

_MOST_SHEETS = 1_000


def read_xlsx(data: bytes, name: str) -> Document:
    """Return the document in the bytes of an XLSX workbook; raises `Unreadable`."""
    package = Package(data)
    builder = DocumentBuilder()
    problems: list[FileProblem] = []
    for sheet, found in _sheets(package):
        problems.extend(found)
        add_sheet(builder, sheet)
    problems.extend(package.problems)
    if not builder.blocks and problems:
        raise Unreadable(problems[0].reason, problems[0].detail)
    engine = f"xlsx 1, lxml {version('lxml')}"
    return document("sheets", name, builder, package.about(), engine=engine, problems=tuple(problems))


def _sheets(package: Package) -> Iterator[tuple[Sheet, list[FileProblem]]]:
    """Yield the sheets in their order, each with what of it could not be read."""
    main = package.main("xl/workbook.xml")
    root = package.xml(main)
    if root is None:
        raise Unreadable("damaged", "the main part is missing")
    relations = {r.id: r for r in package.relations(main)}
    book = Book(
        shared_strings(package.xml(next(package.related(main, "sharedStrings"), ""))),
        cell_formats(package.xml(next(package.related(main, "styles"), ""))),
        since_1904=value(child(root, "workbookPr"), "date1904") in ("1", "true"),
    )
    persons = {
        value(p, "id"): value(p, "displayName")
        for part in package.related(main, "person")
        for p in below(package.xml(part), "person")
    }
    allowance = Allowance()
    for entry in list(below(child(root, "sheets"), "sheet"))[:_MOST_SHEETS]:
        relation = relations.get(value(entry, "id"))
        sheet = Sheet(
            clean(entry.get("name") or ""), hidden=value(entry, "state") in ("hidden", "veryHidden")
        )
        if relation is None or not package.has(relation.target):
            yield sheet, [FileProblem("damaged", "its part is missing", f"sheet “{sheet.name}”")]
            continue
        try:
            cells = package.bytes_of(relation.target, LARGEST_TOTAL)  # of which only so many cells are read
            problems = read_cells(cells, relation.target, sheet, book, allowance)
        except Unreadable as error:
            problems = [FileProblem(error.problem.reason, error.problem.detail, f"sheet “{sheet.name}”")]
        sheet.notes.extend(_comments(package, relation.target, persons))
        for drawing in package.related(relation.target, "drawing"):
            sheet.texts.extend(drawn_on(package, drawing))
        yield sheet, problems


def _comments(package: Package, part: str, persons: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield (cell, author, text); a conversation takes the place of the note that stands in for it."""
    threads: set[str] = set()
    for threaded in package.related(part, "threadedComment"):
        for comment in below(package.xml(threaded), "threadedComment"):
            text = child(comment, "text")
            threads.add(value(comment, "ref"))
            if text is not None:
                yield value(comment, "ref"), persons.get(value(comment, "personId"), ""), text.text or ""
    for comments in package.related(part, "comments"):
        root = package.xml(comments)
        authors = [a.text or "" for a in below(child(root, "authors"), "author")]
        for comment in below(root, "comment"):
            number = value(comment, "authorId")
            author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
            text = child(comment, "text")
            if text is not None and value(comment, "ref") not in threads:
                words = string_of(text)
                yield (
                    value(comment, "ref"),
                    author,
                    words.removeprefix(f"{author}:").strip() if author else words,
                )


def drawn_on(package: Package, part: str) -> Iterator[tuple[BlockKind, str, str]]:
    """Yield (kind, place, text) of text boxes, charts and described pictures that lie on a sheet."""
    root = package.xml(part)
    charts = {r.id: r.target for r in package.relations(part) if r.kind in ("chart", "chartEx")}
    for anchor in root if root is not None else ():
        where = _anchored(anchor)
        for element in below(anchor, "sp", "pic", "chart"):
            if local(element) == "sp":
                for paragraph in paragraphs_in(child(element, "txBody")):
                    yield BlockKind.PARAGRAPH, f"text box{where}", paragraph.text
            if local(element) == "chart":
                target = charts.get(value(element, "id"), "")
                yield from chart_blocks(package, target, f"chart{where}") if target else ()
            else:
                words = description(next(below(element, "cNvPr"), None))
                if words:
                    yield BlockKind.CAPTION, f"picture{where}", words


def chart_blocks(package: Package, part: str, place: str) -> Iterator[tuple[BlockKind, str, str]]:
    """Yield (kind, place, text) of a chart: its titles as captions, its numbers as a table."""
    chart = chart_in(package, part)
    for title in chart.titles:
        yield BlockKind.CAPTION, place, title
    if chart.rows:
        table = "\n".join("\t".join(collapse(clean(cell)) for cell in row) for row in chart.rows)
        yield BlockKind.TABLE, place, table


def _anchored(anchor: Element) -> str:
    """Return " at cell B7" for what is anchored there."""
    start = child(anchor, "from")
    row, column = child(start, "row"), child(start, "col")
    if row is None or column is None or not (row.text or "").isdigit() or not (column.text or "").isdigit():
        return ""
    row_number, column_number = int(row.text) + 1, int(column.text) + 1
    return f" at {cells_in_words(row_number, column_number, row_number, column_number)}"
