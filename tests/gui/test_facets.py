"""The facets above the list: language only where it tells documents apart, and all of them in reach."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from qa_desktop.gui.facet_bar import FacetBar
from qa_desktop.gui.theme import Theme
from tests.support.entries import an_entry

ENGLISH = an_entry(1, "a.txt", language="en")
GERMAN = an_entry(2, "b.txt", language="de")
UNKNOWN = an_entry(3, "c.txt")


def test_language_is_offered_where_documents_differ_in_it(qtbot: QtBot, theme: Theme) -> None:
    bar = FacetBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.set_entries([ENGLISH, UNKNOWN])
    assert not bar.languages.isVisible()
    bar.set_entries([ENGLISH, GERMAN, UNKNOWN])
    assert bar.languages.isVisible()
    offered = [a.text() for a in bar.languages.menu().actions() if a.text() and a.isCheckable()]
    assert offered == ["English  (1)", "German  (1)", "not known  (1)"]
    bar.languages.menu().actions()[1].trigger()
    assert bar.languages.chosen == frozenset({"de"})
    bar.set_entries([ENGLISH])
    assert bar.languages.chosen == frozenset(), "what cannot be seen narrows nothing"


def test_where_there_is_no_room_the_facets_take_a_second_line(qtbot: QtBot, theme: Theme) -> None:
    bar = FacetBar()
    qtbot.addWidget(bar)
    bar.set_entries([ENGLISH, GERMAN])
    bar.resize(1000, bar.heightForWidth(1000))
    bar.show()
    assert bar.languages.y() == bar.kinds.y()
    width = bar.kinds.width() + bar.years.width() + 10
    bar.resize(width, bar.heightForWidth(width))
    qtbot.waitUntil(lambda: bar.languages.y() > bar.kinds.y())
    assert bar.languages.geometry().right() <= width
    assert bar.languages.geometry().bottom() <= bar.height()
