"""What a Word file shows without saying it (numbers, merged cells), and says without showing it."""

from __future__ import annotations

import io
import zipfile

import pytest

from qa_desktop.domain import BlockKind, Document
from qa_desktop.reading.word.read import read_docx
from tests.support.documents import check, make_docx, paragraph, texts, words

RUN = "<w:r>{}<w:t>{}</w:t></w:r>"


def read(body: str, **parts: str) -> Document:
    document = read_docx(make_docx(body, **parts), "a.docx")
    check(document)
    return document


def hidden(document: Document) -> list[str]:
    return [words(document, b) for b in document.blocks if b.label == "hidden"]


@pytest.mark.parametrize(
    ("properties", "is_hidden"),
    [
        ("<w:vanish/>", True),
        ("<w:specVanish/>", True),
        ('<w:vanish w:val="0"/>', False),
        ('<w:color w:val="FFFFFF"/>', True),
        ('<w:color w:val="FFFFFF"/><w:shd w:fill="000080"/>', False),
        ('<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>', False),
        ('<w:color w:val="333333"/>', False),
        ('<w:sz w:val="2"/>', True),
        ('<w:sz w:val="20"/>', False),
        ("<w:webHidden/>", False),
    ],
)
def test_a_run_that_nobody_sees(properties: str, is_hidden: bool) -> None:
    document = read(
        f"<w:p>{RUN.format('', 'Seen.')}{RUN.format(f'<w:rPr>{properties}</w:rPr>', ' Secret.')}</w:p>"
    )
    assert hidden(document) == (["Secret."] if is_hidden else [])
    assert texts(document) == ["Seen." if is_hidden else "Seen. Secret."]


def test_white_letters_in_a_table_are_its_head() -> None:
    white = RUN.format("<w:rPr><w:color w:val='FFFFFF'/></w:rPr>", "Year")
    cell = f"<w:tc><w:p>{white}</w:p></w:tc>"
    document = read(f"<w:tbl><w:tr>{cell}{cell}</w:tr><w:tr>{cell}{cell}</w:tr></w:tbl>")
    assert hidden(document) == []


LEVELS = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


def listed(text: str, level: int, list_id: int = 1, style: str = "") -> str:
    return paragraph(
        text, style, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    )


def test_numbers_are_counted_as_word_counts_them() -> None:
    body = (
        listed("Scope", 0, style="H1") + listed("first", 1) + listed("second", 1) + listed("dot", 2)
        + listed("Terms", 0, style="H1") + listed("third", 1) + listed("anew", 0, 2) + listed("", 0)
        + listed("after", 0) + listed("off", 0, 0)
    )  # fmt: skip
    assert texts(read(body, numbering=LEVELS)) == [
        "I. Scope", "I.a) first", "I.b) second", "dot", "II. Terms", "II.a) third", "VII. anew",
        "IX. after", "off",
    ]  # fmt: skip


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_merged_cells_keep_columns_and_every_row_is_whole() -> None:
    down, on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = [
        cell("Island") + cell("People", wide),
        cell("Upper", down) + cell("2019") + cell("41"),
        cell("", on) + cell("2020") + cell("9"),
    ]
    document = read("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
    (table,) = document.blocks
    raw = "".join(document.pages[0].text[r.start : r.end] for r in table.runs)
    assert raw.split("\n") == ["Island\tPeople\t", "Upper\t2019\t41", "Upper\t2020\t9"]


def test_a_table_inside_one_for_the_layout_keeps_its_rows() -> None:
    inner = "<w:tbl>" + "".join(f"<w:tr>{cell(a)}{cell(b)}</w:tr>" for a, b in ("xy", "12")) + "</w:tbl>"
    document = read(f"<w:tbl><w:tr>{cell('Left')}<w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>")
    assert [(b.kind, words(document, b)) for b in document.blocks] == [
        (BlockKind.PARAGRAPH, "Left"),
        (BlockKind.TABLE, "x y 1 2"),
    ]


def test_results_of_fields_are_read_and_their_codes_are_not() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>4 March</w:t></w:r>'
        '<w:fldSimple w:instr=" AUTHOR "><w:r><w:t> by Ada</w:t></w:r></w:fldSimple>'
    )
    assert texts(read(f"<w:p>{field}</w:p>")) == ["4 March by Ada"]


def test_mathematics_reads_as_a_line() -> None:
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    sums = (
        f"<m:oMath {space}><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>b</m:t></m:r></m:den></m:f>"
        "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    assert texts(read(f"<w:p>{sums}</w:p>")) == ["a/bx^2"]


def test_what_a_picture_shows_is_a_caption() -> None:
    picture = '<w:r><w:drawing><docPr id="1" descr="A map of both islands"/></w:drawing></w:r>'
    document = read(f"<w:p>{picture}{RUN.format('', 'Words.')}</w:p>")
    assert texts(document, BlockKind.CAPTION) == ["A map of both islands"]
    assert texts(document, BlockKind.PARAGRAPH) == ["Words."]


def test_a_soft_hyphen_is_not_in_the_words() -> None:
    document = read(paragraph("op\u00adtional hy\u00adphen"))
    assert texts(document) == ["optional hyphen"]
    assert "\u00ad" in document.pages[0].text


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.html", b"<p>Inserted <b>page</b>.</p>", ["Inserted page.", "After."]),
        ("a.txt", b"Inserted text.", ["Inserted text.", "After."]),
        ("a.rtf", rb"{\rtf1 Inserted rich text.}", ["Inserted rich text.", "After."]),
        ("a.docx", make_docx(paragraph("Inserted paper.")), ["Inserted paper.", "After."]),
        ("a.mht", b"Content-Type: text/html\r\n\r\n<p>Saved page.</p>", ["Saved page.", "After."]),
        ("a.docx", b"broken", ["After."]),
        ("a.bin", b"x", ["After."]),
    ],
)
def test_a_document_that_was_inserted_is_read_in_its_place(
    name: str, data: bytes, expected: list[str]
) -> None:
    made = make_docx('<w:altChunk xmlns:r="r" r:id="chunk"/>' + paragraph("After."))
    relation = f'<Relationship Id="chunk" Type="x/aFChunk" Target="{name}"/></Relationships>'
    files: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        files = {part: archive.read(part) for part in archive.namelist()}
    relations = "word/_rels/document.xml.rels"
    files[relations] = files[relations].replace(b"</Relationships>", relation.encode())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part, content in {**files, f"word/{name}": data}.items():
            archive.writestr(part, content)
    document = read_docx(buffer.getvalue(), "a.docx")
    assert texts(document) == expected
    assert [p.part for p in document.problems] == ([f"inserted file {name}"] if len(expected) == 1 else [])
