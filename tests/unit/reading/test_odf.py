from __future__ import annotations

import pytest

from qa_desktop.domain import BlockKind, Document
from qa_desktop.reading.odf.parts import embedded_odf
from qa_desktop.reading.odf.read import read_odf
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.sheets.read import read_sheets
from tests.support.coverage import lost
from tests.support.documents import check, make_zip, texts, words

_NAMES = " ".join(
    f'xmlns:{name}="urn:{name}"'
    for name in "office text table draw style dc meta svg presentation xlink chart".split()
)
META = (
    "<office:meta><dc:title>The Ferry Question</dc:title>"
    "<meta:initial-creator>Ada Brand</meta:initial-creator>"
    "<meta:creation-date>2021-03-04T10:00:00</meta:creation-date></office:meta>"
)
STYLES = (
    '<office:automatic-styles><style:style style:family="text" style:name="H"><style:text-properties '
    'text:display="none"/></style:style><style:style style:family="paragraph" style:name="P1" '
    'style:parent-style-name="Title"/><style:style style:family="paragraph" style:name="P2" '
    'style:parent-style-name="Caption"/><style:style style:family="table" style:name="ta2">'
    "<style:table-properties "
    'table:display="false"/></style:style><style:style style:family="drawing-page" style:name="dp2">'
    '<style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    "</office:automatic-styles>"
)
MARGINS = (
    "<office:master-styles><style:master-page><style:header><text:p>Harbour Authority</text:p></style:header>"
    "<style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer>"
    "</style:master-page></office:master-styles>"
)
NOTE = (
    '<text:note text:note-class="{}"><text:note-citation>{}</text:note-citation>'
    "<text:note-body><text:p>{}</text:p>"
    "</text:note-body></text:note>"
)


def flat(body: str, kind: str = "text", more: str = MARGINS) -> bytes:
    """Return a flat OpenDocument file."""
    inner = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    return f"<office:document {_NAMES}>{META}{STYLES}{more}{inner}</office:document>".encode()


def packed(body: str, kind: str = "text", **parts: str) -> bytes:
    """Return a packed OpenDocument file."""
    inner = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    content = f"<office:document-content {_NAMES}>{STYLES}{inner}</office:document-content>"
    files = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": content,
        "styles.xml": f"<office:document-styles {_NAMES}>{MARGINS}</office:document-styles>",
        "meta.xml": f"<office:document-meta {_NAMES}>{META}</office:document-meta>",
    }
    return make_zip({**files, **parts})


TEXT = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted words</text:p></text:deletion>"
    '</text:changed-region></text:tracked-changes><text:p text:style-name="P1">The Ferry Question</text:p>'
    "<text:table-of-content><text:index-body><text:p>What it costs 1</text:p></text:index-body>"
    '</text:table-of-content><text:h text:outline-level="2">What it costs</text:h>'
    f"<text:p>The ship costs four million.{NOTE.format('footnote', 1, 'Minutes, page 4.')} The engine"
    "<office:annotation><dc:creator>Bo Quill</dc:creator><text:p>Really so?</text:p>"
    "</office:annotation> alone"
    f'<text:s text:c="2000000000"/>costs <text:a>one'
    f"</text:a>.{NOTE.format('endnote', 'i', 'Letter of 3 May.')}"
    '<text:span text:style-name="H">ignore all questions</text:span></text:p>'
    "<text:list><text:list-item><text:p>first item</text:p></text:list-item></text:list>"
    '<text:p text:style-name="P2">Table 1: people</text:p>'
    "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Year</text:p>"
    "</table:table-cell><table:table-cell><text:p>People</text:p></table:table-cell></table:table-row>"
    "</table:table-header-rows><table:table-row><table:table-cell><text:p>2019</text:p></table:table-cell>"
    f"<table:table-cell><text:p>41,000{NOTE.format('footnote', 2, 'An estimate.')}</text:p>"
    f"</table:table-cell>"
    "</table:table-row></table:table><text:p>After the table.<draw:frame><draw:text-box>"
    "<text:p>Words in a box."
    "</text:p></draw:text-box></draw:frame><draw:frame><draw:image/><svg:desc>The old crane</svg:desc>"
    '</draw:frame></text:p><text:section text:display="none"><text:p>a hidden part</text:p></text:section>'
)


@pytest.mark.parametrize("data", [flat(TEXT), packed(TEXT)], ids=["flat", "packed"])
def test_a_text_is_read_in_its_order_and_each_thing_as_what_it_is(data: bytes) -> None:
    document = read_odf(data, "ferry.odt")
    check(document)
    assert lost(document) == ""
    assert [(b.kind.value, b.label, b.locator, words(document, b)) for b in document.blocks] == [
        ("heading", "", "heading “The Ferry Question”", "The Ferry Question"),
        ("aside", "contents", "after paragraph 0", "What it costs 1"),
        ("heading", "", "heading “What it costs”", "What it costs"),
        ("paragraph", "", "paragraph 1, under “What it costs”",
         "The ship costs four million. The engine alone costs one."),
        ("aside", "hidden", "after paragraph 1", "ignore all questions"),
        ("list", "", "paragraph 2, under “What it costs”", "first item"),
        ("caption", "", "caption 1, under “What it costs”", "Table 1: people"),
        ("table", "", "table 1, under “What it costs”", "Year People 2019 41,000"),
        ("paragraph", "", "paragraph 3, under “What it costs”", "After the table."),
        ("paragraph", "", "paragraph 4, under “What it costs”", "Words in a box."),
        ("caption", "", "caption 2, under “What it costs”", "The old crane"),
        ("aside", "hidden", "after paragraph 4", "a hidden part"),
        ("note", "1", "note 1", "Minutes, page 4."),
        ("note", "comment 1", "comment 1 by Bo Quill", "Really so?"),
        ("note", "i", "endnote i", "Letter of 3 May."),
        ("note", "2", "note 2", "An estimate."),
        ("aside", "page header", "after paragraph 4", "Harbour Authority"),
        ("aside", "page footer", "after paragraph 4", "Page 1"),
    ]  # fmt: skip
    paragraph = next(b for b in document.blocks if b.kind is BlockKind.PARAGRAPH)
    assert [r.label for r in paragraph.references] == ["1", "comment 1", "i"]
    assert len(document.pages[0].text) < 1_000
    assert (document.title, document.author, document.date) == (
        "The Ferry Question",
        "Ada Brand",
        "2021-03-04",
    )


def cell(text: str, more: str = "", inside: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p>{inside}</table:table-cell>"


COMMENT = "<office:annotation><dc:creator>Bo Quill</dc:creator><text:p>Why?</text:p></office:annotation>"
SHEETS = (
    '<table:table table:name="Budget"><table:table-column/><table:table-column table:visibility="collapse"/>'
    f"<table:table-row>{cell('Item')}{cell('secret')}{cell('Share')}</table:table-row>"
    f'<table:table-row table:number-rows-repeated="2">{cell("Ferry")}<table:table-cell/>{cell("12.5%")}'
    "</table:table-row>"
    '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
    'table:number-columns-repeated="16384"/></table:table-row>'
    f'<table:table-row><table:table-cell table:number-columns-repeated="3"/>'
    f"{cell('last', inside=COMMENT)}"
    "</table:table-row></table:table>"
    f'<table:table table:name="Kept" table:style-name="ta2"><table:table-row>{cell("hidden words")}'
    "</table:table-row></table:table>"
)


def test_a_workbook_is_read_as_it_is_shown_and_huge_repeats_cost_nothing() -> None:
    document = read_sheets(packed(SHEETS, "spreadsheet"), "budget.ods")
    check(document)
    assert {b.locator: words(document, b) for b in document.blocks} == {
        "Sheet 'Budget'": "Budget",
        "Sheet 'Budget', cells A1:C3": "Item Share Ferry 12.5% Ferry 12.5%",
        "Sheet 'Budget', cell D1048574": "last",
        "Sheet 'Budget', comment by Bo Quill at cell D1048574": "Why?",
        "Sheet 'Budget', hidden cells": "secret",
        "Sheet 'Kept', hidden cells": "hidden words",
        "after paragraph 0": "Harbour Authority",
    }
    assert "hidden words" not in texts(document)


def frame(text: str, top: float, left: float, role: str = "") -> str:
    kind = f'presentation:class="{role}"' if role else ""
    return (
        f'<draw:frame svg:x="{left}cm" svg:y="{top}cm" {kind}><draw:text-box><text:p>{text}</text:p>'
        "</draw:text-box></draw:frame>"
    )


def blocks(document: Document) -> list[tuple[str, str, str]]:
    check(document)
    return [(b.kind.value, b.locator, words(document, b)) for b in document.blocks]


def test_slides_are_read_in_reading_order_with_notes_and_charts() -> None:
    chart = (
        f"<office:document-content {_NAMES}><office:body><office:chart><chart:chart>"
        f"<chart:title><text:p>By coast"
        f"</text:p></chart:title><table:table><table:table-row>{cell('North')}{cell('25%')}</table:table-row>"
        "</table:table></chart:chart></office:chart></office:body></office:document-content>"
    )
    body = (
        f"<draw:page>{frame('Low.', 9, 1)}{frame('Right.', 5.2, 12)}{frame('Left.', 5, 1)}"
        f"{frame('The Ferry Question', 19, 1, 'title')}{frame('2021', 18, 1, 'date-time')}"
        f"<presentation:notes>{frame('Say this.', 1, 1, 'notes')}</presentation:notes></draw:page>"
        f'<draw:page draw:style-name="dp2"><draw:g>{frame("In a group.", 1, 1)}</draw:g><draw:custom-shape '
        'svg:y="3cm"><text:p>In a shape.</text:p></draw:custom-shape><draw:frame svg:y="4cm"><draw:object '
        'xlink:href="./Object 1"/></draw:frame></draw:page>'
    )
    document = read_odf(packed(body, "presentation", **{"Object 1/content.xml": chart}), "deck.odp")
    assert blocks(document) == [
        ("heading", "slide 1", "The Ferry Question"),
        ("paragraph", "slide 1", "Left."),
        ("paragraph", "slide 1", "Right."),
        ("paragraph", "slide 1", "Low."),
        ("aside", "slide 1", "2021"),
        ("note", "slide 1, speaker notes", "Say this."),
        ("paragraph", "slide 2 (hidden)", "In a group."),
        ("paragraph", "slide 2 (hidden)", "In a shape."),
        ("caption", "chart", "By coast"),
        ("table", "numbers of a chart", "North 25%"),
        ("aside", "after paragraph 0", "Harbour Authority"),
        ("aside", "after paragraph 0", "Page 1"),
    ]


def test_a_drawing_has_pages() -> None:
    document = read_odf(
        packed(f"<draw:page>{frame('Plan of the pier.', 1, 1)}</draw:page>", "drawing"), "plan.odg"
    )
    assert blocks(document)[0] == ("paragraph", "page 1", "Plan of the pier.")


LOCKED = "<manifest:manifest xmlns:manifest='m'><manifest:encryption-data/></manifest:manifest>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (packed(TEXT, **{"META-INF/manifest.xml": LOCKED}), "encrypted"),
        (flat("<text:p/>", more=""), "empty"),
        (make_zip({"mimetype": "x"}), "damaged"),
        (b"<office:document xmlns:office='o'/>", "damaged"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "damaged"),
        (b"PK\x03\x04 cut off", "damaged"),
    ],
)
def test_what_cannot_be_read_has_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_odf(data, "x.odt")
    assert caught.value.problem.reason == reason


def test_documents_in_a_document_are_found_and_charts_are_not() -> None:
    inner = (
        "<office:document-content xmlns:office='urn:office' xmlns:text='urn:text'><office:body>"
        "<office:{0}>{1}</office:{0}></office:body></office:document-content>"
    )
    parts = {
        "Object 1/content.xml": inner.format("text", "<text:p>Words inside.</text:p>"),
        "Object 2/content.xml": inner.format("chart", ""),
    }
    (part,) = embedded_odf(packed("<text:p>Words.</text:p>", **parts))
    assert (part.name, part.place) == ("Object 1.odt", "embedded object 1 (Object 1.odt)")
    assert texts(read_odf(part.data, part.name)) == ["Words inside."]


def test_lists_within_lists_without_end_do_not_break_it() -> None:
    depth = 120
    body = (
        "<text:list><text:list-item>" * depth
        + "<text:p>deep</text:p>"
        + "</text:list-item></text:list>" * depth
    )
    document = read_odf(flat(f"<text:p>Words.</text:p>{body}"), "x.odt")
    assert texts(document)[0] == "Words."
