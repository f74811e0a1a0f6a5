from __future__ import annotations

import pytest

from qa_desktop.domain import Document
from qa_desktop.reading.office.parts import embedded_office
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.slides.read import read_slides
from tests.support.coverage import lost
from tests.support.documents import check, words
from tests.support.office import make_package, relations

_NAMES = 'xmlns:p="p" xmlns:a="a" xmlns:r="r" xmlns:c="c" xmlns:d="d" xmlns:mc="mc"'


def shape(*lines: str, at: tuple[int, int] | None = None, holder: str = "", more: str = "") -> str:
    """Return a shape with these paragraphs, `at` (top, left) in hundredths of an inch."""
    place = f'<a:xfrm><a:off x="{at[1] * 9144}" y="{at[0] * 9144}"/></a:xfrm>' if at else ""
    role = f"<p:nvPr><p:ph {holder}/></p:nvPr>" if holder else "<p:nvPr/>"
    paragraphs = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr id='1'/>{role}</p:nvSpPr><p:spPr>{place}</p:spPr>"
        f"<p:txBody>{paragraphs}</p:txBody>{more}</p:sp>"
    )


def slide(*shapes: str, root: str = "sld", more: str = "") -> str:
    return f"<p:{root} {_NAMES} {more}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:{root}>"


def make_pptx(*slides: str, more: dict[str, str] | None = None, title: str = "") -> bytes:
    """Return a PPTX; `more` are further parts."""
    ids = "".join(f'<p:sldId id="{256 + i}" r:id="s{i}"/>' for i in range(len(slides)))
    parts = {
        "ppt/presentation.xml": f"<p:presentation {_NAMES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            *((f"s{i}", "slide", f"slides/slide{i + 1}.xml") for i in range(len(slides))),
            ("a", "commentAuthors", "commentAuthors.xml"),
        ),
        **{f"ppt/slides/slide{i}.xml": body for i, body in enumerate(slides, 1)},
    }
    return make_package("ppt/presentation.xml", {**parts, **(more or {})}, title=title)


def blocks(document: Document) -> list[tuple[str, str, str]]:
    """Return kind (with a heading's level), place and words of each block."""
    check(document)
    assert lost(document) == ""
    return [(f"{b.kind.value}{b.level or ''}", b.locator, words(document, b)) for b in document.blocks]


def test_shapes_are_read_from_top_to_bottom_and_left_to_right_the_title_first() -> None:
    low = shape("Low right.", at=(300, 500)) + shape("Low left.", at=(310, 100))
    group = f"<p:grpSp><p:grpSpPr/>{low}</p:grpSp>"
    document = read_slides(
        make_pptx(
            slide(
                group,
                shape("Right.", at=(205, 500)),
                shape("Left.", at=(200, 100)),
                shape("The Ferry Question", at=(900, 0), holder='type="ctrTitle"'),
            ),
            slide(shape("What it costs", holder='type="title"'), shape("first", "second", holder='idx="1"')),
        ),
        "deck.pptx",
    )
    assert blocks(document) == [
        ("heading1", "slide 1", "The Ferry Question"),
        ("paragraph", "slide 1", "Left."),
        ("paragraph", "slide 1", "Right."),
        ("paragraph", "slide 1", "Low left."),
        ("paragraph", "slide 1", "Low right."),
        ("heading2", "slide 2", "What it costs"),
        ("list", "slide 2", "first"),
        ("list", "slide 2", "second"),
    ]
    assert (document.title, document.author, document.date) == (
        "The Ferry Question",
        "Ada Brand",
        "2021-03-04",
    )


def test_a_placeholder_stands_where_the_layout_puts_it() -> None:
    layout = slide(
        shape("Click to edit", at=(500, 100), holder='type="body" idx="2"'),
        shape("Click", at=(100, 100), holder='type="body" idx="1"'),
        root="sldLayout",
    )
    body = slide(shape("Below.", holder='type="body" idx="2"'), shape("Above.", holder='type="body" idx="1"'))
    more = {
        "ppt/slides/_rels/slide1.xml.rels": relations(("l", "slideLayout", "../slideLayouts/layout1.xml")),
        "ppt/slideLayouts/layout1.xml": layout,
    }
    assert [b[2] for b in blocks(read_slides(make_pptx(body, more=more), "x.pptx"))] == ["Above.", "Below."]


def test_tables_charts_diagrams_and_described_pictures_are_read() -> None:
    cell = "<a:tc><a:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></a:txBody></a:tc>"
    rows = (("Year", "People"), ("2019", "41,000"))
    cells = "".join(f"<a:tr>{''.join(cell.format(c) for c in row)}</a:tr>" for row in rows)
    frame = "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr/></p:nvGraphicFramePr>{}</p:graphicFrame>"
    picture = "<p:pic><p:nvPicPr><p:cNvPr descr='{}'/></p:nvPicPr></p:pic>"
    point = "<d:pt type='{}'><d:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></d:t></d:pt>"
    chart = (
        "<c:chartSpace xmlns:c='c' xmlns:a='a'><c:title><c:tx><a:p><a:r><a:t>By coast</a:t></a:r></a:p>"
        "</c:tx></c:title><c:ser><c:tx><c:v>Share</c:v></c:tx><c:cat><c:strLit><c:pt idx='0'><c:v>North</c:v>"
        "</c:pt></c:strLit></c:cat><c:val><c:numLit><c:formatCode>0%</c:formatCode><c:pt idx='0'>"
        "<c:v>0.25</c:v></c:pt></c:numLit></c:val></c:ser></c:chartSpace>"
    )
    body = slide(
        frame.format(f"<a:tbl>{cells}</a:tbl>"),
        frame.format('<c:chart r:id="c1"/>'),
        frame.format('<d:relIds r:dm="d1"/>'),
        picture.format("The old crane at dawn"),
        picture.format("Picture 3"),
    )
    more = {
        "ppt/slides/_rels/slide1.xml.rels": relations(
            ("c1", "chart", "../charts/chart1.xml"), ("d1", "diagramData", "../diagrams/data1.xml")
        ),
        "ppt/charts/chart1.xml": chart,
        "ppt/diagrams/data1.xml": f"<d:dataModel {_NAMES}><d:ptLst>{point.format('node', 'Harbour master')}"
        f"{point.format('pres', 'layout')}</d:ptLst></d:dataModel>",
    }
    assert blocks(read_slides(make_pptx(body, more=more), "x.pptx")) == [
        ("table", "slide 1, table", "Year People 2019 41,000"),
        ("caption", "slide 1, chart", "By coast"),
        ("table", "slide 1, numbers of a chart", "Share North 25%"),
        ("list", "slide 1, diagram", "Harbour master"),
        ("caption", "slide 1, description of a picture", "The old crane at dawn"),
    ]


def test_notes_comments_margins_and_hidden_slides_say_what_they_are() -> None:
    body = slide(
        shape("Words."), shape("Harbour Authority", holder='type="ftr"'), shape("1", holder='type="sldNum"'),
        more='show="0"',
    )  # fmt: skip
    notes = slide(
        shape("Say this first.", "Then that.", holder='type="body"'),
        shape("1", holder='type="sldNum"'),
        root="notes",
    )
    more = {
        "ppt/slides/_rels/slide1.xml.rels": relations(
            ("n", "notesSlide", "../notesSlides/notesSlide1.xml"),
            ("k", "comments", "../comments/comment1.xml"),
        ),
        "ppt/notesSlides/notesSlide1.xml": notes,
        "ppt/comments/comment1.xml": f'<p:cmLst {_NAMES}><p:cm authorId="0"><p:text>Really?</p:text></p:cm>'
        "</p:cmLst>",
        "ppt/commentAuthors.xml": f'<p:cmAuthorLst {_NAMES}><p:cmAuthor id="0" name="Bo Quill"/>'
        "</p:cmAuthorLst>",
    }
    document = read_slides(make_pptx(body, more=more), "x.pptx")
    assert blocks(document) == [
        ("paragraph", "slide 1 (hidden)", "Words."),
        ("aside", "slide 1 (hidden)", "Harbour Authority"),
        ("aside", "slide 1 (hidden)", "1"),
        ("note", "slide 1 (hidden), speaker notes", "Say this first."),
        ("note", "slide 1 (hidden), speaker notes", "Then that."),
        ("note", "slide 1 (hidden), comment by Bo Quill", "Really?"),
    ]
    labels = [b.label for b in document.blocks]
    assert labels == ["", "page footer", "page number", "speaker notes", "speaker notes", "comment"]


def test_a_file_in_a_slide_is_found_there_and_the_workbook_behind_a_chart_is_not() -> None:
    more = {
        "ppt/slides/_rels/slide2.xml.rels": relations(
            ("o", "package", "../embeddings/notes.docx"), ("c", "chart", "../charts/chart1.xml")
        ),
        "ppt/embeddings/notes.docx": "PK notes",
        "ppt/charts/chart1.xml": "<c:chartSpace xmlns:c='c'/>",
        "ppt/charts/_rels/chart1.xml.rels": relations(("x", "package", "../embeddings/numbers.xlsx")),
        "ppt/embeddings/numbers.xlsx": "PK numbers",
    }
    data = make_pptx(slide(shape("One.")), slide(shape("Two.")), more=more)
    assert [(p.name, p.place) for p in embedded_office(data)] == [
        ("notes.docx", "slide 2, embedded object 1 (notes.docx)")
    ]


def test_of_alternatives_one_is_read() -> None:
    alternatives = (
        f"<mc:AlternateContent><mc:Choice>{shape('New.')}</mc:Choice><mc:Fallback>{shape('Old.')}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    assert [b[2] for b in blocks(read_slides(make_pptx(slide(alternatives)), "x.pptx"))] == ["New."]


def test_a_broken_slide_leaves_the_others_and_is_named() -> None:
    document = read_slides(make_pptx(slide(shape("Whole.")), "<p:sld"), "x.pptx")
    assert [b[2] for b in blocks(document)] == ["Whole."]
    assert ("damaged", "slide 2") in [(p.reason, p.part) for p in document.problems]


@pytest.mark.parametrize(
    ("main", "reason"),
    [(f"<p:presentation {_NAMES}/>", "empty"), ("<!DOCTYPE p [<!ENTITY a 'b'>]><p/>", "damaged")],
)
def test_hostile_and_empty_slides_have_a_reason(main: str, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_slides(make_pptx(more={"ppt/presentation.xml": main}), "x.pptx")
    assert caught.value.problem.reason == reason
