"""The window answers what a person asks, through the controls a person uses, over a real library."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qa_desktop.app import Desktop
from qa_desktop.errors import ModelMissing
from qa_desktop.gui.chip import Chip
from qa_desktop.gui.fold import Fold
from qa_desktop.gui.found_panel import FoundPanel
from qa_desktop.gui.presenter import State
from qa_desktop.gui.source_card import SourceCard
from qa_desktop.gui.tasks import Lane
from qa_desktop.models.encoder import Encoder
from qa_desktop.models.spec import ModelSpec
from tests.support.desktop import (
    ARRIVAL,
    DOCUMENTS,
    QUESTION,
    SLOW,
    WITHDRAWAL,
    ask,
    press,
    running,
    settle,
    texts,
)


def test_a_question_is_answered_word_for_word_with_its_place(qtbot: QtBot, desktop: Desktop) -> None:
    ask(qtbot, desktop)
    view = desktop.window.ask_panel.answer
    shown = texts(view)
    assert WITHDRAWAL in shown
    assert "Answered" in shown
    assert "Searched 5 of 5 documents." in shown
    answer = desktop.presenter.answer
    assert answer is not None
    assert len(view.findChildren(SourceCard)) == len(answer.citations)
    for claim in answer.claims:
        assert any(claim.text.split()[0] in text for text in DOCUMENTS.values())
    assert desktop.window.focusWidget() is desktop.window.ask_panel.field


def test_a_citation_opens_by_click_and_by_key_and_shows_which_is_open(qtbot: QtBot, desktop: Desktop) -> None:
    ask(qtbot, desktop)
    view = desktop.window.ask_panel.answer
    shown: list[int] = []
    desktop.source.citation_shown.connect(shown.append)
    numbers = sorted({chip.number for chip in view.findChildren(Chip)})
    last = numbers[-1]
    chip = next(c for c in view.findChildren(Chip) if c.number == last)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert shown[-1] == last - 1
    QTest.keyClick(desktop.window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert shown[-1] == 0
    current = [c for c in view.findChildren(SourceCard) if c.property("current")]
    assert [c.number for c in current] == [1]
    assert (
        WITHDRAWAL in chip_tip(view, 1) or ARRIVAL in chip_tip(view, 1) or "contingent" in chip_tip(view, 1)
    )
    settle(qtbot, desktop)


def chip_tip(view: QWidget, number: int) -> str:
    return next(c for c in view.findChildren(Chip) if c.number == number).toolTip()


def test_ctrl_c_on_a_card_copies_the_quote_with_its_citation(qtbot: QtBot, desktop: Desktop) -> None:
    ask(qtbot, desktop)
    card = desktop.window.ask_panel.answer.findChildren(SourceCard)[0]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    answer = desktop.presenter.answer
    assert answer is not None
    copied = QApplication.clipboard().text()
    assert copied.startswith(f"“{answer.citations[0].quote}”")
    assert answer.citations[0].document.name in copied


def test_enter_on_a_card_opens_its_place(qtbot: QtBot, desktop: Desktop) -> None:
    ask(qtbot, desktop)
    card = desktop.window.ask_panel.answer.findChildren(SourceCard)[0]
    with qtbot.waitSignal(desktop.source.citation_shown):
        QTest.keyClick(card, Qt.Key.Key_Return)
    settle(qtbot, desktop)


def test_what_the_library_does_not_hold_is_said_with_the_nearest_passages(
    qtbot: QtBot, desktop: Desktop
) -> None:
    ask(qtbot, desktop, "Which composer wrote the opera about the barber of Seville?")
    shown = texts(desktop.window.ask_panel.answer)
    assert "Not found in this library" in shown
    assert "Nearest passages" in shown
    assert not desktop.window.ask_panel.answer.findChildren(Chip)


def test_how_this_was_found_unfolds(qtbot: QtBot, desktop: Desktop) -> None:
    ask(qtbot, desktop)
    view = desktop.window.ask_panel.answer
    assert not view.findChildren(FoundPanel)
    fold = next(f for f in view.findChildren(Fold) if f.button.text() == "How this was found")
    QTest.mouseClick(fold.button, Qt.MouseButton.LeftButton)
    panel = view.findChildren(FoundPanel)[0]
    assert "BM25" in texts(panel)
    assert "in all" in texts(panel)


def test_escape_gives_up_a_search_at_once(qtbot: QtBot, desktop: Desktop) -> None:
    settle(qtbot, desktop)
    gate = threading.Event()
    desktop.tasks.run(lambda *_: gate.wait(10), lane=Lane.ASKING, done=lambda _: None, failed=print)
    field = desktop.window.ask_panel.field
    QTest.keyClicks(field, QUESTION)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desktop.window.ask_panel.busy
    qtbot.waitUntil(lambda: "Searching" in texts(desktop.window.ask_panel))
    assert field.isEnabled()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert desktop.presenter.state is State.READY
    assert field.text() == QUESTION
    gate.set()
    settle(qtbot, desktop)
    assert desktop.presenter.state is State.READY


def test_only_ticked_documents_are_searched(qtbot: QtBot, desktop: Desktop) -> None:
    panel = desktop.window.library_panel
    papers = next(
        panel.filtered.index(row, 0)
        for row in range(panel.filtered.rowCount())
        if panel.filtered.node(panel.filtered.index(row, 0)).path == "papers"
    )
    panel.tree.setFocus()
    panel.tree.setCurrentIndex(papers)
    QTest.keyClick(panel.tree, Qt.Key.Key_Space)
    assert "3 of 5 will be searched" in texts(panel)
    ask(qtbot, desktop)
    answer = desktop.presenter.answer
    assert answer is not None
    assert not any(h.document.name.startswith("papers/") for h in answer.hits)
    QTest.mouseClick(press(panel, "Search all"), Qt.MouseButton.LeftButton)
    assert panel.scope() is None
    settle(qtbot, desktop)


def test_with_nothing_ticked_a_sentence_says_so(qtbot: QtBot, desktop: Desktop) -> None:
    desktop.window.library_panel.model.tick_only(frozenset())
    QTest.keyClicks(desktop.window.ask_panel.field, QUESTION)
    QTest.keyClick(desktop.window.ask_panel.field, Qt.Key.Key_Return)
    assert desktop.window.banner.isVisible()
    assert "No document is ticked" in texts(desktop.window.banner)
    assert desktop.presenter.state is State.READY


def test_filter_and_facets_narrow_the_list_and_can_become_the_scope(qtbot: QtBot, desktop: Desktop) -> None:
    panel = desktop.window.library_panel
    QTest.keyClicks(panel.filter_field, "press")
    qtbot.waitUntil(lambda: "2 of 5 shown" in texts(panel))
    QTest.mouseClick(press(panel, "Search only these"), Qt.MouseButton.LeftButton)
    scope = panel.scope()
    assert scope is not None
    assert {e.name for e in desktop.libraries.entries if e.id in scope} == {
        "press/digest.html",
        "press/notes.txt",
    }
    panel.filter_field.clear()
    action = next(a for a in panel.facets.kinds.menu().actions() if a.text().startswith("Web page"))
    assert action.text().endswith("(1)")
    action.trigger()
    qtbot.waitUntil(lambda: "1 of 5 shown" in texts(panel))


def test_a_missing_model_is_named_and_asking_says_it_again_instead_of_waiting(
    qtbot: QtBot, qapp: QApplication, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(spec: ModelSpec) -> Encoder:
        raise ModelMissing(spec.name, spec.folder / "model.onnx")

    monkeypatch.setattr("qa_desktop.library.loading.load_encoder", missing)
    with running(qtbot, qapp, library) as desktop:
        banner = desktop.window.banner
        qtbot.waitUntil(banner.isVisible, timeout=SLOW)
        assert "is not complete" in texts(banner)
        QTest.mouseClick(press(banner, "Dismiss"), Qt.MouseButton.LeftButton)
        QTest.keyClicks(desktop.window.ask_panel.field, QUESTION)
        QTest.keyClick(desktop.window.ask_panel.field, Qt.Key.Key_Return)
        qtbot.waitUntil(banner.isVisible, timeout=SLOW)
        assert desktop.presenter.state is State.READY
        settle(qtbot, desktop)


def test_an_example_is_asked_with_a_click_and_leaves_the_caret_in_the_field(
    qtbot: QtBot, qapp: QApplication, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa_desktop.app.demonstration_library", lambda: library)
    with running(qtbot, qapp, library) as desktop:
        welcome = desktop.window.ask_panel.welcome
        examples = [b for b in welcome.findChildren(QPushButton) if b.property("kind") == "example"]
        assert len(examples) == 3
        QTest.mouseClick(examples[0], Qt.MouseButton.LeftButton)
        assert desktop.window.ask_panel.field.text() == examples[0].text()
        assert desktop.window.focusWidget() is desktop.window.ask_panel.field
        qtbot.waitUntil(lambda: desktop.presenter.state is State.ANSWERED, timeout=SLOW)
        settle(qtbot, desktop)
