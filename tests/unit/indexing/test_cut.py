"""Passages hold whole sentences, stay under their headings, name one page, and lose nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.domain import Block, BlockKind, Document, Page, Passage, Run, text_of
from qa_desktop.indexing.cut import cut, encoder_text
from qa_desktop.indexing.recipe import Recipe

SMALL = Recipe(least=12, most=20, overlap=6, tail=4, sentence=30)


def count_words(text: str) -> int:
    return len(text.split())


def document(*parts: tuple[BlockKind, str], page_breaks: tuple[int, ...] = (), level: int = 1) -> Document:
    """Make a document; a new page begins before the parts numbered in `page_breaks`."""
    pages: list[str] = [""]
    blocks = []
    for index, (kind, text) in enumerate(parts):
        if index in page_breaks:
            pages.append("")
        start = len(pages[-1])
        pages[-1] += text + "\n\n"
        run = Run(len(pages), start, start + len(text))
        blocks.append(Block(kind, (run,), level=level if kind is BlockKind.HEADING else 0))
    return Document(
        kind="pdf",
        title="A paper",
        pages=tuple(Page(n, text) for n, text in enumerate(pages, start=1)),
        blocks=tuple(blocks),
        paged=True,
    )


def sentence(number: int, words: int = 5) -> str:
    return " ".join([f"Word{number}", *["goes"] * (words - 2), "on."])


def test_passages_never_cut_a_sentence_and_never_exceed_the_limit() -> None:
    text = " ".join(sentence(i) for i in range(20))
    passages = cut(document((BlockKind.PARAGRAPH, text)), SMALL, count_words)
    whole = {sentence(i) for i in range(20)}
    assert len(passages) > 3
    for passage in passages:
        assert {s.text for s in passage.sentences} <= whole
        assert count_words(passage.text) <= SMALL.most


def test_the_last_sentence_is_repeated_where_it_is_short() -> None:
    text = " ".join(sentence(i) for i in range(8))
    first, second, *_ = cut(document((BlockKind.PARAGRAPH, text)), SMALL, count_words)
    assert first.sentences[-1] == second.sentences[0]


def test_a_heading_closes_a_passage_and_goes_along_as_a_path() -> None:
    made = document(
        (BlockKind.HEADING, "Missions"),
        (BlockKind.PARAGRAPH, sentence(1)),
        (BlockKind.HEADING, "Withdrawal"),
        (BlockKind.PARAGRAPH, sentence(2)),
    )
    one, two = cut(made, SMALL, count_words)
    assert (one.headings, two.headings) == (("Missions",), ("Withdrawal",))
    assert "Missions" not in one.text


def test_a_heading_with_nothing_under_it_can_be_found() -> None:
    made = document((BlockKind.PARAGRAPH, sentence(1)), (BlockKind.HEADING, "A closing word"))
    assert [p.text for p in cut(made, SMALL, count_words)] == [sentence(1), "A closing word"]


def test_a_passage_names_one_page() -> None:
    parts = tuple((BlockKind.PARAGRAPH, sentence(i)) for i in range(6))
    passages = cut(document(*parts, page_breaks=(3,)), SMALL, count_words)
    assert all(len({r.page for r in p.runs}) == 1 for p in passages)
    assert {p.page for p in passages} == {1, 2}


def test_a_note_stands_apart_from_the_text_around_it() -> None:
    made = document(
        (BlockKind.PARAGRAPH, sentence(1)),
        (BlockKind.NOTE, "A source, 1999."),
        (BlockKind.PARAGRAPH, sentence(2)),
    )
    found = {p.kind: p.text for p in cut(made, SMALL, count_words)}
    assert found == {"note": "A source, 1999.", "body": f"{sentence(1)} {sentence(2)}"}


def test_every_part_of_a_table_repeats_its_header() -> None:
    rows = ["Year\tCases", *(f"{year}\tabout {year - 1990} of them all" for year in range(1999, 2010))]
    passages = cut(document((BlockKind.TABLE, "\n".join(rows))), SMALL, count_words)
    assert len(passages) > 1
    assert all(p.text.splitlines()[0] == "Year Cases" for p in passages)
    assert {line for p in passages for line in p.text.splitlines()} == {" ".join(r.split()) for r in rows}


def test_a_first_row_of_amounts_is_not_repeated_and_years_are_names_of_columns() -> None:
    amounts = "\n".join(f"{n}\t{n * 7}\t{n}.5\t{n}%\t(41,000)\t$9" for n in range(1, 12))
    passages = cut(document((BlockKind.TABLE, amounts)), SMALL, count_words)
    lines = [line for p in passages for line in p.text.splitlines()]
    assert len(passages) > 1
    assert len(lines) == 11
    years = "Item\t2019\t2020\n" + "\n".join(f"thing {n}\t{n}\tabout seven of them" for n in range(9))
    passages = cut(document((BlockKind.TABLE, years)), SMALL, count_words)
    assert len(passages) > 1
    assert all(p.text.startswith("Item 2019 2020") for p in passages)


def test_a_long_note_is_cut_between_sentences_like_any_text() -> None:
    text = " ".join(sentence(i) for i in range(12))
    passages = cut(document((BlockKind.NOTE, text)), SMALL, count_words)
    assert {p.kind for p in passages} == {"note"}
    assert len(passages) > 1
    assert all(count_words(p.text) <= SMALL.most for p in passages)


def test_what_was_set_aside_is_in_no_passage() -> None:
    made = document((BlockKind.ASIDE, "page 3 of 9"), (BlockKind.PARAGRAPH, sentence(1)))
    assert [p.text for p in cut(made, SMALL, count_words)] == [sentence(1)]


def test_a_sentence_longer_than_the_window_is_cut_between_clauses() -> None:
    text = "It began in spring; " + " ".join(["and", "went"] * 20) + "; it ended in autumn."
    passages = cut(document((BlockKind.PARAGRAPH, text)), SMALL, count_words)
    parts = [s.text for p in passages for s in p.sentences]
    assert len(parts) > 1
    assert parts[0] == "It began in spring;"
    assert max(map(count_words, parts)) <= SMALL.sentence


words = st.text(st.sampled_from("abc é."), min_size=1, max_size=12)
kinds = st.sampled_from([k for k in BlockKind if k is not BlockKind.ASIDE])


@given(
    st.lists(st.tuples(kinds, st.lists(words, min_size=1, max_size=30).map(" ".join)), min_size=1, max_size=8)
)
def test_no_visible_character_is_lost_and_every_quote_can_be_cut_out_again(
    parts: list[tuple[BlockKind, str]],
) -> None:
    made = document(*parts)
    passages = cut(made, SMALL, count_words)
    held = {(r.page, at) for p in passages for r in p.runs for at in range(r.start, r.end)}
    for (kind, text), block in zip(parts, made.blocks, strict=True):
        if kind is BlockKind.HEADING:
            continue  # it is in the path of what stands under it
        run = block.runs[0]
        for offset, char in enumerate(text):
            assert char.isspace() or (run.page, run.start + offset) in held
    for passage in passages:
        for item in passage.sentences:
            assert text_of(item.runs, made.pages) == item.text


def test_the_encoder_is_told_where_a_passage_stands_but_not_twice() -> None:
    (passage,) = cut(document((BlockKind.PARAGRAPH, sentence(1))), SMALL, count_words)
    under = Passage(0, "body", ("A paper", "Introduction", "Talks"), passage.sentences)
    paper = Document("text", "A paper", (), ())
    assert encoder_text(paper, passage) == f"A paper\n{sentence(1)}"
    assert encoder_text(paper, under) == f"A paper > Talks\n{sentence(1)}"


def test_first_words_are_no_title_that_says_what_a_text_is_about() -> None:
    told = Document("text", "Annual report", (), (), origins=(("title", "first heading"),))
    guessed = Document("text", "Challenging was the matter of", (), (), origins=(("title", "first words"),))
    (passage,) = cut(document((BlockKind.PARAGRAPH, sentence(1))), SMALL, count_words)
    assert encoder_text(told, passage) == f"Annual report\n{sentence(1)}"
    assert encoder_text(guessed, passage) == sentence(1)
