"""Write a paper as an OpenDocument text (ISO/IEC 26300): headings and paragraphs."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from corpus.making.package import write_package
from corpus.making.source import Paper

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns"
_TYPE: Final = "application/vnd.oasis.opendocument.text"
_MANIFEST: Final = (
    f'{_HEAD}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def _body(paper: Paper) -> str:
    parts = [
        f'<text:p text:style-name="Title">{escape(paper.title)}</text:p>',
        f'<text:p text:style-name="Subtitle">{escape(paper.subtitle)}</text:p>',
        f"<text:p>{escape(paper.notice)}</text:p>",
    ]
    for block in paper.blocks:
        words = escape(block.text)
        if block.kind == "heading":
            level = block.level
            parts.append(
                f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{words}</text:h>'
            )
        else:
            parts.append(f"<text:p>{words}</text:p>")
    return "".join(parts)


def write_odt(paper: Paper, path: Path, language: str) -> None:
    """Write `paper`, which is in `language` (a tag such as "de-DE"), to `path`."""
    names = f'xmlns:office="{_OASIS}:office:1.0" office:version="1.2"'
    meta = (
        f'{_HEAD}<office:document-meta {names} xmlns:meta="{_OASIS}:meta:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        f"<dc:title>{escape(paper.title)}</dc:title><meta:initial-creator>{escape(paper.author)}"
        f"</meta:initial-creator><dc:creator>{escape(paper.author)}</dc:creator>"
        f"<meta:creation-date>{paper.day.isoformat()}T09:00:00</meta:creation-date>"
        f"<dc:date>{paper.day.isoformat()}T09:00:00</dc:date><dc:language>{language}</dc:language>"
        "</office:meta></office:document-meta>"
    )
    content = (
        f'{_HEAD}<office:document-content {names} xmlns:text="{_OASIS}:text:1.0">'
        f"<office:body><office:text>{_body(paper)}</office:text></office:body></office:document-content>"
    )
    write_package(
        path,
        {"mimetype": _TYPE, "content.xml": content, "meta.xml": meta, "META-INF/manifest.xml": _MANIFEST},
    )
