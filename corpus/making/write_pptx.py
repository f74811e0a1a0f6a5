"""Write a presentation (Office Open XML, ECMA-376): titles, lines or a table, and speaker notes."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from corpus.making.office_parts import HEAD, content_types, core, package_relations, relations
from corpus.making.package import write_package
from corpus.making.pptx_parts import EMPTY_GROUP, LAYOUT, MASTER, NAMES, NOTES_MASTER, THEME

_TYPE: Final = "application/vnd.openxmlformats-officedocument.presentationml"
_THEME: Final = "application/vnd.openxmlformats-officedocument.theme+xml"
_WIDTH, _HEIGHT = 12_192_000, 6_858_000  # English Metric Units: 914,400 to the inch
_LEFT, _INNER = 700_000, 10_792_000


def _paragraphs(lines: Sequence[str], size: int) -> str:
    return "".join(
        f'<a:p><a:r><a:rPr lang="en-GB" sz="{size}"/><a:t>{escape(line)}</a:t></a:r></a:p>' for line in lines
    )


def _frame(top: int, height: int, tag: str) -> str:
    return f'<{tag}:xfrm><a:off x="{_LEFT}" y="{top}"/><a:ext cx="{_INNER}" cy="{height}"/></{tag}:xfrm>'


def _shape(number: int, kind: str, lines: Sequence[str], place: str, size: int) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{kind} {number}"/><p:cNvSpPr/>'
        f'<p:nvPr><p:ph type="{kind}"/>'
        f'</p:nvPr></p:nvSpPr><p:spPr>{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{_paragraphs(lines, size)}</p:txBody></p:sp>"
    )


def _table(number: int, rows: Sequence[Sequence[str]]) -> str:
    width = _INNER // len(rows[0])
    grid = f'<a:gridCol w="{width}"/>' * len(rows[0])
    body = "".join(
        '<a:tr h="460000">'
        + "".join(
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{_paragraphs([cell], 1800)}</a:txBody><a:tcPr/></a:tc>"
            for cell in row
        )
        + "</a:tr>"
        for row in rows
    )
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="Table {number}"/>'
        f"<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>{_frame(1_700_000, 460_000 * len(rows), 'p')}"
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
        f'<a:tbl><a:tblPr firstRow="1"/><a:tblGrid>{grid}</a:tblGrid>{body}</a:tbl>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def _slide(slide: dict[str, Any]) -> str:
    shapes = _shape(2, "title", [slide["title"]], _frame(500_000, 900_000, "a"), 3200)
    if "table" in slide:
        shapes += _table(3, slide["table"])
    else:
        shapes += _shape(3, "body", slide["lines"], _frame(1_700_000, 4_400_000, "a"), 2000)
    return (
        f"{HEAD}<p:sld {NAMES}><p:cSld><p:spTree>{EMPTY_GROUP}{shapes}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
    )


def _notes(text: str) -> str:
    shape = _shape(2, "body", [text], _frame(4_400_000, 3_600_000, "a"), 1200)
    return (
        f"{HEAD}<p:notes {NAMES}><p:cSld><p:spTree>{EMPTY_GROUP}{shape}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )


def _presentation(count: int) -> str:
    slides = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n + 2}"/>' for n in range(1, count + 1))
    return (
        f'{HEAD}<p:presentation {NAMES}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>'
        '</p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        f'<p:sldIdLst>{slides}</p:sldIdLst><p:sldSz cx="{_WIDTH}" cy="{_HEIGHT}"/>'
        f'<p:notesSz cx="{_HEIGHT}" cy="{_WIDTH}"/></p:presentation>'
    )


def write_pptx(source: Path, path: Path) -> None:
    """Write the presentation described in the TOML file `source` to `path`."""
    show = tomllib.loads(source.read_text("utf-8"))
    slides = show["slides"]
    numbers = range(1, len(slides) + 1)
    with_notes = [n for n, slide in zip(numbers, slides, strict=True) if slide.get("notes")]
    types = {
        "ppt/presentation.xml": f"{_TYPE}.presentation.main+xml",
        "ppt/slideMasters/slideMaster1.xml": f"{_TYPE}.slideMaster+xml",
        "ppt/slideLayouts/slideLayout1.xml": f"{_TYPE}.slideLayout+xml",
        "ppt/notesMasters/notesMaster1.xml": f"{_TYPE}.notesMaster+xml",
        "ppt/theme/theme1.xml": _THEME,
        "ppt/theme/theme2.xml": _THEME,
        **{f"ppt/slides/slide{n}.xml": f"{_TYPE}.slide+xml" for n in numbers},
        **{f"ppt/notesSlides/notesSlide{n}.xml": f"{_TYPE}.notesSlide+xml" for n in with_notes},
    }
    master = ("slideMaster", "slideMasters/slideMaster1.xml")
    parts = {
        "[Content_Types].xml": content_types(types),
        "_rels/.rels": package_relations("ppt/presentation.xml"),
        "docProps/core.xml": core(show["title"], show["author"], date.fromisoformat(show["date"]), "en-GB"),
        "ppt/presentation.xml": _presentation(len(slides)),
        "ppt/_rels/presentation.xml.rels": relations(
            [master, ("notesMaster", "notesMasters/notesMaster1.xml"),
             *(("slide", f"slides/slide{n}.xml") for n in numbers)]
        ),
        "ppt/slideMasters/slideMaster1.xml": MASTER,
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relations(
            [("slideLayout", "../slideLayouts/slideLayout1.xml"), ("theme", "../theme/theme1.xml")]
        ),
        "ppt/slideLayouts/slideLayout1.xml": LAYOUT,
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": relations(
            [("slideMaster", "../slideMasters/slideMaster1.xml")]
        ),
        "ppt/notesMasters/notesMaster1.xml": NOTES_MASTER,
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": relations([("theme", "../theme/theme2.xml")]),
        "ppt/theme/theme1.xml": THEME,
        "ppt/theme/theme2.xml": THEME,
    }  # fmt: skip
    for n, slide in zip(numbers, slides, strict=True):
        parts[f"ppt/slides/slide{n}.xml"] = _slide(slide)
        targets = [("slideLayout", "../slideLayouts/slideLayout1.xml")]
        if n in with_notes:
            targets.append(("notesSlide", f"../notesSlides/notesSlide{n}.xml"))
            parts[f"ppt/notesSlides/notesSlide{n}.xml"] = _notes(slide["notes"])
            parts[f"ppt/notesSlides/_rels/notesSlide{n}.xml.rels"] = relations(
                [("notesMaster", "../notesMasters/notesMaster1.xml"), ("slide", f"../slides/slide{n}.xml")]
            )
        parts[f"ppt/slides/_rels/slide{n}.xml.rels"] = relations(targets)
    write_package(path, parts)
