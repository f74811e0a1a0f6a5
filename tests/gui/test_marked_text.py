"""Text from documents is shown as it stands, whatever it looks like, with the right words marked."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from qa_desktop.gui import words
from qa_desktop.gui.marked_text import MarkedText
from qa_desktop.gui.theme import Theme

letters = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60)


def marked_words(widget: MarkedText, theme: Theme) -> str:
    """Return the characters that carry the colour of marked words.

    Fragments are looked at, not steps of a cursor: it steps over a letter and the signs that join it at once.
    """
    found = []
    block = widget.document().begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            if fragment.charFormat().background().color() == theme.colour("mark"):
                found.append(fragment.text())
            fragments += 1
        block = block.next()
    return "".join(found)


@example("0", "0", "\U000e0100")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(letters, letters, letters)
def test_exactly_the_marked_words_are_marked(qtbot: QtBot, theme: Theme, a: str, b: str, c: str) -> None:
    widget = MarkedText(theme)
    qtbot.addWidget(widget)
    widget.set_text(a + b + c, [(len(a), len(a) + len(b))])
    assert widget.toPlainText().replace("\xa0", " ") == (a + b + c).replace("\xa0", " ")
    assert marked_words(widget, theme).replace("\xa0", " ") == b.replace("\xa0", " ")


@pytest.mark.parametrize("text", ["<b>bold</b>", "<img src='file:///etc/passwd'>", "a &amp; b", "&File"])
def test_markup_in_a_document_is_only_shown(qtbot: QtBot, theme: Theme, text: str) -> None:
    widget = MarkedText(theme)
    qtbot.addWidget(widget)
    widget.set_text(text)
    assert widget.toPlainText() == text


def test_markup_in_a_tooltip_is_only_shown(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    label = QLabel(words.tip("<h1>Title</h1>\n<script>"))
    qtbot.addWidget(label)
    assert "&lt;h1&gt;Title" in label.text()
    assert "<h1>" not in label.text()
    assert words.tip("") == ""
    QToolTip.hideText()


def test_it_is_as_high_as_its_text(qtbot: QtBot, theme: Theme) -> None:
    widget = MarkedText(theme)
    qtbot.addWidget(widget)
    widget.set_text("word " * 100)
    widget.resize(300, 10)
    widget.show()
    narrow = widget.height()
    assert narrow >= widget.document().size().height()
    widget.resize(900, 10)
    assert widget.height() < narrow
