"""Pages in columns, and print that runs another way: read as a person reads them."""

from __future__ import annotations

from pathlib import Path

from qa_desktop.domain import BlockKind, text_of
from qa_desktop.reading.pdf.read import read_pdf
from tests.support.pdfs import BOLD, Sheets, raw_pdf, sentences, stream, texts

LEFT = [
    "The left column tells of the ferries that cross",
    "the bay each morning^1^ with people and letters.",
    "The company will buy a new boat for the outer",
    "islands, because the old one takes too long and",
]
RIGHT = [
    "burns too much coal.^2^ The right column begins",
    "in the middle of a sentence, as columns do, and",
    "it ends with a visit to the town hall.",
]


def test_notes_under_both_columns_stay_out_of_the_sentence_between_them(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.lines(["Boats of the Bay"], top=80, size=18, font=BOLD)
    sheets.lines(LEFT, top=120, size=10)
    sheets.lines(["^1^ Except on Sundays, when the", "captain goes to church."], top=740, size=7)
    sheets.lines(RIGHT, top=120, left=310, size=10)
    sheets.lines(["^2^ As the harbour office found."], top=740, left=310, size=7)
    sheets.page()
    document = read_pdf(sheets.save())
    assert (
        "The company will buy a new boat for the outer islands, because the old one takes too long and "
        "burns too much coal." in sentences(document)
    )
    notes = [b for b in document.blocks if b.kind is BlockKind.NOTE]
    assert [(b.label, text_of(b.runs, document.pages)) for b in notes] == [
        ("1", "Except on Sundays, when the captain goes to church."),
        ("2", "As the harbour office found."),
    ]
    assert [r.label for b in document.blocks for r in b.references] == ["1", "2"]


def test_small_print_without_a_number_under_the_left_column_is_no_part_of_the_sentence(
    tmp_path: Path,
) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.lines([text.replace("^1^", "") for text in LEFT], top=120, size=10)
    sheets.lines(
        ["Permission to copy this work is given to all", "sailors, if they name the harbour office."],
        top=740,
        size=7,
    )
    sheets.lines([text.replace("^2^", "") for text in RIGHT], top=120, left=310, size=10)
    sheets.page()
    document = read_pdf(sheets.save())
    assert (
        "The company will buy a new boat for the outer islands, because the old one takes too long and "
        "burns too much coal." in sentences(document)
    )
    assert "Permission to copy this work is given to all sailors, if they name the harbour office." in texts(
        document, BlockKind.PARAGRAPH, BlockKind.NOTE
    )


def test_print_up_the_margin_is_set_aside(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.lines(["The ferries of the northern coast carry people, cars and letters."], top=100)
    sheets.canvas.saveState()
    sheets.canvas.rotate(90)
    sheets.canvas.drawString(200, -30, "Copy of the harbour office")
    sheets.canvas.restoreState()
    sheets.page()
    document = read_pdf(sheets.save())
    assert texts(document, BlockKind.PARAGRAPH) == [
        "The ferries of the northern coast carry people, cars and letters."
    ]
    assert texts(document, BlockKind.ASIDE) == ["Copy of the harbour office"]


def drawn(codes: bytes, meaning: dict[int, str]) -> bytes:
    """Return a PDF of one line, whose font says what each sign means."""
    rows = b" ".join(b"<%02X> <%s>" % (c, m.encode("utf-16-be").hex().encode()) for c, m in meaning.items())
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Resources<</Font<</G 4 0 R>>>>/Contents 5 0 R>>"
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page,
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
            stream(b"", b"BT /G 12 Tf 20 100 Td <%s> Tj ET" % codes.hex().encode()),
            stream(b"", b"begincmap %d beginbfchar %s endbfchar endcmap" % (len(meaning), rows)),
        ]
    )


def test_arabic_letters_drawn_as_one_sign_are_in_the_order_of_reading() -> None:
    signs = {"م": 65, "لا": 66, "س": 67, " ": 68, "ع": 69, "ل": 70, "ي": 71, "ك": 72, "ا": 73}
    # From left to right, as a printer sets it: the last letter first, lam-alef as one sign.
    visual = ["م", "ك", "ي", "ل", "ع", " ", "م", "لا", "س", "ل", "ا"]
    document = read_pdf(drawn(bytes(signs[s] for s in visual), {n: s for s, n in signs.items()}))
    assert document.pages[0].text.split() == ["السلام", "عليكم"]


def test_signs_that_mean_nothing_are_named() -> None:
    scripts = "ԔϸΰΙ\u0b85ಕऔמקაბԱ\u0e01ကសሀ"
    meaning = {65 + i: sign for i, sign in enumerate(scripts)}
    words = b" ".join(bytes([65 + i, 65 + (5 * i + 3) % 16, 65 + (7 * i + 1) % 16]) for i in range(16))
    document = read_pdf(drawn(words, meaning))
    assert [(p.reason, p.part) for p in document.problems] == [("no_text", "page 1")]
