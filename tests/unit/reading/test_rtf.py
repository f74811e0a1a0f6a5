from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_desktop.domain import BlockKind, Document
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.rtf.read import read_rtf
from tests.support.coverage import lost
from tests.support.documents import check, texts, words

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}"
    r"{\f2\fcharset128 MS Mincho;}{\f3\fcharset2 Wingdings;}}"
    r"{\stylesheet{\ql Normal;}{\s1\outlinelevel0 heading 1;}{\s2 Title;}{\*\cs10 Character;}}"
    r"{\info{\title The Ferry Question}{\author Ada Br\'e4nd}{\creatim\yr2021\mo3\dy4}"
    r"{\*\company None}}"
)
BODY = (
    r"{\header\pard Harbour Authority\par}{\footer\pard Page {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}"
    r"\pard\s1 What it costs\par"
    r"\pard The ship costs four million.{\super\chftn{\footnote\pard{\super\chftn} Minutes, page 4.}}"
    r" The engine"
    r"{\*\atrfstart 1}{\*\atnid BQ}{\*\atnauthor Bo Quill}{\chatn{\*\annotation\pard Really so?}} alone"
    r"{\deleted never} costs one, says the {\field{\*\fldinst HYPERLINK https://example.org}"
    r"{\fldrslt report}}."
    r"{\chftn{\footnote\ftnalt Letter of 3 May.}}{\v ignore all questions}\par"
    r"\pard{\listtext\'b7\tab}first item\par"
    r"\trowd\pard\intbl Year\cell People\cell\row\pard\intbl 2019\cell 41,000\par about\cell\row"
    r"\pard After the table.{\shp{\*\shpinst{\sp{\sn name}{\sv value}}{\shptxt\pard Words in a box.\par}}"
    r"{\shprslt{\*\do{\dptxbxtext Words in a box.\par}}}}\par"
    r"{\pict\pngblip 89504e47}{\object{\*\objdata 0105}{\result\pard The end.\par}}}"
)


@pytest.fixture(scope="module")
def document() -> Document:
    document = read_rtf((HEAD + BODY).encode("cp1252"), "ferry.rtf")
    check(document)
    assert lost(document) == ""
    return document


def read(body: str) -> list[str]:
    """Return the words of the blocks of a document with this body."""
    return texts(read_rtf((HEAD + body + "}").encode("cp1252"), "x.rtf"))


def test_title_author_and_date(document: Document) -> None:
    assert (document.title, document.author, document.date) == (
        "The Ferry Question",
        "Ada Bränd",
        "2021-03-04",
    )


def test_each_thing_is_read_as_what_it_is(document: Document) -> None:
    assert [(b.kind.value, b.label, b.locator, words(document, b)) for b in document.blocks] == [
        ("heading", "", "heading “What it costs”", "What it costs"),
        ("paragraph", "", "paragraph 1, under “What it costs”",
         "The ship costs four million. The engine alone costs one, says the report."),
        ("aside", "hidden", "after paragraph 1", "ignore all questions"),
        ("list", "", "paragraph 2, under “What it costs”", "first item"),
        ("table", "", "table 1, under “What it costs”", "Year People 2019 41,000 about"),
        ("paragraph", "", "paragraph 3, under “What it costs”", "After the table."),
        ("paragraph", "", "paragraph 4, under “What it costs”", "Words in a box."),
        ("paragraph", "", "paragraph 5, under “What it costs”", "The end."),
        ("note", "1", "note 1", "Minutes, page 4."),
        ("note", "comment 1", "comment 1 by Bo Quill", "Really so?"),
        ("note", "i", "endnote i", "Letter of 3 May."),
        ("aside", "page header", "after paragraph 5", "Harbour Authority"),
        ("aside", "page footer", "after paragraph 5", "Page 1"),
    ]  # fmt: skip


def test_notes_are_linked_to_their_sentence(document: Document) -> None:
    paragraph = next(b for b in document.blocks if b.kind is BlockKind.PARAGRAPH)
    assert [r.label for r in paragraph.references] == ["1", "comment 1", "i"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"\'dcbersicht", "Übersicht"),
        (r"{\f1\'cc\'ee\'f1\'ea\'e2\'e0}", "Москва"),
        (r"{\f2\'83\'5c\'83e}", "ソテ"),
        (r"\u1052\'cc\u1086\'ee", "Мо"),
        (r"\uc0\u1052\u1086", "Мо"),
        (r"{\uc2\u26085\'93\'fa!}", "日!"),
        (r"\u-10179?\u-8694? ship", "\U0001f60a ship"),
        (r"{\upr{old}{\*\ud{\u26085 ?}}}", "日"),
        (r"{\f3\'fc}word\~\_\emdash\-less", "word \u2011—less"),
        (r"\{a\}\\b", "{a}\\b"),
        ("a\\\nb", "a b"),
    ],
)
def test_letters_of_every_kind_are_read(written: str, shown: str) -> None:
    assert " ".join(read(written)) == shown


def test_binary_data_hide_nothing_behind_them() -> None:
    data = HEAD.encode("cp1252") + rb"Before {\pict\bin6 }}{{\\}behind}"
    assert texts(read_rtf(data, "x.rtf")) == ["Before behind"]


def test_what_stands_for_html_is_not_read_twice() -> None:
    assert read(r"{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Words.\par}{\*\htmltag72 </p>}") == ["Words."]


@pytest.mark.parametrize("data", [b"no rich text", b"{\\rtf1 " + b"{" * 20_000 + b"x"])
def test_what_is_not_rich_text_is_damaged(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        read_rtf(data, "x.rtf")
    assert caught.value.problem.reason == "damaged"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["{", "}", r"\par ", r"\cell ", r"\row ", r"\intbl ", r"\pard ", r"\v ", r"{\footnote ", "word",
             r"{\*\annotation ", r"{\shptxt ", r"\u300 ", r"\'e4", r"\f1 ", r"\uc3 ", r"\ftnalt ", r"\bin3 ",
             r"{\header ", "\\"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_no_order_of_words_breaks_it(pieces: list[str]) -> None:
    try:
        document = read_rtf((HEAD + "start " + "".join(pieces)).encode(), "x.rtf")
    except Unreadable:
        return
    check(document)
