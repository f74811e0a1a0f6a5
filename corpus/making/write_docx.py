"""Write a paper as a Word document (Office Open XML, ECMA-376): headings, a table, footnotes, page numbers.

The parts are written by hand into a zip without compression and with one fixed time, so that the same
source gives the same bytes on every computer.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from corpus.making.docx_parts import CONTENT_TYPES, DOCUMENT_RELATIONS, RELATIONS, SETTINGS, STYLES
from corpus.making.package import write_package
from corpus.making.source import Block, Paper, Span

_W: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TEXT_WIDTH: Final = 9026  # twentieths of a point: A4 less two margins of one inch


def _runs(spans: Sequence[Span], notes: Sequence[str]) -> str:
    parts = []
    for span in spans:
        if span.style == "note":
            number = notes.index(span.text) + 1
            parts.append(
                '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
                f'<w:footnoteReference w:id="{number}"/></w:r>'
            )
        else:
            style = "<w:rPr><w:i/></w:rPr>" if span.style == "italic" else ""
            parts.append(f'<w:r>{style}<w:t xml:space="preserve">{escape(span.text)}</w:t></w:r>')
    return "".join(parts)


def _paragraph(style: str, spans: Sequence[Span], notes: Sequence[str] = ()) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_runs(spans, notes)}</w:p>'


def _table(rows: Sequence[Sequence[str]]) -> str:
    longest = [max(len(row[n]) for row in rows) + 3 for n in range(len(rows[0]))]
    widths = [_TEXT_WIDTH * n // sum(longest) for n in longest]
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    lines = []
    for number, row in enumerate(rows):
        header = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if number == 0 else ''}</w:trPr>"
        style = "TableText" if number else "TableHead"
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/></w:tcPr>{_paragraph(style, [Span(cell)])}</w:tc>'
            for w, cell in zip(widths, row, strict=True)
        )
        lines.append(f"<w:tr>{header}{cells}</w:tr>")
    properties = (
        f'<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{_TEXT_WIDTH}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
    )
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"


def _body(paper: Paper) -> str:
    notes = list(paper.notes)
    parts = [
        _paragraph("Title", [Span(paper.title)]),
        _paragraph("Subtitle", [Span(paper.subtitle)]),
        _paragraph("Byline", [Span(f"{paper.author}, {paper.day.day} {paper.day:%B %Y}")]),
        _paragraph("Notice", [Span(paper.notice)]),
    ]
    parts += [_block(block, notes) for block in paper.blocks]
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
        '<w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" '
        'w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
    )
    return f"{_HEAD}<w:document {_W}><w:body>{''.join(parts)}{section}</w:body></w:document>"


def _block(block: Block, notes: Sequence[str]) -> str:
    if block.kind == "table":
        return _table(block.rows)
    styles = {"heading": f"Heading{block.level}", "caption": "Caption", "paragraph": "BodyText"}
    return _paragraph(styles[block.kind], block.spans, notes)


def _footnotes(paper: Paper) -> str:
    separators = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        "</w:footnote>"
    )
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>{mark}'
        f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        for n, text in enumerate(paper.notes.values(), 1)
    )
    return f"{_HEAD}<w:footnotes {_W}>{separators}{notes}</w:footnotes>"


def _core(paper: Paper) -> str:
    stamp = f"{paper.day.isoformat()}T09:00:00Z"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(paper.title)}</dc:title><dc:subject>{escape(paper.subject)}</dc:subject>"
        f"<dc:creator>{escape(paper.author)}</dc:creator><cp:keywords>{escape(paper.keywords)}</cp:keywords>"
        "<dc:language>en-GB</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>'
    )


def write_docx(paper: Paper, path: Path) -> None:
    """Write `paper` to `path`."""
    header = _paragraph("Header", [Span(f"{paper.series} · {paper.title}")])
    footer = (
        '<w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="center"/></w:pPr>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    )
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONS,
        "docProps/core.xml": _core(paper),
        "word/document.xml": _body(paper),
        "word/_rels/document.xml.rels": DOCUMENT_RELATIONS,
        "word/styles.xml": STYLES,
        "word/settings.xml": SETTINGS,
        "word/footnotes.xml": _footnotes(paper),
        "word/header1.xml": f"{_HEAD}<w:hdr {_W}>{header}</w:hdr>",
        "word/footer1.xml": f"{_HEAD}<w:ftr {_W}>{footer}</w:ftr>",
    }
    write_package(path, parts)
