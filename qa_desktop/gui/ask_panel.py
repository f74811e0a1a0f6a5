"""The middle: the question field, and below it the answer or what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qa_desktop.domain import Answer
from qa_desktop.gui import excerpt, words
from qa_desktop.gui.announce import announce
from qa_desktop.gui.answer_view import AnswerView
from qa_desktop.gui.filter_chips import FilterChips
from qa_desktop.gui.icons import Icons, soften_clear_button
from qa_desktop.gui.theme import Theme
from qa_desktop.gui.welcome import Welcome
from qa_desktop.searching.asked import take_apart

_SEARCHING_AFTER_MS = 200


class AskPanel(QFrame):
    """The pane in which questions are asked.

    Signals: `asked(text)` on Enter, the button or an example; `cancelled` on Escape or *Cancel*.
    Attributes: `field`, `filters` (the chips), `answer` (the answer view), `welcome`, `toggle_library` and
    `toggle_source` (buttons at the upper corners; the window gives them their meaning).
    """

    asked = Signal(str)
    cancelled = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("askPanel")
        self.setAccessibleName(self.tr("Ask"))
        self._busy = False
        self.toggle_library, self.toggle_source = QToolButton(self), QToolButton(self)
        for toggle in (self.toggle_library, self.toggle_source):
            toggle.setProperty("kind", "pane")
        icons.put(self.toggle_library, "panel-left", "muted")
        icons.put(self.toggle_source, "panel-right", "muted")
        self.field = QLineEdit(self)
        self.field.setObjectName("question")
        self.field.setPlaceholderText(self.tr("Ask a question about your documents"))
        self.field.setAccessibleName(self.tr("Question"))
        self.field.setAcceptDrops(False)
        self.field.setMaxLength(2000)
        self.field.setClearButtonEnabled(True)
        soften_clear_button(self.field, icons)
        self.field.returnPressed.connect(self._ask)
        self.field.setToolTip(
            words.tip(
                self.tr(
                    "Keep the search to some documents:\n"
                    "in:press/   type:pdf   after:2022   before:2024-03   on:2023   author:phillips   "
                    "language:sr\n"
                    "-in:drafts/ leaves something out; words in “quotation marks” must stand there so."
                )
            )
        )
        self.filters = FilterChips(theme, self)
        self.filters.removed.connect(self._without)
        self.field.textChanged.connect(lambda _: self._enable())
        self.field.textChanged.connect(self._show_filters)
        self.button = QPushButton(self.tr("As&k"), self)
        self.button.setProperty("kind", "primary")
        self.button.setAutoDefault(False)
        self.button.setToolTip(self.tr("Search the ticked documents (Enter)"))
        self.button.clicked.connect(self._ask)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setAutoDefault(False)
        self.cancel.setToolTip(self.tr("Stop searching (Esc)"))
        self.cancel.clicked.connect(self._cancel)
        self.cancel.hide()
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._cancel)
        self.welcome = Welcome(theme, icons, self)
        self.welcome.example_chosen.connect(self.ask)
        self.answer = AnswerView(theme, icons, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self.answer)
        self._wait = QTimer(self, singleShot=True, interval=_SEARCHING_AFTER_MS)
        self._wait.timeout.connect(self._show_searching)
        self._searching = ("", "")
        self._arrange(theme)
        self.setFocusProxy(self.field)
        self._enable()

    def _arrange(self, theme: Theme) -> None:
        heading = QLabel(self.tr("Ask"))
        heading.setProperty("role", "caps")
        heading.setBuddy(self.field)
        head = QHBoxLayout()
        head.addWidget(self.toggle_library)
        head.addWidget(heading, 1)
        head.addWidget(self.toggle_source)
        row = QHBoxLayout()
        row.setSpacing(theme.size("gap_small"))
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        row.addWidget(self.cancel)
        whole = QVBoxLayout(self)
        whole.addLayout(head)
        whole.addLayout(row)
        whole.addWidget(self.filters)
        whole.addWidget(self._stack, 1)

    def ask(self, question: str) -> None:
        """Put `question` into the field and ask it."""
        self.field.setText(question)
        self.field.setFocus()
        self._ask()

    def show_searching(self, title: str, text: str) -> None:
        """Begin to wait; the words appear if it lasts."""
        self._searching = (title, text)
        self._set_busy(True)
        self._wait.start()

    def say_searching(self, title: str, text: str) -> None:
        """Change the words of the search under way."""
        self._searching = (title, text)
        if self._busy and not self._wait.isActive():
            self._show_searching()

    def show_answer(self, answer: Answer) -> None:
        """Show an answer."""
        self._settle()
        self.answer.show_answer(answer)
        announce(self, ". ".join(w for w in (*excerpt.verdict(answer), answer.short_answer) if w))
        self._stack.setCurrentWidget(self.answer)

    def show_examples(self, library: str, questions: Sequence[str]) -> None:
        """Invite to ask."""
        self._settle()
        self.welcome.show_examples(library, questions)
        self._stack.setCurrentWidget(self.welcome)

    def show_empty(self, library: str) -> None:
        """Invite to add documents."""
        self._settle()
        self.welcome.show_empty(library)
        self._stack.setCurrentWidget(self.welcome)

    def show_words(self, title: str, text: str) -> None:
        """Say what is going on."""
        self._settle()
        self.welcome.show_words(title, text)
        self._stack.setCurrentWidget(self.welcome)

    @property
    def busy(self) -> bool:
        """Whether a search is under way."""
        return self._busy

    def _show_searching(self) -> None:
        self.welcome.show_words(*self._searching)
        self._stack.setCurrentWidget(self.welcome)

    def _settle(self) -> None:
        self._wait.stop()
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:  # noqa: FBT001 - a setter in the manner of Qt
        had_focus = self.button.hasFocus() or self.cancel.hasFocus()
        self._busy = busy
        self.cancel.setVisible(busy)
        self.button.setVisible(not busy)
        if had_focus:
            (self.cancel if busy else self.field).setFocus()

    def _enable(self) -> None:
        self.button.setEnabled(bool(self.field.text().strip()))

    def _show_filters(self, text: str) -> None:
        asked = take_apart(text)
        if asked.mistakes and text.endswith(asked.mistakes[-1][0]):  # it is still being typed
            asked = replace(asked, mistakes=asked.mistakes[:-1])
        self.filters.show_asked(asked)

    def _without(self, text: str) -> None:
        self.field.setText(text)
        if not self.filters.chips:
            self.field.setFocus()

    def _ask(self) -> None:
        question = self.field.text().strip()
        if question:
            self.asked.emit(question)

    def _cancel(self) -> None:
        if self._busy:
            self.cancelled.emit()
