"""Nothing that can be seen of a document is lost, in no format, whatever signs it is written in.

The stored text holds every visible character of the source; every visible character of the stored text is in
a passage, a heading, a marker or an aside; and every sentence can be cut out of the stored text again.
"""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_desktop.domain import Document
from qa_desktop.reading.formats import open_file, read_opened
from qa_desktop.reading.text.json_text import read_json
from qa_desktop.reading.text.markdown import read_markdown
from qa_desktop.reading.text.plain import read_plain
from qa_desktop.reading.text.tabular import read_table_text
from qa_desktop.reading.web.epub import read_epub
from qa_desktop.reading.web.html import read_html
from qa_desktop.reading.word.read import read_docx
from tests.support.coverage import lost, visible
from tests.support.documents import check, make_docx, make_epub, paragraph

Make = Callable[[list[str]], bytes]
ROOT = Path(__file__).parents[3]

_SIGNS = st.characters(
    categories=("L", "M", "N", "P", "S", "Zs"), exclude_characters="\ufffe\uffff", codec="utf-8"
)
_WORDS = st.sampled_from(
    ["Word", "12", "e.g.", "Dr.", "3.5", "end.", "“so”", "–", "1", "Share", "https://a.b/c-", "。", "né", "•",
     "IV.", "[2]", "Page 4", "a\u00adb", "x\u200by", "ﬁn", "𝕏", "👩‍🔬", "שלום", "مرحبا", "ไทย", "n\u0303",
     "Read more"]
)  # fmt: skip
_PARAGRAPHS = st.lists(
    st.one_of(
        st.text(_SIGNS, min_size=1, max_size=40), st.lists(_WORDS, min_size=1, max_size=40).map(" ".join)
    ),
    min_size=1,
    max_size=6,
)


def _plain(paragraphs: list[str]) -> bytes:
    return "\n\n".join(paragraphs).encode()


def _wrapped(paragraphs: list[str]) -> bytes:
    return "\n\n".join(p.replace(" ", "\n") for p in paragraphs).encode()


_PAGE = ("<p>{}</p>", "<h2>{}</h2>", "<ul><li>{}</ul>", "<div>{}<br><b>Text.</b></div>",
         "<table><tr><td>{}<td>x<tr><td>y<td>z</table>", "<footer>{}</footer>",
         "<p hidden>{}</p>")  # fmt: skip


def _page(paragraphs: list[str]) -> bytes:
    parts = [_PAGE[i % len(_PAGE)].format(html.escape(p)) for i, p in enumerate(paragraphs)]
    return f"<html><body><p>Begin.</p>{''.join(parts)}</body></html>".encode()


def _book(paragraphs: list[str]) -> bytes:
    chapters = {
        f"c{i}.xhtml": _PAGE[i % 4].format(html.escape(p)) for i, p in enumerate(["Begin.", *paragraphs])
    }
    return make_epub(
        {k: v.replace("<br>", "<br/>").replace("</ul>", "</li></ul>") for k, v in chapters.items()}
    )


def _word_file(paragraphs: list[str]) -> bytes:
    styles = ("", "H1", "Cap", "TOC1")
    body = [paragraph(html.escape(p), styles[i % 4]) for i, p in enumerate(paragraphs)]
    note = f'<w:footnote w:id="2">{paragraph(html.escape(paragraphs[0]))}</w:footnote>'
    cell = f"<w:tc>{body[-1]}</w:tc>"
    table = f"<w:tbl><w:tr>{cell}{cell}</w:tr><w:tr>{cell}{cell}</w:tr></w:tbl>"
    return make_docx("".join([paragraph("Begin."), *body, table]), footnotes=note, header1=body[0])


def _table(paragraphs: list[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([[p, "x", p] for p in [*paragraphs, "a", "b"]])
    return buffer.getvalue().encode()


def _data(paragraphs: list[str]) -> bytes:
    return json.dumps({"k": paragraphs, "o": [{"n": p, "m": 1} for p in paragraphs]}).encode()


@pytest.mark.parametrize(
    ("read", "make"),
    [
        (read_plain, _plain),
        (read_plain, _wrapped),
        (read_html, _page),
        (read_epub, _book),
        (read_docx, _word_file),
        (read_table_text, _table),
        (read_json, _data),
    ],
    ids=["plain", "wrapped", "html", "epub", "docx", "csv", "json"],
)
@given(paragraphs=_PARAGRAPHS)
@settings(max_examples=40, deadline=None)
def test_nothing_visible_is_lost(
    read: Callable[[bytes, str], Document], make: Make, paragraphs: list[str]
) -> None:
    paragraphs = [f"{p} Q" for p in paragraphs]
    document = read(make(paragraphs), "any.file")
    check(document)
    assert lost(document) == ""
    stored = visible("".join(page.text for page in document.pages))
    for words in paragraphs:
        assert visible(words) in stored


@given(_PARAGRAPHS)
@settings(max_examples=40, deadline=None)
def test_of_markdown_only_its_markup_is_in_no_passage(paragraphs: list[str]) -> None:
    document = read_markdown("\n\n".join(["Begin.", *paragraphs]).encode(), "any.md")
    check(document)
    assert not any(sign.isalnum() for sign in lost(document))


DOCUMENTS = [p for p in sorted((ROOT / "corpus" / "documents").rglob("*.*")) if p.parent.name != "scans"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_nothing_of_the_demonstration_documents_is_lost(path: Path) -> None:
    document = read_opened(open_file(path))
    missing = lost(document)
    if path.suffix == ".md":
        assert not set(missing) - set("#*-|>`[]()~_:")
    elif path.suffix == ".eml":
        assert set(missing) <= {">"}  # the signs of quoting
    elif path.suffix == ".pdf":
        assert set(missing) <= set("-0123456789")  # mended hyphens, and the notes' own numbers
    else:
        assert missing == ""
