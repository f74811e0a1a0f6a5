"""Web pages saved as one file: the page, its frames, its address, and when it was saved."""

from __future__ import annotations

import pytest

from qa_desktop.domain import BlockKind, Document
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.web.mhtml import read_mhtml
from tests.support.documents import check, texts, words


def saved(*pages: str, head: str = "", first: str = "<p1@x>") -> bytes:
    parts = "".join(
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-ID: <p{i}@x>\r\n"
        f"Content-Transfer-Encoding: 8bit\r\nContent-Location: https://example.org/{i}\r\n\r\n{page}\r\n"
        for i, page in enumerate(pages, 1)
    )
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/ferry\r\n"
        "Subject: =?utf-8?Q?Der_F=C3=A4hrmann?=\r\nDate: Thu, 4 Mar 2021 10:00:00 -0000\r\n"
        f'{head}MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b; start="{first}"\r\n\r\n'
        f"{parts}--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n"
    ).encode()


def read(data: bytes) -> Document:
    document = read_mhtml(data, "page.mhtml")
    check(document)
    return document


def test_the_page_its_address_and_what_the_head_says() -> None:
    document = read(saved("<html><body><p>Über die Fähre.</p></body></html>"))
    assert texts(document) == ["Über die Fähre."]
    assert (document.title, document.date) == ("Der Fährmann", "2021-03-04")
    assert dict(document.origins)["date"] == "day on which the page was saved"
    assert [(b.label, words(document, b)) for b in document.blocks if b.kind is BlockKind.ASIDE] == [
        ("address", "https://example.org/ferry")
    ]


def test_what_the_page_says_about_itself_comes_first() -> None:
    page = '<html><head><title>Ferry</title><meta name="date" content="2019-01-02"></head><body><p>Words.</p>'
    document = read(saved(page))
    assert (document.title, document.date) == ("Ferry", "2019-01-02")


def test_the_page_that_was_saved_comes_first_and_its_frames_are_set_aside() -> None:
    document = read(saved("<p>An advertisement.</p>", "<p>The page.</p>", first="<p2@x>"))
    assert texts(document) == ["The page."]
    assert "An advertisement." in texts(document, BlockKind.ASIDE)


def test_of_a_frameset_the_frames_are_the_page() -> None:
    document = read(saved("<html><frameset><frame src='cid:p2@x'></frameset></html>", "<p>The page.</p>"))
    assert texts(document) == ["The page."]


@pytest.mark.parametrize("data", [b"From: x\r\nContent-Type: text/plain\r\n\r\nwords", saved()])
def test_a_file_without_a_page_is_empty(data: bytes) -> None:
    with pytest.raises(Unreadable) as error:
        read_mhtml(data, "a.mhtml")
    assert error.value.problem.reason == "empty"
