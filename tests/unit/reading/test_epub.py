"""Books: chapters in their order, places by chapter, notes across chapters, and what is wrong with a book."""

from __future__ import annotations

import pytest

from qa_desktop.domain import BlockKind, Document
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.web.epub import read_epub
from tests.support.documents import CONTAINER, XHTML, check, make_epub, make_zip, texts, words

NCX = (
    '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://example.org/ncx.dtd"><ncx><navMap><navPoint>'
    "<navLabel><text>The  Beginning</text></navLabel><content src='text/one.xhtml#top'/>"
    "</navPoint></navMap></ncx>"
)
CHAPTERS = {
    "text/one.xhtml": "<p>The ship sailed.<a epub:type='noteref' href='../notes.xhtml#n1'>1</a>"
    " It came back.</p>",
    "text/two%20b.xhtml": "<h1>Methods</h1><p>First.</p><h2>Sample</h2><p>We asked.</p>",
    "notes.xhtml": "<p id='n1'>A note about the ship.</p>",
}


@pytest.fixture(scope="module")
def book() -> Document:
    files = dict(CHAPTERS)
    body = files.pop("text/two%20b.xhtml")
    made = make_epub(
        {
            "text/one.xhtml": files["text/one.xhtml"],
            "text/two%20b.xhtml": "",
            "notes.xhtml": files["notes.xhtml"],
        },
        more={"OPS/toc.ncx": NCX, "OPS/text/two b.xhtml": XHTML.format(body)},
    )
    document = read_epub(made, "book.epub")
    check(document)
    return document


def test_title_authors_date_of_publication_and_language(book: Document) -> None:
    assert (book.title, book.author, book.date, book.language) == (
        "The Ferry", "Ada Brand, Eva Sund", "2021-03-04", "en",
    )  # fmt: skip
    assert dict(book.origins)["date"] == "book's description"


def test_a_place_is_a_chapter_by_its_title_and_a_paragraph(book: Document) -> None:
    places = {words(book, b): b.locator for b in book.blocks}
    assert places["The ship sailed. It came back."] == "chapter “The Beginning”, paragraph 1"
    assert places["First."] == "chapter “Methods”, paragraph 1"
    assert places["We asked."] == "chapter “Methods”, paragraph 2, under “Sample”"


def test_a_note_in_another_chapter_is_linked_to_its_marker(book: Document) -> None:
    assert [r.label for b in book.blocks for r in b.references] == ["1"]
    notes = [(b.label, words(book, b)) for b in book.blocks if b.kind is BlockKind.NOTE]
    assert notes == [("1", "A note about the ship.")]


def test_the_order_is_the_spines_and_a_chapter_is_read_once() -> None:
    refs = "<itemref idref='c1'/>" + "<itemref idref='c0'/>" * 50_000
    made = make_epub({"a.xhtml": "<p>Second.</p>", "b.xhtml": "<p>First.</p>"}, spine=refs)
    assert texts(read_epub(made, "b.epub")) == ["First.", "Second."]


def _locked(part: str, method: str) -> dict[str, str]:
    return {
        "META-INF/encryption.xml": f'<encryption><EncryptedData><EncryptionMethod Algorithm="{method}"/>'
        f'<CipherData><CipherReference URI="{part}"/></CipherData></EncryptedData></encryption>'
    }


def test_a_protected_book_is_encrypted_and_scrambled_fonts_are_not_protection() -> None:
    chapters = {"a.xhtml": "<p>Words.</p>"}
    aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
    with pytest.raises(Unreadable) as error:
        read_epub(make_epub(chapters, more=_locked("OPS/a.xhtml", aes)), "a.epub")
    assert error.value.problem.reason == "encrypted"
    fonts = _locked("OPS/font.ttf", "http://www.idpf.org/2008/embedding")
    assert texts(read_epub(make_epub(chapters, more=fonts), "a.epub")) == ["Words."]


def test_a_missing_chapter_is_named_and_the_others_are_read() -> None:
    made = make_epub({"a.xhtml": "<p>Words.</p>"}, spine="<itemref idref='c0'/><itemref idref='gone'/>")
    assert not read_epub(made, "a.epub").problems
    package = make_epub({"a.xhtml": "<p>Words.</p>", "b.xhtml": ""})
    without = package.replace(b"OPS/b.xhtml", b"OPS/c.xhtml")
    document = read_epub(without, "a.epub")
    assert [(p.reason, p.part) for p in document.problems] == [("damaged", "part 2 of the book")]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"a.txt": "x"}, "damaged"),
        ({"META-INF/container.xml": CONTAINER, "OPS/book.opf": "<package><manifest>"}, "damaged"),
        ({"META-INF/container.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}, "damaged"),
        ({"META-INF/container.xml": CONTAINER, "OPS/book.opf": "<package/>"}, "empty"),
    ],
    ids=["no package", "broken package", "entity", "nothing in it"],
)
def test_what_is_no_book_has_a_reason(files: dict[str, str], reason: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_epub(make_zip(files), "a.epub")
    assert error.value.problem.reason == reason
