"""Tables, notes and what was set aside in the text of a source: each looks like what it is."""

from __future__ import annotations

import time

import pytest
from PySide6.QtGui import QTextTable
from pytestqt.qtbot import QtBot

from qa_desktop.domain import Block, BlockKind, Page, Run
from qa_desktop.gui.text_flow import lay_out
from qa_desktop.gui.text_view import TextView
from qa_desktop.gui.theme import Theme
from tests.support.draft import Draft, show, shown_view


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> TextView:
    return shown_view(qtbot, theme)


def test_the_row_around_cited_cells_stands_out_and_goes_back(
    qtbot: QtBot, view: TextView, theme: Theme
) -> None:
    draft = Draft()
    draft.add(BlockKind.TABLE, "Year\tTroops\n1999\t3,600\n2003\t0\n2004\tnone")
    show(qtbot, view, draft, [draft.run("3,600")])
    [table] = [f for f in view.document().rootFrame().childFrames() if isinstance(f, QTextTable)]

    def standing_out() -> list[int]:
        soft = theme.colour("accent_soft")
        return [r for r in range(4) if table.cellAt(r, 0).format().background().color() == soft]

    assert view.marks == ("3,600",)
    assert standing_out() == [1]
    view.show_place([draft.run("2004\tnone")])
    assert standing_out() == [3]
    view.show_place([draft.run("Troops")])
    assert standing_out() == [0]
    view.show_place([draft.run("2003")])
    assert table.cellAt(0, 1).format().background().color() == theme.colour("side")


def test_a_table_of_thousands_of_rows_opens_at_once_and_keeps_its_columns(
    qtbot: QtBot, view: TextView
) -> None:
    draft = Draft()
    rows = [f"{n}\tItem {n}\t{n * 3}.50" for n in range(4000)]
    draft.add(BlockKind.TABLE, "\n".join(["Number\tName\tPrice", *rows]))
    paragraphs = lay_out(draft.blocks, draft.pages, paged=False)
    started = time.process_time()
    view.open(paragraphs, draft.pages)
    view.show_place([draft.run("Item 3000\t")])
    assert time.process_time() - started < 0.5
    assert view.marks == ("Item 3000",)
    tables = [f for f in view.document().rootFrame().childFrames() if isinstance(f, QTextTable)]
    widths = {tuple(w.rawValue() for w in t.format().columnWidthConstraints()) for t in tables}
    assert len(widths) == 1
    view.clear_text()


def test_the_header_of_a_long_table_stays_in_sight(qtbot: QtBot, view: TextView) -> None:
    draft = Draft()
    draft.add(BlockKind.PARAGRAPH, "Before the table.")
    rows = [f"{n}\tItem {n}" for n in range(300)]
    draft.add(BlockKind.TABLE, "\n".join(["Number\tName", *rows]))
    draft.add(BlockKind.PARAGRAPH, "After the table. " * 300)
    show(qtbot, view, draft, [draft.run("Item 200")])
    assert view.table_header == ("Number", "Name")
    view.verticalScrollBar().setValue(0)
    assert not view.table_header, "its own header can be seen"
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert not view.table_header, "the table is above"


def test_what_was_set_aside_is_shown_when_asked_for_with_its_rule_in_words(
    qtbot: QtBot, view: TextView
) -> None:
    draft = Draft()
    draft.add(BlockKind.PARAGRAPH, "The first paragraph.")
    draft.add(BlockKind.ASIDE, "remarks", label="name")
    draft.add(BlockKind.ASIDE, "- 7 -", label="page number")
    draft.add(BlockKind.ASIDE, "Share this", label="residue")
    draft.add(BlockKind.ASIDE, "Like this", label="residue")
    draft.add(BlockKind.PARAGRAPH, "The second paragraph.")
    assert show(qtbot, view, draft, [draft.run("second")])
    assert view.has_asides
    assert "Share this" not in view.toPlainText()
    assert "remarks" in view.toPlainText(), "the name of a value belongs to what is read"
    heard: list[bool] = []
    view.asides_shown.connect(heard.append)
    view.show_asides(True)
    text = view.toPlainText()
    assert text.index("first") < text.index("Set aside: page number") < text.index("- 7 -")
    assert text.count("Set aside: residue of a web page") == 1
    assert view.marks == ("second",)
    view.show_asides(False)
    assert "- 7 -" not in view.toPlainText()
    assert view.marks == ("second",)
    assert heard == [True, False]


def test_a_place_in_what_was_set_aside_brings_it_into_sight(qtbot: QtBot, view: TextView) -> None:
    draft = Draft()
    draft.add(BlockKind.ASIDE, "Hidden words", label="hidden")
    draft.add(BlockKind.PARAGRAPH, "Words that are seen.")
    assert show(qtbot, view, draft, [draft.run("Hidden words")])
    assert view.asides
    assert view.marks == ("Hidden words",)
    assert "Set aside: hidden text" in view.toPlainText()


def test_a_page_that_begins_with_a_running_head_still_says_its_number(qtbot: QtBot, view: TextView) -> None:
    pages = (Page(1, "Head\nOne.\n"), Page(2, "Head\nTwo.\n"))
    blocks = []
    for page in pages:
        blocks.append(Block(BlockKind.ASIDE, (Run(page.number, 0, 4),), label="running line"))
        blocks.append(Block(BlockKind.PARAGRAPH, (Run(page.number, 5, 9),)))
    view.open(lay_out(blocks, pages, paged=True), pages)
    view.show_place([Run(2, 5, 9)])
    assert view.toPlainText().split("\n")[1:] == ["Page 1", "One.", "Page 2", "Two."]


def test_notes_and_comments_say_what_they_are(qtbot: QtBot, view: TextView) -> None:
    draft = Draft()
    draft.add(BlockKind.NOTE, "Say this slowly.", label="speaker notes")
    draft.add(BlockKind.NOTE, "Is that so?", label="comment")
    draft.add(BlockKind.NOTE, "See the annex.", label="12")
    draft.add(BlockKind.NOTE, "13 See the other annex.", label="13")
    show(qtbot, view, draft, [draft.run("Say this slowly.")])
    lines = view.toPlainText().split("\n")[1:]
    assert lines[:4] == ["Speaker notes", "Say this slowly.", "Comment", "Is that so?"]
    assert lines[4:] == ["12\u2009See the annex.", "13 See the other annex."]
    assert view.marks == ("Say this slowly.",)
