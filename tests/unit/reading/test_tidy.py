from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_desktop.domain import BlockKind, Document, text_of
from qa_desktop.reading.text.plain import read_plain
from tests.support.documents import check, printed_pages, texts, uncovered, words

# A paper of two pages as converters and scrapers deliver it: doubled line breaks, notes at the feet of the
# pages, their addresses repeated below them, and page numbers between.
PAGES = [
    (
        [
            "II. The harbour authority and the long quarrel about the ferry between the two islands ",
            "of the Northern Sound  ",
            "The harbour authority was founded in 1961 by the councils of both islands, and it opened ",
            "the first ferry line two years later, after a long quarrel about its cost.1 In October 20082 ",
            "the line was closed, because the ship no longer met the rules for safety; the councils of ",
            "the islands, which had to agree on a new one, were unable to do so before the spring, and ",
            "asked the ministry to decide.”3 The ministry declined, and told the councils of Upper and ",
        ],
        [
            "1 Ada Brand, “The Price of Water,” Island Studies, 4(2), p. 133, 1964. Available at: ",
            "https://example.org/studies/the-price-of-",
            "water-1964.html. ",
            "2 Harbour Authority, Report for 2008.  ",
            "3 The same.  ",
            "https://example.org/studies/the-price-of-water-1964.html",
        ],
    ),
    (
        [
            "lower Eastland to find a self-",
            "evident solution among themselves. This took another year.  ",
            "The ferry came back in 2010, when an Eastland company, which ran other lines to the ",
            "mainland, bought the ship and the licence, at a price that was never made public.4 It has ",
            "been running ever since, and neither council has complained about it in any meeting.  ",
        ],
        ["4 Letter to the author, 3 May 2012.  "],
    ),
]


@pytest.fixture(scope="module")
def paper() -> Document:
    document = read_plain(printed_pages(PAGES).encode(), "harbour.txt")
    check(document)
    return document


def test_a_sentence_runs_on_across_notes_and_page_numbers(paper: Document) -> None:
    body = " ".join(texts(paper, BlockKind.PARAGRAPH))
    assert "told the councils of Upper and lower Eastland to find a self-evident solution" in body
    assert "Brand" not in body
    assert "example.org" not in body


def test_markers_leave_the_words_and_years_whole(paper: Document) -> None:
    body = " ".join(texts(paper, BlockKind.PARAGRAPH))
    assert "about its cost. In October 2008 the line was closed" in body
    assert "asked the ministry to decide.” The ministry" in body
    found = [(r.label, text_of([r.run], paper.pages)) for b in paper.blocks for r in b.references]
    assert found == [(n, n) for n in "1234"]


def test_notes_are_kept_with_their_numbers_and_whole_addresses(paper: Document) -> None:
    notes = {b.label: words(paper, b) for b in paper.blocks if b.kind is BlockKind.NOTE}
    assert notes["1"].endswith("https://example.org/studies/the-price-of-water-1964.html.")
    assert notes["2"] == "Harbour Authority, Report for 2008."
    assert notes["4"] == "Letter to the author, 3 May 2012."
    assert next(b.locator for b in paper.blocks if b.kind is BlockKind.NOTE) == "note 1"


def test_what_is_set_aside_is_kept_and_says_why(paper: Document) -> None:
    asides = [(b.label, words(paper, b)) for b in paper.blocks if b.kind is BlockKind.ASIDE]
    assert ("page number", "7") in asides
    assert ("repeated link", "https://example.org/studies/the-price-of-water-1964.html") in asides
    assert ("note number", "1 2 3 4") in asides
    assert uncovered(paper) == ""


def test_a_numbered_heading_of_two_lines_is_one_heading(paper: Document) -> None:
    headings = [(b.level, words(paper, b)) for b in paper.blocks if b.kind is BlockKind.HEADING]
    expected = "II. The harbour authority and the long quarrel about the ferry between the two islands"
    expected += " of the Northern Sound"
    assert headings == [(2, expected)]
    assert f"under “{expected[:40]}" in paper.blocks[1].locator


WRAPPED = """The Old Mill

The mill at the upper end of the valley was built in the year in which the river
froze. It was given up when the railway came, and its wheel was sold to a mu-
seum. The museum still shows it, but nobody visits the mu-
seum any more. Its well-
known roof has fallen in.

History

What is known of it comes from three letters:

- the first, of 1801, complains about
  the price of oak;
- the second is lost;
- the third thanks for the oak.

    advertisement

The end of the story was told by the last miller in a newspaper of his time, which
has been lost as well.
"""


def test_wrapped_text_has_paragraphs_headings_and_lists() -> None:
    document = read_plain(WRAPPED.encode(), "mill.txt")
    check(document)
    assert document.title == "The Old Mill"
    assert texts(document, BlockKind.HEADING) == ["The Old Mill", "History"]
    assert [b.level for b in document.blocks if b.kind is BlockKind.HEADING] == [1, 2]
    assert texts(document, BlockKind.LIST)[0] == "- the first, of 1801, complains about the price of oak;"
    assert len(texts(document, BlockKind.LIST)) == 3
    assert texts(document, BlockKind.ASIDE) == ["advertisement"]
    assert "Its well-known roof" in texts(document, BlockKind.PARAGRAPH)[0]
    assert uncovered(document) == ""


def test_a_word_broken_at_a_line_end_loses_its_hyphen_only_if_the_text_has_it_whole() -> None:
    document = read_plain(WRAPPED.replace("visits the mu-\nseum", "visits the museum").encode(), "mill.txt")
    assert "sold to a museum." in texts(document, BlockKind.PARAGRAPH)[0]


def test_numbers_glued_to_words_stay_where_there_are_no_notes() -> None:
    text = "The A1 meets the B2 and the C3 near pump4 and gate5. It cost 1.5 million, then 2.5 and 3.5.\n" * 3
    document = read_plain(text.encode(), "roads.txt")
    assert not [r for b in document.blocks for r in b.references]
    assert "A1 meets the B2 and the C3 near pump4" in texts(document)[0]


def test_numbers_between_colons_are_no_markers() -> None:
    document = read_plain(b"a:b:c:d\n1:2:3:4\nx:5:y:6\n" * 3, "table.txt")
    assert not [r for b in document.blocks for r in b.references]


def test_years_and_lone_numbers_are_no_page_numbers() -> None:
    text = "1999\n\nThe club was founded by four.\n\n2004\n\nIt had ninety members.\n\n42\n\nThat is all.\n"
    document = read_plain(text.encode(), "club.txt")
    assert not texts(document, BlockKind.ASIDE)


def test_dashed_and_counted_page_numbers_are_set_aside() -> None:
    text = (
        "The first page says this.\n\n- 3 -\n\nThe second says that.\n\nPage 4 of 9\n\nThe third is empty.\n"
    )
    assert texts(read_plain(text.encode(), "p.txt"), BlockKind.ASIDE) == ["- 3 -", "Page 4 of 9"]


def test_a_title_in_capitals_is_the_title_and_a_name_with_initials_is_no_chapter() -> None:
    body = "A list that was kept by the club, which met every week in the back\nroom of the old mill.\n"
    document = read_plain(f"MEMBERS OF THE CLUB\n(FROM THE BEGINNING)\n{body}".encode(), "a.txt")
    assert document.title == "MEMBERS OF THE CLUB (FROM THE BEGINNING)"
    assert texts(document, BlockKind.PARAGRAPH) == [" ".join(body.split())]
    assert read_plain(f"C. S. Marlow\n\n{body}".encode(), "b.txt").title == "C. S. Marlow"


def test_a_sentence_torn_by_an_index_is_whole_and_short_lines_stay_apart() -> None:
    text = "Ada Brand\n6/2/2023\n\n"
    text += "The air that we breathe every day of our lives contains a gas called O\n2\n, and more.\n"
    text += "It was found late, and by three people.\nNobody knows who was the first of them to see it.\n" * 2
    document = read_plain(text.encode(), "air.txt")
    found = texts(document, BlockKind.PARAGRAPH)
    assert "The air that we breathe every day of our lives contains a gas called O 2 , and more." in found
    assert "Ada Brand" in found


def test_residue_of_web_pages_is_left_out_of_sentences() -> None:
    text = (
        'The vote was held in May. style="font-size:40px; padding:7px;">The result was clear.\n'
        "Read also: Another story from our pages\n"
        "Children play in front of the town hall on election day. (A photo)\n"
        "Children play in front of the town hall on election day. (A photo)\n"
        "NEWSLETTER\n"
    )
    document = read_plain(text.encode(), "vote.txt")
    check(document)
    assert texts(document)[0] == "The vote was held in May. The result was clear."
    assert len(texts(document)) == 2
    labels = [b.label for b in document.blocks if b.kind is BlockKind.ASIDE]
    assert sorted(labels) == ["repeated", "residue", "residue", "residue"]
    assert uncovered(document) == ""


_PIECES = st.sampled_from(
    ["Word", "word", "end.", "12", "1", " ", "  ", "\n", "\n\n", "\n \n", " " * 30, "-", "_" * 9, "\f", "• ",
     "IV. ", "https://a.b/c-", "Available at:", "”7 ", "2008", "<b>", "Share", "é", "-\n"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=120))
@settings(max_examples=150, deadline=None)
def test_every_letter_is_in_a_block_whatever_the_text(pieces: list[str]) -> None:
    text = "".join(pieces) + "x"
    document = read_plain(text.encode(), "any.txt")
    check(document)
    assert uncovered(document) == ""


@pytest.mark.parametrize(
    "piece", [" ", "-", "1\n\n", "<p ", "font-", 'style="', "http://a/\n", "a-\n", "I. a\n"]
)
def test_tidying_is_quick_whatever_the_text(piece: str) -> None:
    text = piece * (200_000 // len(piece)) + "x"
    began = time.process_time()
    read_plain(text.encode(), "long.txt")
    assert time.process_time() - began < 5
