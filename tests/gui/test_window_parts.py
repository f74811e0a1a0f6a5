"""An answer of several parts in the window: a heading for each, its claims, and what was not found."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from qa_desktop.app import Desktop
from qa_desktop.domain import Question, Verdict
from qa_desktop.gui.answer_part import AnswerPart
from qa_desktop.gui.chip import Chip
from qa_desktop.gui.fold import Fold
from qa_desktop.gui.found_panel import FoundPanel
from qa_desktop.gui.tab_order import in_reading_order
from tests.support.desktop import WITHDRAWAL, ask, settle, texts

SALE = "The refinery in the north was sold in December 2008 for 400 million euros."
BOTH = "When did the last soldiers leave the airfield, and when was the refinery in the north sold?"
ONE_MISSING = "When did the last soldiers leave the airfield, and who composed the opera about Seville?"


def answer_patiently(qtbot: QtBot, desktop: Desktop, question: str) -> None:
    """Show the answer that any computer gives, however busy it is."""
    library = desktop.libraries.library
    assert library is not None
    answer = library.ask(Question(question), patient=True)
    desktop.presenter.answer = answer
    desktop.window.ask_panel.show_answer(answer)
    settle(qtbot, desktop)


def test_each_part_has_its_heading_and_its_claims(qtbot: QtBot, desktop: Desktop) -> None:
    answer_patiently(qtbot, desktop, BOTH)
    view = desktop.window.ask_panel.answer
    soldiers, refinery = view.findChildren(AnswerPart)
    assert "When did the last soldiers leave the airfield?" in texts(soldiers)
    assert WITHDRAWAL in texts(soldiers)
    assert SALE not in texts(soldiers)
    assert "When was the refinery in the north sold?" in texts(refinery)
    assert SALE in texts(refinery)
    assert "December 2008" in [label.text() for label in refinery.findChildren(QLabel)]
    assert "Not found" not in texts(view)


def test_a_part_without_an_answer_says_so_in_its_place_and_in_the_verdict(
    qtbot: QtBot, desktop: Desktop
) -> None:
    answer_patiently(qtbot, desktop, ONE_MISSING)
    view = desktop.window.ask_panel.answer
    found, missing = view.findChildren(AnswerPart)
    assert WITHDRAWAL in texts(found)
    assert "Not found in this library" in texts(missing)
    assert "Not found in this library" in missing.accessibleName()
    assert not missing.findChildren(Chip)
    shown = texts(view)
    assert "Answered in part · 1 of 2 questions" in shown
    assert "Nothing was found for: Who composed the opera about Seville?" in shown


def test_the_side_of_a_comparison_that_is_missing_is_called_a_side(qtbot: QtBot, desktop: Desktop) -> None:
    answer_patiently(qtbot, desktop, "Compare the refinery in the north with Atlantis.")
    answer = desktop.presenter.answer
    assert answer is not None
    assert answer.verdict is Verdict.PARTIAL
    shown = texts(desktop.window.ask_panel.answer)
    assert "Answered in part · 1 of 2 sides found" in shown
    assert "Nothing was found for: Atlantis" in shown


def test_the_keyboard_reaches_the_citations_part_by_part(qtbot: QtBot, desktop: Desktop) -> None:
    answer_patiently(qtbot, desktop, BOTH)
    view = desktop.window.ask_panel.answer
    stops = [w for w in in_reading_order(view) if isinstance(w, Chip)]
    assert [c.number for c in stops] == sorted(c.number for c in stops)
    for part in view.findChildren(AnswerPart):
        assert part.accessibleName()
        assert part.findChildren(Chip)


def test_how_it_was_found_says_what_each_part_is_worth(qtbot: QtBot, desktop: Desktop) -> None:
    answer_patiently(qtbot, desktop, ONE_MISSING)
    view = desktop.window.ask_panel.answer
    fold = next(f for f in view.findChildren(Fold) if f.button.text() == "How this was found")
    QTest.mouseClick(fold.button, Qt.MouseButton.LeftButton)
    shown = texts(view.findChildren(FoundPanel)[0])
    assert "weighed by itself" in shown
    assert "“Who composed the opera about Seville?”: not enough for an answer" in shown


def test_a_question_typed_for_two_things_is_answered_in_the_window(qtbot: QtBot, desktop: Desktop) -> None:
    ask(qtbot, desktop, BOTH)
    answer = desktop.presenter.answer
    assert answer is not None
    assert {"papers/airfield.md", "papers/energy.txt"} <= {h.document.name for h in answer.hits}
