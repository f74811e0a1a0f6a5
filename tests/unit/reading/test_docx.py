from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_desktop.domain import BlockKind, Document, text_of
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.word.numbers import roman
from qa_desktop.reading.word.read import read_docx
from tests.support.documents import check, make_docx, make_zip, paragraph, texts, words

RUN = "<w:r><w:t>{}</w:t></w:r>"
CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r>{}</w:p></w:tc>"
FOOT = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
BODY = (
    paragraph("The Ferry Question", "Title")
    + paragraph("Contents 1", "TOC1")
    + paragraph("What it costs", "H1")
    + "<w:p>"
    + RUN.format("The ship costs four million.")
    + FOOT.format(2)
    + RUN.format(" The engine")
    + "<w:ins>" + RUN.format(" alone") + "</w:ins><w:del><w:r><w:delText>never</w:delText></w:r></w:del>"
    + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden words</w:t></w:r>"
    + RUN.format(" costs one.")
    + '<w:r><w:commentReference w:id="0"/></w:r><w:r><w:endnoteReference w:id="5"/></w:r>'
    + "</w:p>"
    + paragraph("first item", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    + "<w:sdt><w:sdtContent>" + paragraph("In a content control.") + "</w:sdtContent></w:sdt>"
    + paragraph("Table 1: people", "Cap")
    + "<w:tbl><w:tr>" + CELL.format("Year", "") + CELL.format("People", "") + "</w:tr>"
    + "<w:tr>" + CELL.format("2019", "") + CELL.format("41,000", FOOT.format(3)) + "</w:tr></w:tbl>"
    + "<w:p>" + RUN.format("Anchor.") + '<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent>'
    + paragraph("Words in a box.")
    + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" + paragraph("Words in a box.")
    + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    + "<w:tbl><w:tr><w:tc>" + paragraph("Only cell.") + "</w:tc></w:tr></w:tbl>"
)  # fmt: skip


@pytest.fixture(scope="module")
def document() -> Document:
    document = read_docx(
        make_docx(
            BODY,
            footnotes='<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
            f'<w:footnote w:id="2">{paragraph("Minutes, page 4.")}</w:footnote>'
            f'<w:footnote w:id="3">{paragraph("An estimate.")}</w:footnote>',
            endnotes=f'<w:endnote w:id="5">{paragraph("Letter of 3 May.")}</w:endnote>',
            comments=f'<w:comment w:id="0" w:author="Ada Brand">{paragraph("Really?")}</w:comment>',
            header1=paragraph("Harbour Authority"),
            core="<dc:creator>Ada Brand</dc:creator><dc:title>Document1</dc:title>"
            "<dcterms:created>2021-03-04T10:00:00Z</dcterms:created>",
        ),
        "ferry.docx",
    )
    check(document)
    return document


def test_title_author_and_date(document: Document) -> None:
    assert (document.title, document.author, document.date) == (
        "The Ferry Question",
        "Ada Brand",
        "2021-03-04",
    )


def test_the_body_is_read_in_its_order_without_what_was_deleted_or_hidden(document: Document) -> None:
    assert texts(document, BlockKind.HEADING) == ["The Ferry Question", "What it costs"]
    assert texts(document, BlockKind.PARAGRAPH) == [
        "The ship costs four million. The engine alone costs one.",
        "In a content control.",
        "Anchor.",
        "Words in a box.",
        "Only cell.",
    ]
    assert texts(document, BlockKind.LIST) == ["first item"]
    assert texts(document, BlockKind.CAPTION) == ["Table 1: people"]
    assert "never" not in document.pages[0].text


def test_notes_and_comments_are_linked_to_their_markers(document: Document) -> None:
    notes = {b.label: (words(document, b), b.locator) for b in document.blocks if b.kind is BlockKind.NOTE}
    assert notes == {
        "1": ("Minutes, page 4.", "note 1"),
        "2": ("An estimate.", "note 2"),
        "i": ("Letter of 3 May.", "endnote i"),
        "comment 1": ("Really?", "comment 1 by Ada Brand"),
    }
    body = next(b for b in document.blocks if "four million" in words(document, b))
    marks = [(r.label, text_of([r.run], document.pages)) for r in body.references]
    assert marks == [("1", "[1]"), ("comment 1", ""), ("i", "[i]")]
    assert body.locator == "paragraph 1, under “What it costs”"


def test_a_table_has_rows_and_cells_and_keeps_its_markers(document: Document) -> None:
    table = next(b for b in document.blocks if b.kind is BlockKind.TABLE)
    assert (
        "".join(document.pages[0].text[r.start : r.end] for r in table.runs) == "Year\tPeople\n2019\t41,000"
    )
    assert [r.label for r in table.references] == ["2"]


def test_page_heads_and_contents_are_set_aside(document: Document) -> None:
    asides = [(b.label, words(document, b)) for b in document.blocks if b.kind is BlockKind.ASIDE]
    assert asides == [
        ("contents", "Contents 1"),
        ("hidden", "hidden words"),
        ("page header", "Harbour Authority"),
    ]


def test_a_title_that_says_something_wins() -> None:
    document = read_docx(make_docx(BODY, core="<dc:title>Costs of a ferry</dc:title>"), "a.docx")
    assert document.title == "Costs of a ferry"


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"word/other.xml": "<a/>"}, "damaged"),
        ({"word/document.xml": "<a><b></a>"}, "damaged"),
        ({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "damaged"),
        ({"word/document.xml": "<a>" * 5000}, "damaged"),
        ({"word/document.xml": "<document><body/></document>"}, "empty"),
        ({"word/document.xml": "<t>" + " " * 30_000_000 + "</t>"}, "too_large"),
        ({f"word/{i}.xml": "" for i in range(10_001)}, "too_large"),
    ],
    ids=["no main part", "broken", "entity", "deep", "empty", "bomb", "many parts"],
)
def test_what_is_damaged_or_hostile_has_a_reason(files: dict[str, str], reason: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_docx(make_zip(files), "a.docx")
    assert error.value.problem.reason == reason


def test_a_broken_minor_part_costs_only_that_part() -> None:
    document = read_docx(make_docx(paragraph("Body words."), footnotes="<w:footnote>"), "a.docx")
    assert texts(document) == ["Body words."]
    assert [(p.reason, p.part) for p in document.problems] == [("damaged", "footnotes.xml")]


def test_counts_endnotes_as_word_does() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 99)] == ["i", "iv", "ix", "xiv", "xl", "xcix"]


_LEAF = st.sampled_from(["wa", "wb", "w c"]).map(paragraph)
_NEST = st.recursive(
    _LEAF,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        inner.map(lambda x: f"<w:sdt><w:sdtContent>{x}</w:sdtContent></w:sdt>"),
        st.lists(inner, min_size=1, max_size=4).map(
            lambda cells: (
                "<w:tbl>"
                + "".join(f"<w:tr><w:tc>{c}</w:tc><w:tc>{c}</w:tc></w:tr>" for c in cells)
                + "</w:tbl>"
            )
        ),
        inner.map(lambda x: f"<w:p><w:r><w:t>q</w:t><w:txbxContent>{x}</w:txbxContent></w:r></w:p>"),
    ),
    max_leaves=12,
)


@given(_NEST)
@settings(max_examples=80, deadline=None)
def test_every_letter_is_read_once_however_the_parts_are_nested(body: str) -> None:
    document = read_docx(make_docx(body), "any.docx")
    check(document)
    written = body.replace("w:", "").split("<t")
    expected = sorted(
        c for piece in written[1:] if ">" in piece for c in piece[piece.index(">") + 1 :].split("<")[0]
    )
    found = sorted(c for b in document.blocks for c in words(document, b))
    assert [c for c in found if c.isalpha()] == [c for c in expected if c.isalpha()]
