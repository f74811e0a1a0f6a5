"""What holds for every document that was read, and small files to read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from qa_desktop.domain import Block, BlockKind, Document, text_of
from qa_desktop.reading.sentences import sentences_of

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


CONTAINER = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
XHTML = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{}</body></html>'


def check(document: Document) -> None:
    """Assert the laws of places: runs lie in their pages, and sentences say exactly what their runs hold."""
    assert document.title
    for number, page in enumerate(document.pages, 1):
        assert page.number == number
        assert page.text.endswith("\n")
        page.text.encode("utf-8")
    for index, block in enumerate(document.blocks):
        assert block.locator
        for run in [*block.runs, *(r.run for r in block.references)]:
            assert 0 <= run.start <= run.end <= len(document.pages[run.page - 1].text)
        sentences = sentences_of(block, document.pages, index)
        for sentence in sentences:
            assert sentence.text
            assert sentence.block == index
            assert text_of(sentence.runs, document.pages) == sentence.text
        joined = "".join("".join(s.text for s in sentences).split())
        assert joined == "".join(words(document, block).split())


def words(document: Document, block: Block) -> str:
    """Return the words of a block."""
    return text_of(block.runs, document.pages)


def texts(document: Document, *kinds: BlockKind) -> list[str]:
    """Return the words of the blocks of these kinds, or of all that are not set aside."""
    wanted = kinds or tuple(k for k in BlockKind if k is not BlockKind.ASIDE)
    return [words(document, b) for b in document.blocks if b.kind in wanted]


def uncovered(document: Document) -> str:
    """Return the letters and digits of page 1 that are in no block and no marker."""
    text = document.pages[0].text
    covered = bytearray(len(text))
    for block in document.blocks:
        for run in [*block.runs, *(r.run for r in block.references)]:
            covered[run.start : run.end] = b"\1" * (run.end - run.start)
    return "".join(c for c, known in zip(text, covered, strict=True) if c.isalnum() and not known)


def paragraph(text: str, style: str = "", *, properties: str = "") -> str:
    """Return a paragraph of WordprocessingML."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def make_docx(body: str, **parts: str) -> bytes:
    """Return a DOCX with this body; `parts` are the insides of footnotes, comments, header1, core, ..."""
    kinds = {"header1": "header", "footer1": "footer"}
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{_R}/{kinds.get(name, name)}" Target="{name}.xml"/>'
        for i, name in enumerate([*parts, "styles"])
        if name != "core"
    )
    styles = "".join(
        f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (
            ("Title", "Title"),
            ("H1", "heading 1"),
            ("H2", "heading 2"),
            ("Cap", "caption"),
            ("TOC1", "toc 1"),
        )
    )
    roots = {
        "footnotes": "footnotes",
        "endnotes": "endnotes",
        "comments": "comments",
        "header1": "hdr",
        "numbering": "numbering",
        "footer1": "ftr",
    }
    files = {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="a" Type="{_R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="b" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="core.xml"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{_W}">{styles}</w:styles>',
        "core.xml": f'<core xmlns:dc="d" xmlns:dcterms="t">{parts.get("core", "")}</core>',
    }
    for name, inside in parts.items():
        if name in roots:
            files[f"word/{name}.xml"] = f'<w:{roots[name]} xmlns:w="{_W}">{inside}</w:{roots[name]}>'
    return make_zip(files)


def make_zip(files: Mapping[str, str | bytes], *, stored: bool = False) -> bytes:
    """Return a zip archive of these files; when `stored`, nothing in it is compressed."""
    buffer = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def make_epub(chapters: dict[str, str], *, spine: str = "", more: dict[str, str] | None = None) -> bytes:
    """Return an EPUB with these chapters, by file name; `spine` replaces the order, `more` adds files."""
    items = "".join(
        f'<item id="c{i}" href="{name}" media-type="application/xhtml+xml"/>'
        for i, name in enumerate(chapters)
    )
    spine = spine or "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    package = (
        '<package xmlns:dc="d" xmlns:opf="o"><metadata><dc:title>The Ferry</dc:title>'
        "<dc:creator>Ada Brand</dc:creator><dc:creator>Eva Sund</dc:creator>"
        '<dc:date opf:event="modification">2023-01-02</dc:date>'
        '<dc:date opf:event="publication">2021-03-04</dc:date><dc:language>en-GB</dc:language></metadata>'
        f'<manifest>{items}<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        '<item id="f" href="font.ttf" media-type="font/ttf"/></manifest>'
        f"<spine>{spine}</spine></package>"
    )
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OPS/book.opf": package}
    files.update({f"OPS/{name}": XHTML.format(body) for name, body in chapters.items()})
    return make_zip({**files, **(more or {})})


def written(folder: Path, name: str, data: bytes | str) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


def printed_pages(pages: Sequence[tuple[Sequence[str], Sequence[str]]]) -> str:
    """Return a text as a converter makes it of printed pages: every line break doubled, notes at the feet.

    `pages` gives for each page its lines and its notes; each page ends with its number, from 7 on.
    """
    out: list[str] = []
    for number, (lines, notes) in enumerate(pages, 7):
        out.extend(f"{line}\n\n" for line in lines)
        if notes:
            out.append(" " * 40 + "\n")
            out.extend(f"{note} \n\n" for note in notes)
        out.append(f"\n\n{number} \n \n\n")
    return "".join(out)
