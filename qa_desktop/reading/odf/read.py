"""Read OpenDocument files: texts, workbooks, presentations and drawings, packed (ODT) or flat (FODT)."""

from __future__ import annotations

import re
from importlib.metadata import version

from qa_desktop.domain import BlockKind, Document, FileProblem, collapse
from qa_desktop.reading.archives.archive import open_archive, read_part
from qa_desktop.reading.blocks import About, DocumentBuilder, document
from qa_desktop.reading.odf.sheets import add_sheets
from qa_desktop.reading.odf.slides import add_slides
from qa_desktop.reading.odf.text import Styles, TextFlow
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.safe_xml import Element, below, child, local, parse_xml, value

_KINDS = {"text": "odt", "spreadsheet": "sheets", "presentation": "slides", "drawing": "slides"}
_MARGINS = re.compile(r"(header|footer)(?:-left|-first)?")
# What a program fills in; every workbook has a head with the sheet's name and a foot "Page 1" unasked.
_FIELDS = ("sheet-name", "title", "page-number", "page-count", "date", "time", "file-name")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_OBJECTS = 500


def read_odf(data: bytes, name: str) -> Document:
    """Return the document in the bytes of an OpenDocument file; raises `Unreadable`."""
    if data.startswith(b"PK"):
        return _Reader(_parts(data)).read(name)
    root = parse_xml(data, "document")
    return _Reader({"content.xml": root, "styles.xml": root, "meta.xml": root}).read(name)


def _parts(data: bytes) -> dict[str, Element]:
    """Return the parts of a package that hold text: its own, and the content of the objects in it."""
    archive = open_archive(data)
    names = archive.namelist()
    if "META-INF/manifest.xml" in names and b"encryption-data" in read_part(archive, "META-INF/manifest.xml"):
        raise Unreadable("encrypted", "protected OpenDocument file")
    if "content.xml" not in names:
        raise Unreadable("damaged", "the main part is missing")
    found = {"content.xml": parse_xml(read_part(archive, "content.xml"), "content.xml")}
    objects = [n for n in names if n.endswith("/content.xml") and n.count("/") == 1][:_MOST_OBJECTS]
    for part in ("styles.xml", "meta.xml", *objects):
        try:
            found[part] = parse_xml(read_part(archive, part), part)
        except (KeyError, Unreadable):
            continue  # styles and facts are a help, not the text
    return found


class _Reader:
    """Reads one file, given the roots of its parts by name."""

    def __init__(self, parts: dict[str, Element]) -> None:
        self._parts = parts
        self._builder = DocumentBuilder()
        self._flow = TextFlow(self._builder, Styles(parts["content.xml"], parts.get("styles.xml")))

    def read(self, name: str) -> Document:
        """Read the body, by what it is, then what stands beside it."""
        body = child(self._parts["content.xml"], "body")
        inner = next((e for e in (body if body is not None else ()) if local(e) in _KINDS), None)
        if inner is None:
            raise Unreadable("damaged", "no body in it")
        what = local(inner)
        problems: list[FileProblem] = []
        if what == "spreadsheet":
            problems.extend(add_sheets(inner, self._flow))
        elif what == "text":
            self._flow.add(inner)
            self._flow.add_notes()
        else:
            add_slides(inner, self._flow, "slide" if what == "presentation" else "page")
        self._add_charts(inner)
        self._add_margins(least=2 if what == "spreadsheet" else 1)
        engine = f"odf 1, lxml {version('lxml')}"
        return document(
            _KINDS[what], name, self._builder, self._about(), engine=engine, problems=tuple(problems)
        )

    def _add_charts(self, body: Element) -> None:
        """Add titles and numbers of the charts that are shown in the body."""
        seen: set[str] = set()
        for shown in below(body, "object"):
            part = value(shown, "href").removeprefix("./").rstrip("/") + "/content.xml"
            chart = next(below(self._parts.get(part), "chart"), None) if part not in seen else None
            seen.add(part)
            if chart is None:
                continue
            for title in below(chart, "title", "subtitle"):
                words = collapse(" ".join(p.text for p in self._flow.paragraphs(title)))
                self._builder.add(BlockKind.CAPTION, [words], locator="chart")
            for table in below(chart, "table"):
                rows = [
                    [
                        collapse(" ".join(p.text for p in self._flow.paragraphs(c)))
                        for c in below(r, "table-cell")
                    ]
                    for r in below(table, "table-row")
                ]
                lines = ("\t".join(row) for row in rows if any(row))
                self._builder.add(BlockKind.TABLE, ["\n".join(lines)], locator="numbers of a chart")

    def _add_margins(self, least: int) -> None:
        """Set the heads and feet of the pages aside, each once, if they have `least` words of their own."""
        seen: set[str] = set()
        for master in below(self._parts.get("styles.xml"), "master-page"):
            for part in master:
                found = _MARGINS.fullmatch(local(part))
                words = "\n".join(p.text for p in self._flow.paragraphs(part)) if found else ""
                own = " ".join(
                    t for e in part.iter() if local(e) not in _FIELDS for t in (e.text, e.tail) if t
                )
                if words.strip() and len(_WORD.findall(own)) >= least and collapse(words) not in seen:
                    seen.add(collapse(words))
                    self._builder.add(
                        BlockKind.ASIDE, [words], label=f"page {found[1] if found else local(part)}"
                    )

    def _about(self) -> About:
        meta = next(below(self._parts.get("meta.xml"), "meta"), None)
        found = {local(e): collapse(e.text or "") for e in (meta if meta is not None else ())}
        return About(
            found.get("title", ""),
            found.get("initial-creator", "") or found.get("creator", ""),
            (found.get("creation-date") or found.get("date") or "")[:10],
            found.get("language", ""),
            origin="document properties",
        )
