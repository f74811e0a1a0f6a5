"""Blocks of a PDF as a reader sees them: sentences whole, notes apart, running lines set aside."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest

from qa_desktop.domain import Block, BlockKind, Document, text_of
from qa_desktop.reading.pdf.read import read_pdf
from qa_desktop.reading.sentences import sentences_of
from tests.support.pdfs import BOLD, Sheets, sentences, texts

TOPICS = ["tides", "tugs", "pilots", "wages", "storms", "lamps"]
TUGS = "Tugs are small boats that draw the large ships of the northern coast into the harbour."
LAMPS = "Lamps burn at night on both sides of the entrance, so that pilots can find their way."


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """Six pages with running head and foot, headings, notes, and sentences that run over the page."""
    sheets = Sheets(tmp_path_factory.mktemp("pdf") / "harbour_review-2021.pdf", title="", author="A. Clerk")
    for n, topic in enumerate(TOPICS, start=1):
        sheets.lines(["Harbour Review 2021"], top=40, size=9)
        top = sheets.lines([f"{n}. On {topic}"], top=90, size=15, font=BOLD)
        opening = "but also for every barge." if n > 1 else "The council met on Monday."
        sheets.lines(
            [
                f"{opening} It decided in October 2008^{2 * n - 1}^ to ask the inter-",
                f"preter about {topic}, who was a well-",
                f"known captain.^{2 * n}^ The interpreter wrote a report on the cost of {topic} and sent",
                "it to the council. The rules hold not only for every ferry that crosses the wide bay",
            ],
            top=top,
        )
        sheets.lines(
            [f"^{2 * n - 1}^ Minutes about {topic}, page 12, kept in the archive of the"], top=735, size=8
        )
        sheets.lines(["harbour office."], top=745, size=8)
        sheets.lines([f"^{2 * n}^ Ibid., page {40 - n}."], top=757, size=8)
        sheets.lines([f"– {n + 4} –"], top=810, left=290, size=9)
        sheets.page()
    return read_pdf(sheets.save())


def test_what_the_file_says_of_itself(review: Document) -> None:
    assert (review.title, review.author, review.date, review.paged) == (
        "1. On tides",
        "A. Clerk",
        "2000-01-01",
        True,
    )
    assert review.engine.startswith("pdfium ")
    assert review.problems == ()


def test_running_lines_and_page_numbers_are_set_aside(review: Document) -> None:
    asides = Counter(texts(review, BlockKind.ASIDE))
    assert asides["Harbour Review 2021"] == 6
    assert [p.label for p in review.pages] == ["5", "6", "7", "8", "9", "10"]
    assert not any("Review" in s or "–" in s for s in sentences(review))


def test_headings_stand_though_each_page_has_one_at_the_same_place(review: Document) -> None:
    assert texts(review, BlockKind.HEADING) == [f"{n}. On {t}" for n, t in enumerate(TOPICS, start=1)]


def test_a_marker_is_no_part_of_its_sentence_but_known(review: Document) -> None:
    assert (
        "It decided in October 2008 to ask the interpreter about tugs, who was a well-known captain."
        in sentences(review)
    )
    references = [(r.label, text_of((r.run,), review.pages)) for b in review.blocks for r in b.references]
    assert references == [(str(n), str(n)) for n in range(1, 13)]


def test_notes_are_kept_apart_with_their_labels(review: Document) -> None:
    notes = [b for b in review.blocks if b.kind is BlockKind.NOTE]
    assert [b.label for b in notes] == [str(n) for n in range(1, 13)]
    assert text_of(notes[2].runs, review.pages) == (
        "Minutes about tugs, page 12, kept in the archive of the harbour office."
    )
    assert text_of(notes[3].runs, review.pages) == "Ibid., page 38."
    assert [b.runs[0].page for b in notes] == [n for n in range(1, 7) for _ in range(2)]


def test_a_sentence_over_the_page_break_is_one_with_two_runs(review: Document) -> None:
    wanted = "The rules hold not only for every ferry that crosses the wide bay but also for every barge."
    found = [
        s
        for i, b in enumerate(review.blocks)
        for s in sentences_of(b, review.pages, i)
        if s.text.startswith("The rules hold")
    ]
    # The heading at the top of each page stands between the two halves, so they must not be joined.
    assert wanted not in [s.text for s in found]
    assert len(found) == 6


def test_a_sentence_goes_on_behind_notes_and_running_lines(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.lines(
        ["The rules hold for every ferry^1^ that crosses the bay of the northern coast and also"],
        top=700,
    )
    sheets.lines(["^1^ A ferry is a boat."], top=760, size=8)
    sheets.page()
    sheets.lines(["for every barge. A second sentence follows."], top=100)
    sheets.page()
    document = read_pdf(sheets.save())
    [first, second] = sentences_of(document.blocks[0], document.pages)
    assert first.text == (
        "The rules hold for every ferry that crosses the bay of the northern coast and also for every barge."
    )
    assert [r.page for r in first.runs] == [1, 1, 2]
    assert second.text == "A second sentence follows."


def test_a_word_divided_by_the_page_break_is_mended(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.lines(
        ["The interpreter spoke. It is the duty of every captain to pay the wages of the inter-"], top=700
    )
    sheets.page()
    sheets.lines(["preter in full."], top=100)
    sheets.page()
    document = read_pdf(sheets.save())
    assert "It is the duty of every captain to pay the wages of the interpreter in full." in sentences(
        document
    )


def test_paragraphs_part_at_indents_and_gaps(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    wide = "The ferries of the northern coast carry people, cars and letters from island to islands"
    top = sheets.lines([wide, wide.lower(), "and never stop."], top=100)
    top = sheets.lines(
        ["Indented, a second paragraph begins and runs on to the end of the line, as"], top=top, left=90
    )
    top = sheets.lines(["they do."], top=top)
    sheets.lines(["After a gap the third one follows, in which nothing happens."], top=top + 14)
    sheets.page()
    found = texts(read_pdf(sheets.save()), BlockKind.PARAGRAPH)
    assert [t.split()[0] for t in found] == ["The", "Indented,", "After"]


def test_a_paragraph_goes_on_in_the_next_column(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.lines(["Boats of the Bay"], top=80, size=18, font=BOLD)
    sheets.lines(
        ["The left column tells of the ferries that cross", "the bay each morning with two hun-",
         "dred people. The company will buy a new boat", "for the outer islands, because the old"],
        top=120, size=10,
    )  # fmt: skip
    sheets.lines(
        ["boat takes too long. The right column ends", "with a visit to the town hall."],
        top=120,
        left=310,
        size=10,
    )
    sheets.page()
    document = read_pdf(sheets.save())
    assert document.title == "Boats of the Bay"
    assert (
        "The company will buy a new boat for the outer islands, because the old boat takes too long."
        in sentences(document)
    )
    assert any("two hundred people" in s for s in sentences(document))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_reads_from_its_own_top(tmp_path: Path, turn: int) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.lines(["The first line of a turned page, which is", "followed by the second one."], top=100)
    sheets.page()
    writer = pypdf.PdfWriter(clone_from=sheets.save())
    writer.pages[0].rotate(turn)
    writer.write(tmp_path / "turned.pdf")
    document = read_pdf(tmp_path / "turned.pdf")
    assert sentences(document) == ["The first line of a turned page, which is followed by the second one."]


def test_every_printed_character_lies_in_one_block(review: Document) -> None:
    counts = [Counter[int]() for _ in review.pages]
    for block in review.blocks:
        for run in block.runs:
            counts[run.page - 1].update(range(run.start, run.end))
    for page, count in zip(review.pages, counts, strict=True):
        assert max(count.values()) == 1
        left_out = "".join(c for i, c in enumerate(page.text) if not count[i] and not c.isspace())
        # Markers in the text and at the notes, and the one hyphen that divided "interpreter".
        n = 2 * page.number
        assert sorted(left_out) == sorted(f"{n - 1}{n}{n - 1}{n}-")


def test_blocks_come_in_reading_order(review: Document) -> None:
    body = [b for b in review.blocks if b.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)]

    def start(block: Block) -> tuple[int, int]:
        return block.runs[0].page, block.runs[0].start

    assert all(start(a) < start(b) for a, b in pairwise(body))


def test_two_pages_are_enough_for_a_running_line_that_never_changes(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    for n, text in enumerate((TUGS, LAMPS), start=1):
        sheets.lines(["Harbour Briefs, No. 11"], top=40, size=9)
        sheets.lines([text], top=100)
        sheets.row((f"{n} / 2", "Written for the harbour office."), (72, 200), top=810, size=8)
        sheets.page()
    document = read_pdf(sheets.save())
    assert sentences(document) == [TUGS, LAMPS]
    assert [p.label for p in document.pages] == ["1", "2"]


def test_a_paragraph_may_end_with_a_marker(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    wide = "The tugs of the northern coast are small boats that draw the large ships of the company"
    top = sheets.lines(
        [wide, "into the harbour when the wind is from the sea and the tide is low enough.^1^"], top=600
    )
    sheets.lines(
        ["    Lamps burn at night, so that pilots can find their way into the narrow entrance.^2^"], top=top
    )
    sheets.lines(["^1^ A tide table hangs in the office."], top=745, size=8)
    sheets.lines(["^2^ They are put out at dawn."], top=757, size=8)
    sheets.page()
    sheets.lines(["On the next page another paragraph begins."], top=100)
    sheets.page()
    found = texts(read_pdf(sheets.save()), BlockKind.PARAGRAPH)
    assert [t.split()[0] for t in found] == ["The", "Lamps", "On"]


def test_a_square_metre_is_no_marker(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path / "a.pdf")
    sheets.lines(["The quay has 400 m^2^ of boards.^1^ They are old.^2^"], top=600)
    sheets.lines(["^1^ Survey of the quay."], top=745, size=8)
    sheets.lines(["^2^ Forty years."], top=757, size=8)
    sheets.page()
    document = read_pdf(sheets.save())
    assert sentences(document) == ["The quay has 400 m2 of boards.", "They are old."]
    assert [r.label for b in document.blocks for r in b.references] == ["1", "2"]
