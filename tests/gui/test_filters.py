"""Filters in the window: typed and clicked, they search the same; typed ones are taken out by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qa_desktop.app import Desktop
from qa_desktop.gui import library_filter
from qa_desktop.gui.facet_bar import FacetButton
from qa_desktop.gui.library_filter import Filter
from qa_desktop.gui.presenter import State
from qa_desktop.searching.asked import make_filter
from qa_desktop.searching.narrow import narrow
from tests.support.desktop import QUESTION, ask, press, settle, texts
from tests.support.entries import an_entry


def choose(button: FacetButton, beginning: str) -> None:
    action = next(a for a in button.menu().actions() if a.text().startswith(beginning))
    action.trigger()


def chips(desktop: Desktop) -> list[str]:
    return [chip.typed for chip in desktop.window.ask_panel.filters.chips]


@pytest.mark.parametrize(
    ("typed", "facet", "value"),
    [
        ("type:web", "kinds", "Web page"),
        ("type:text", "kinds", "Text"),
        ("in:press/", "folders", "press"),
    ],
)
def test_a_typed_filter_and_a_facet_search_the_same(
    qtbot: QtBot, desktop: Desktop, typed: str, facet: str, value: str
) -> None:
    button: FacetButton = getattr(desktop.window.library_panel.facets, facet)
    ask(qtbot, desktop, f"{QUESTION} {typed}")
    by_typing = desktop.presenter.answer
    choose(button, value)
    ask(qtbot, desktop, QUESTION)
    by_clicking = desktop.presenter.answer
    assert by_typing is not None
    assert by_clicking is not None
    assert by_typing.hits
    assert {h.passage.id for h in by_clicking.hits} == {h.passage.id for h in by_typing.hits}
    assert by_clicking.coverage == by_typing.coverage
    assert [c.text for c in by_clicking.claims] == [c.text for c in by_typing.claims]
    settle(qtbot, desktop)


def test_every_facet_says_what_its_filter_says() -> None:
    shelf = [
        an_entry(1, "press/a.pdf", date="2022", language="sr"),
        an_entry(2, "press/old/b.docx", date="2022-03-14", language="en"),
        an_entry(3, "notes/c.odt", date="2021-12-31"),
        an_entry(4, "d.rtf", language="sr"),
        an_entry(5, "press", kind="mail", date="2023-01", language="en"),
    ]
    facets = (
        ("kinds", "type", ""),
        ("years", "on", ""),
        ("folders", "in", "/"),
        ("languages", "language", ""),
    )
    for facet, name, end in facets:
        for value in filter(None, library_filter.facets(shelf)[facet]):
            clicked = Filter(**{facet: frozenset([value])})  # type: ignore[arg-type]
            typed = narrow(shelf, [make_filter(name, value + end)])
            assert {e.id for e in shelf if clicked.accepts(e)} == typed.documents, (name, value)


def test_facets_and_ticks_hold_together_and_search_all_lifts_both(qtbot: QtBot, desktop: Desktop) -> None:
    panel = desktop.window.library_panel
    press_ids = frozenset(e.id for e in desktop.libraries.entries if e.name.startswith("press/"))
    choose(panel.facets.folders, "press")
    assert panel.scope() == press_ids
    assert "2 of 5 will be searched" in texts(panel)
    panel.model.tick_only(frozenset([min(press_ids)]))
    assert panel.scope() == frozenset([min(press_ids)])
    panel.model.tick_only(frozenset(e.id for e in desktop.libraries.entries) - press_ids)
    QTest.keyClicks(desktop.window.ask_panel.field, QUESTION)
    QTest.keyClick(desktop.window.ask_panel.field, Qt.Key.Key_Return)
    assert "No ticked document fits" in texts(desktop.window.banner)
    QTest.mouseClick(press(panel, "Search all"), Qt.MouseButton.LeftButton)
    assert panel.scope() is None


def test_typed_filters_are_shown_and_taken_out_by_keyboard(qtbot: QtBot, desktop: Desktop) -> None:
    panel = desktop.window.ask_panel
    assert not panel.filters.isVisible()
    QTest.keyClicks(panel.field, "in:press/ When did they leave type:web?")
    assert chips(desktop) == ["in:press/", "type:web"]
    assert panel.filters.isVisible()
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desktop.presenter.state is State.ANSWERED)
    answer = desktop.presenter.answer
    assert answer is not None
    assert {h.document.name for h in answer.hits} == {"press/digest.html"}
    settle(qtbot, desktop)
    first = panel.filters.chips[0]
    assert first.accessibleName() == "Remove the filter in:press/"
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Delete)
    assert chips(desktop) == ["type:web"]
    assert panel.field.text() == "type:web When did they leave?"
    assert desktop.window.focusWidget() is panel.filters.chips[0]
    QTest.keyClick(panel.filters.chips[0], Qt.Key.Key_Space)
    assert chips(desktop) == []
    assert panel.field.text() == "When did they leave?"
    assert desktop.window.focusWidget() is panel.field
    assert not panel.filters.isVisible()
    settle(qtbot, desktop)


def test_a_filter_that_makes_no_sense_is_marked_and_asking_says_why(qtbot: QtBot, desktop: Desktop) -> None:
    panel = desktop.window.ask_panel
    QTest.keyClicks(panel.field, "after:yester")
    assert chips(desktop) == [], "it is still being typed"
    QTest.keyClicks(panel.field, "day When did they leave?")
    assert chips(desktop) == ["after:yesterday"]
    assert "no date" in panel.filters.chips[0].accessibleDescription()
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    qtbot.waitUntil(desktop.window.banner.isVisible)
    assert "“yesterday” is no date" in texts(desktop.window.banner)
    assert panel.field.text() == "after:yesterday When did they leave?"
    settle(qtbot, desktop)


def test_what_stands_nowhere_is_said(qtbot: QtBot, desktop: Desktop) -> None:
    ask(qtbot, desktop, 'Who left the "flying carpet"?')
    shown = texts(desktop.window.ask_panel.answer)
    assert "No passage holds the words “flying carpet”." in shown
    assert "Nearest passages" in shown
    ask(qtbot, desktop, "When did they leave in:nowhere/")
    assert "No document fits the filters" in texts(desktop.window.ask_panel.answer)
    ask(qtbot, desktop, "When did they leave after:1990")
    assert "5 documents without a date left out." in texts(desktop.window.ask_panel.answer)
    settle(qtbot, desktop)
