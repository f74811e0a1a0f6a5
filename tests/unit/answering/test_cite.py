"""A citation is only made when the stored text, cut at its runs, is the quote letter for letter."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.answering.cite import cite, proven
from qa_desktop.domain import Block, BlockKind, DocumentEntry, Page, Passage, Run, Sentence, text_of
from tests.support.evidence import entry

PAGES = (
    Page(1, "The Russian contingent left\nKFOR in mid-\n1 Ministry, 2003.\n", label="5"),
    Page(2, "2003, as planned.\n"),
)
RUNS = (Run(1, 0, 40), Run(2, 0, 17))
QUOTE = "The Russian contingent left KFOR in mid-2003, as planned."
ENTRY = replace(entry(), paged=True, pages=2, sha256="ab")


def cited(sentence: Sentence, entry: DocumentEntry = ENTRY, blocks: tuple[Block, ...] = ()) -> object:
    return cite(1, sentence, Passage(0, "body", (), (sentence,)), entry, PAGES, blocks)


def test_a_quote_around_a_note_and_over_a_page_break_is_proven() -> None:
    assert proven(QUOTE, RUNS, PAGES)


def test_a_quote_with_one_other_letter_is_refused() -> None:
    assert not proven(QUOTE.replace("left", "lefT"), RUNS, PAGES)
    assert cited(Sentence(QUOTE + ".", RUNS)) is None


def test_places_outside_the_document_are_refused() -> None:
    assert not proven("x", (Run(3, 0, 1),), PAGES)
    assert not proven("x", (Run(1, -1, 0),), PAGES)
    assert not proven("planned.", (Run(2, 9, 99),), PAGES)
    assert not proven("", (), PAGES)


def test_the_place_names_the_page_and_its_printed_number() -> None:
    made = cite(1, Sentence(QUOTE, RUNS), Passage(0, "body", (), (Sentence(QUOTE, RUNS),)), ENTRY, PAGES, ())
    assert made is not None
    assert (made.page, made.page_label, made.locator) == (1, "5", "page 1 (printed 5)")
    assert made.sha256 == "ab"


def test_a_format_without_pages_says_the_place_in_words() -> None:
    sentence = Sentence("2003, as planned.", (Run(2, 0, 17),), block=0)
    blocks = (Block(BlockKind.PARAGRAPH, sentence.runs, locator="paragraph 12"),)
    made = cite(1, sentence, Passage(0, "body", (), (sentence,)), replace(ENTRY, paged=False), PAGES, blocks)
    assert made is not None
    assert (made.page, made.locator) == (None, "paragraph 12")


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=3), st.data())
def test_what_is_proven_is_what_the_runs_read(texts: list[str], data: st.DataObject) -> None:
    pages = tuple(Page(n, t) for n, t in enumerate(texts, start=1))
    runs = []
    for page in pages:
        start = data.draw(st.integers(0, len(page.text) - 1))
        runs.append(Run(page.number, start, data.draw(st.integers(start + 1, len(page.text)))))
    quote = text_of(runs, pages)
    assert proven(quote, runs, pages) == bool(quote)
    assert not proven(quote + "x", runs, pages)
