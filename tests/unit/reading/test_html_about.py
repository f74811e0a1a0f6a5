"""What a page says about itself, in the order in which it is believed, and where it is said."""

from __future__ import annotations

import pytest

from qa_desktop.domain import BlockKind, Document
from qa_desktop.reading.web.html import read_html
from tests.support.documents import texts

LINKED = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"News"},'
    '{"@type":["NewsArticle"],"headline":"Ferry sold","datePublished":"2021-03-04T10:00:00Z",'
    '"author":[{"@type":"Person","name":"Ada Brand"},{"name":"Eva Sund"}]}]}</script>'
)
META = (
    '<meta property="og:title" content="Ferry is sold"><meta name="citation_author" content="Brand, Ada">'
    '<meta name="citation_author" content="Sund, Eva"><meta name="dc.date" content="2020/05/06">'
)
TIME = '<header><time datetime="2019-02-01T08:00">1 February</time></header>'


def read(head: str, body: str = "") -> Document:
    start = f"<html lang='de-AT'><head><title>Ferry | News</title>{head}</head>"
    page = f"{start}<body>{body}<p>Words.</p></body></html>"
    return read_html(page.encode(), "page.html")


def facts(document: Document) -> dict[str, tuple[str, str]]:
    origins = dict(document.origins)
    return {fact: (getattr(document, fact), origin) for fact, origin in origins.items()}


def test_linked_data_come_first() -> None:
    assert facts(read(META + LINKED, TIME)) == {
        "title": ("Ferry sold", "page's linked data"),
        "author": ("Ada Brand, Eva Sund", "page's linked data"),
        "date": ("2021-03-04", "page's linked data"),
        "language": ("de", "page's language mark"),
    }


def test_then_the_meta_data_and_then_the_time_mark() -> None:
    found = facts(read(META, TIME))
    assert found["author"] == ("Brand, Ada, Sund, Eva", "page's meta data")
    assert found["date"] == ("2020-05-06", "page's meta data")
    assert facts(read("", TIME))["date"] == ("2019-02-01", "page's time mark")


def test_a_time_in_the_text_is_not_the_day_of_publication() -> None:
    assert read("", "<p>It sank on <time datetime='1961-05-04'>4 May</time>.</p>").date == ""


@pytest.mark.parametrize(
    "data", ["{", '{"@type":"Article","author":{"name":7},"datePublished":[1]}', "[" * 5_000, '{"@graph":3}']
)
def test_broken_linked_data_are_passed_over(data: str) -> None:
    document = read(f'<script type="application/ld+json">{data}</script>')
    assert texts(document) == ["Words."]


def test_of_a_small_page_everything_but_its_surroundings_is_its_text() -> None:
    lines = "".join(f"<div>Short line {i}.</div>" for i in range(12))
    document = read(
        "", f"<nav>Home</nav>{lines}<div>And one longer paragraph about the ferry and its price.</div>"
    )
    assert len(texts(document)) == 14
    assert texts(document, BlockKind.ASIDE) == ["Home"]
