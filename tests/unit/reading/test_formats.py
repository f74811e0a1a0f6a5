from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_desktop.errors import REASONS
from qa_desktop.reading import formats
from qa_desktop.reading.nesting import read_file
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.recognise import kind_of
from tests.support.documents import check, make_docx, make_zip, paragraph, written

DOCX = make_docx(paragraph("A sentence in a Word document."))
HTML = "<!DOCTYPE html><html><body><p>A sentence in a page.</p></body></html>"
MAIL = "From: Ada <a@example.org>\nTo: b@example.org\nSubject: Ferry\n\nA sentence in a message.\n"
MARKDOWN = "# One\n\nA [link](x).\n\n# Two\n\nMore **text**.\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7\n", "a.pdf", "pdf"),
        (b"\n\n%PDF-1.4 junk before", "a.txt", "pdf"),
        (b"HTTP/1.1 200 OK\n\n%PDF-1.4\n1 0 obj", "a.txt", "pdf"),
        (b"A PDF begins with %PDF-1.4 and a line end.", "a.txt", "text"),
        (make_zip({"a.pdf": "%PDF-1.4"}, stored=True), "a.zip", "zip"),
        (DOCX, "a.docx", "docx"),
        (DOCX, "a.txt", "docx"),
        (HTML.encode(), "a.docx", "html"),
        (HTML.encode(), "a.txt", "html"),
        (HTML.encode("utf-16"), "a.html", "html"),
        (b"<?xml version='1.0'?><!-- c --><html><p>x</p></html>", "a", "html"),
        (b"Just <b>bold</b><p>text</p>", "a.htm", "html"),
        (b"no tags at all", "a.html", "text"),
        (MAIL.encode(), "a.eml", "mail"),
        (MAIL.encode(), "a.txt", "mail"),
        (b"From a@b Thu Jan  1 00:00:00 2020\nSubject: x\n\ny", "box", "mail"),
        (b"Date: the day is not known\n\nText.", "a.txt", "text"),
        (MARKDOWN.encode(), "a.md", "markdown"),
        (MARKDOWN.encode(), "a.txt", "markdown"),
        (b"# a comment\nkey = value\n", "a.txt", "text"),
        (b"Plain words.", "a.pdf", "text"),
        ("Текст без пометки.".encode("cp1251"), "a.txt", "text"),
        ("Words in UTF-16, without a mark.".encode("utf-16-le"), "a.txt", "text"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "scan.pdf", "image"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "scan", "image"),
        (b"II*\0" + b"\0\1" * 50, "scan.tif", "image"),
        (b"<svg xmlns='x'><text>a</text></svg>", "a.svg", "xml"),
        (b"<?xml version='1.0'?><data><a>1</a></data>", "a.xml", "xml"),
        (b"<?xml version='1.0'?><office:document x='y'/>", "a.xml", "odf"),
        (b"{\\rtf1 x}", "a.doc", "rtf"),
        (make_zip({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "a.zip", "xlsx"),
        (make_zip({"xl/workbook.xml": "<a/>"}), "a.xlsm", "xlsx"),
        (make_zip({"ppt/presentation.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "a", "pptx"),
        (make_zip({"content.xml": "<a/>", "META-INF/manifest.xml": ""}), "a.docx", "odf"),
        (
            make_zip({"content.xml": "<a/>", "mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            "a.odt",
            "ods",
        ),
        (make_zip({"META-INF/container.xml": "<a/>"}), "a.zip", "epub"),
        (make_zip({"word/notes.txt": "a", "b.txt": "b"}), "a.zip", "zip"),
        (b'{"a": [1, 2]}', "a.txt", "json"),
        (b'{"a": 1}\n{"a": 2}\n', "a", "json"),
        (b"[sic] he said {so}", "a.txt", "text"),
        (b"a,b\n1,2\n", "a.csv", "table"),
        (b"a\tb\n1\t2\n3\t4\n5\t6\n7\t8\n", "a.txt", "table"),
        (b"One; two.\nThree; four.\n" * 4, "a.txt", "text"),
        (b"From: <Saved by Browser>\nSubject: x\nMIME-Version: 1.0\n\nx", "a", "mhtml"),
        (MAIL.encode(), "a.mht", "mhtml"),
    ],
)
def test_a_file_is_what_it_holds_not_what_it_is_called(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.pdf", "empty"),
        (b" \n\0\0", "a.txt", "empty"),
        (OLE + "EncryptedPackage\0".encode("utf-16-le"), "a.docx", "encrypted"),
        (OLE, "a.doc", "damaged"),
        (OLE + "VisioDocument\0".encode("utf-16-le"), "a.vsd", "unsupported"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 50, "a.jpg", "unsupported"),
        (DOCX[: len(DOCX) // 2], "a.docx", "damaged"),
        (b"PK\x03\x04rest", "a.zip", "damaged"),
        (make_zip({"visio/document.xml": "<a/>"}), "a.vsdx", "unsupported"),
        (make_zip({}), "a.zip", "empty"),
        (bytes(range(256)) * 20, "a.bin", "unsupported"),
        (bytes(range(256)) * 20, "a.docx", "damaged"),
    ],
)
def test_what_cannot_be_read_has_a_reason(data: bytes, name: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as error:
        read_file(written(tmp_path, name, data))
    assert error.value.problem.reason == reason


@pytest.mark.parametrize(
    ("data", "kind"),
    [(DOCX, "docx"), (HTML, "html"), (MAIL, "mail"), (MARKDOWN, "markdown"), ("Plain words.", "text")],
)
def test_reads_each_kind_without_an_ending_to_go_by(data: bytes | str, kind: str, tmp_path: Path) -> None:
    document = read_file(written(tmp_path, "file", data))
    check(document)
    assert document.kind == kind
    assert document.engine
    assert not document.paged
    assert len(document.pages) == 1


def test_a_file_that_is_not_there_is_gone_and_one_that_is_too_large_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Unreadable) as gone:
        read_file(tmp_path / "nowhere.txt")
    assert gone.value.problem.reason == "gone"
    monkeypatch.setattr(formats, "LARGEST_TEXT", 10)
    with pytest.raises(Unreadable) as large:
        read_file(written(tmp_path, "a.txt", "More than ten bytes."))
    assert large.value.problem.reason == "too_large"


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "a.txt", "text")

    def refuse(_: Path, mode: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Unreadable) as error:
        read_file(path)
    assert error.value.problem.reason == "permission"


@given(st.one_of(st.binary(max_size=400), st.sampled_from([DOCX, HTML.encode(), MAIL.encode()])), st.data())
@settings(deadline=None)
def test_any_bytes_are_recognised_or_refused_with_a_known_reason(data: bytes, choice: st.DataObject) -> None:
    cut = data[: choice.draw(st.integers(0, len(data)))]
    name = choice.draw(st.sampled_from(["a.pdf", "a.docx", "a.txt", "a.html", "a.eml", "a"]))
    try:
        outcome = kind_of(cut, name)
    except Unreadable as error:
        outcome = error.problem.reason
    assert outcome in {*formats.READERS, "encrypted_office", *REASONS}
