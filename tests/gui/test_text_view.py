"""Text laid out for reading: each character keeps its place, nothing is markup, large texts open at once."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextTable
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qa_desktop.domain import Block, BlockKind, Page, Reference, Run, text_of
from qa_desktop.gui.text_flow import lay_out
from qa_desktop.gui.text_view import TextView
from qa_desktop.gui.theme import Theme
from tests.support.draft import Draft, show, shown_view


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> TextView:
    return shown_view(qtbot, theme)


def paper(paragraphs: int = 40) -> Draft:
    draft = Draft()
    draft.add(BlockKind.HEADING, "On the airfield", 1)
    for number in range(paragraphs):
        draft.add(BlockKind.PARAGRAPH, f"Paragraph {number} 𝒜. " + "The parties met again in Brussels. " * 9)
    return draft


def test_the_exact_words_are_marked_in_the_upper_third(qtbot: QtBot, view: TextView) -> None:
    draft = paper()
    draft.add(BlockKind.PARAGRAPH, "Earlier. Troops  left\nthe airfield in July. Later.")
    for number in range(20):
        draft.add(BlockKind.PARAGRAPH, f"After {number}. " + "Nothing more was said. " * 12)
    assert show(qtbot, view, draft, [draft.run("Troops  left\nthe airfield in July.")])
    assert view.marks == ("Troops left the airfield in July.",)
    assert 0 <= view.marked.top() < view.viewport().height() / 3


def test_marks_stay_where_they_are_while_the_rest_is_laid_out(qtbot: QtBot, view: TextView) -> None:
    draft = paper(600)
    words = "Paragraph 300 𝒜."
    view.open(lay_out(draft.blocks, draft.pages, paged=False), draft.pages)
    view.show_place([draft.run(words)])
    assert not view.complete
    top = view.marked.top()
    with qtbot.waitSignal(view.finished):
        pass
    assert view.marks == (words,)
    assert view.marked.top() == pytest.approx(top, abs=2)
    text = view.toPlainText()
    assert text.index("Paragraph 0 ") < text.index("Paragraph 299 ") < text.index("Paragraph 599 ")
    assert text.count("Paragraph ") == 600


def test_a_place_that_is_not_in_the_text_is_not_marked(qtbot: QtBot, view: TextView) -> None:
    draft = paper(3)
    assert not show(qtbot, view, draft, [Run(2, 0, 10)])
    assert view.marks == ()


def test_another_place_takes_the_marks_along(qtbot: QtBot, view: TextView) -> None:
    draft = paper(30)
    show(qtbot, view, draft, [draft.run("Paragraph 3 ")])
    view.show_place([draft.run("Paragraph 25 𝒜")])
    assert view.marks == ("Paragraph 25 𝒜",)


def test_text_is_never_markup(qtbot: QtBot, view: TextView) -> None:
    draft = Draft()
    words = "<b>bold</b> <img src='file:///etc/passwd'> &amp; <script>alert(1)</script>"
    draft.add(BlockKind.PARAGRAPH, words)
    draft.add(BlockKind.TABLE, "<i>a</i>\tb\n1\t2")
    show(qtbot, view, draft, [draft.run(words)])
    assert words in view.toPlainText()
    assert "<i>a</i>" in view.toPlainText()
    assert view.marks == (words,)


def test_signs_that_qt_gives_a_meaning_are_harmless(qtbot: QtBot, view: TextView) -> None:
    draft = Draft()
    draft.add(BlockKind.PARAGRAPH, "before \ufdd0\ufdd1\ufffc\x02 after \u2029 end")
    show(qtbot, view, draft, [draft.run("after")])
    assert view.marks == ("after",)
    assert "before" in view.toPlainText()


def test_tables_become_tables_and_cells_are_marked(qtbot: QtBot, view: TextView) -> None:
    draft = Draft()
    draft.add(BlockKind.PARAGRAPH, "Before.")
    draft.add(BlockKind.TABLE, "Year\tTroops\tRemark\n1999\t3,600\tAirfield\n2003\t0\tWithdrawn in July")
    draft.add(BlockKind.PARAGRAPH, "After.")
    show(qtbot, view, draft, [draft.run("2003\t0\tWithdrawn in July")])
    assert view.marks == ("2003", "0", "Withdrawn in July")
    [table] = [f for f in view.document().rootFrame().childFrames() if isinstance(f, QTextTable)]
    assert (table.rows(), table.columns()) == (3, 3)
    number = table.cellAt(1, 1).firstCursorPosition().blockFormat().alignment()
    words = table.cellAt(1, 2).firstCursorPosition().blockFormat().alignment()
    assert number & Qt.AlignmentFlag.AlignRight
    assert words & Qt.AlignmentFlag.AlignLeft
    text = view.toPlainText()
    assert text.index("Before.") < text.index("Year") < text.index("After.")


def test_lists_have_one_line_an_item(qtbot: QtBot, view: TextView) -> None:
    draft = Draft()
    draft.add(BlockKind.LIST, "• one\n• two\n• three")
    show(qtbot, view, draft, [draft.run("• two")])
    assert "• one\n• two\n• three" in view.toPlainText()
    assert view.marks == ("• two",)


def test_headings_are_larger_and_asides_are_paler(qtbot: QtBot, view: TextView, theme: Theme) -> None:
    draft = Draft()
    for kind, text in (
        (BlockKind.HEADING, "Head"),
        (BlockKind.PARAGRAPH, "Body"),
        (BlockKind.ASIDE, "Share this"),
    ):
        draft.add(kind, text, int(kind is BlockKind.HEADING))
    show(qtbot, view, draft, [draft.run("Share this")])
    looks = {}
    for word in ("Head", "Body", "Share this"):
        looks[word] = view.document().find(word).charFormat()
    assert looks["Head"].fontPointSize() > looks["Body"].fontPointSize() > looks["Share this"].fontPointSize()
    assert looks["Share this"].foreground().color() == theme.colour("muted")


def test_half_a_million_characters_open_at_once(qtbot: QtBot, view: TextView) -> None:
    draft = Draft()
    for number in range(1600):
        draft.add(BlockKind.PARAGRAPH, f"Paragraph {number}. " + "The parties met again in Brussels. " * 9)
    assert len(draft.text) > 500_000
    paragraphs = lay_out(draft.blocks, draft.pages, paged=False)
    started = time.process_time()
    view.open(paragraphs, draft.pages)
    view.show_place([draft.run("Paragraph 1200.")])
    QApplication.processEvents()
    assert time.process_time() - started < 0.3
    assert view.marks == ("Paragraph 1200.",)
    qtbot.waitUntil(lambda: view.complete)
    assert view.marks == ("Paragraph 1200.",)


def test_larger_text_keeps_the_marks(qtbot: QtBot, view: TextView) -> None:
    draft = paper()
    show(qtbot, view, draft, [draft.run("Paragraph 20")])
    size = view.document().find("Paragraph 20").charFormat().fontPointSize()
    view.zoom_by(1)
    qtbot.waitUntil(lambda: view.complete)
    assert view.zoom > 100
    assert view.document().find("Paragraph 20").charFormat().fontPointSize() > size
    assert view.marks == ("Paragraph 20",)


def test_the_sign_of_a_note_stands_in_its_sentence_and_outside_its_words() -> None:
    text = "They left in July.12 Then others came.\n"
    block = Block(
        BlockKind.PARAGRAPH, (Run(1, 0, 18), Run(1, 20, 38)), references=(Reference("12", Run(1, 18, 20)),)
    )
    [[flow]] = lay_out([block], (Page(1, text),), paged=False)[0].rows
    assert flow.text == "They left in July.12 Then others came."
    assert flow.raised == ((18, 20),)
    assert flow.ranges([Run(1, 18, 20)]) == []
    assert flow.ranges([Run(1, 0, 18), Run(1, 20, 38)]) == [(0, 38)]


def test_each_page_of_stored_text_names_itself(qtbot: QtBot, view: TextView) -> None:
    pages = (Page(1, "First page.\n", "iii"), Page(2, "Second page.\n", "2"))
    blocks = [Block(BlockKind.PARAGRAPH, (Run(n, 0, len(p.text)),)) for n, p in enumerate(pages, 1)]
    view.open(lay_out(blocks, pages, paged=True), pages)
    view.show_place([])
    text = view.toPlainText()
    assert "Page 1 (printed iii)" in text
    assert "Page 2\n" in text


characters = st.text(st.sampled_from(list("ab𝒜é.-\n\t  \u00a0\u2009")), max_size=80)


@given(characters, st.lists(st.integers(0, 80), min_size=0, max_size=6))
def test_what_is_shown_is_what_the_runs_say(text: str, cuts: list[int]) -> None:
    page = Page(1, text + "\n")
    ends = sorted({min(c, len(text)) for c in cuts} | {0, len(text)})
    runs = tuple(Run(1, a, b) for a, b in pairwise(ends))[::2]
    shown = lay_out([Block(BlockKind.PARAGRAPH, runs)], (page,), paged=False)
    flows = [flow for paragraph in shown for row in paragraph.rows for flow in row]
    assert " ".join(flow.text for flow in flows) == text_of(runs, (page,))
    for flow in flows:
        for span in flow.spans:
            assert flow.text[span.at : span.at + span.length] == text[span.start : span.start + span.length]


@given(characters, st.integers(0, 80), st.integers(0, 80))
def test_marked_words_are_the_words_of_the_run(text: str, one: int, other: int) -> None:
    page = Page(1, text + "\n")
    run = Run(1, min(one, other, len(text)), min(max(one, other), len(text)))
    shown = lay_out([Block(BlockKind.PARAGRAPH, (Run(1, 0, len(text)),))], (page,), paged=False)
    for paragraph in shown:
        [[flow]] = paragraph.rows
        ranges = flow.ranges([run])
        assert " ".join(flow.text[a:b] for a, b in ranges).split() == text_of([run], (page,)).split()
        assert len(ranges) <= 1, "what stands together is marked in one go"


def test_list_items_get_the_sign_that_was_left_out_of_their_words() -> None:
    text = "- one\n  goes on\n2. two\n\n• three\n"
    items = [Run(1, text.index(w), text.index(w) + n) for w, n in (("one", 13), ("two", 3), ("• three", 7))]
    shown = lay_out([Block(BlockKind.LIST, (run,)) for run in items], (Page(1, text),), paged=False)
    assert [(p.label, p.rows[0][0].text) for p in shown] == [
        ("•", "one goes on"),
        ("2.", "two"),
        ("", "• three"),
    ]


def test_cells_parted_by_bars_become_cells() -> None:
    text = "| a | b c |\n|---|---|\n| 1 | 2 |\n"
    runs = (Run(1, 2, 4), Run(1, 6, 9), Run(1, 11, 12), Run(1, 24, 26), Run(1, 28, 29), Run(1, 31, 32))
    [table] = lay_out([Block(BlockKind.TABLE, runs)], (Page(1, text),), paged=False)
    assert [[flow.text for flow in row] for row in table.rows] == [["a", "b c"], ["1", "2"]]
