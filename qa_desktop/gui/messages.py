"""Everything said to the user goes through here: a banner with what happened, what to do, and details.

`Messages` can be spoken to before a window exists; what was said then is shown once there is one.
"""

from __future__ import annotations

import sys
import threading
from enum import Enum
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from qa_desktop.errors import QAError
from qa_desktop.gui.announce import announce
from qa_desktop.gui.plain_label import plain_label
from qa_desktop.gui.tasks import unexpected_error

_MOST_LINES = 12


class Kind(Enum):
    """How serious a message is."""

    NOTICE = "notice"
    WARNING = "warning"
    ERROR = "error"


class Messages(QObject):
    """The bridge from whoever has something to say to whoever shows it.

    Signals: `said(kind, error)` with a `Kind` and a `QAError` as the carrier of the words.
    """

    said = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[tuple[Kind, QAError]] | None = []

    def error(self, problem: QAError) -> None:
        """Show a failure; it stays until it is dismissed."""
        self._say(Kind.ERROR, problem)

    def warning(self, title: str, explanation: str, remedy: str = "", details: str = "") -> None:
        """Show something that went through, but not wholly."""
        self._say(Kind.WARNING, QAError(title, explanation, remedy, details))

    def notice(self, title: str, explanation: str = "") -> None:
        """Show something worth knowing."""
        self._say(Kind.NOTICE, QAError(title, explanation, ""))

    def flush(self) -> None:
        """Show what was said before anybody listened, and from now on show everything at once."""
        waiting, self._waiting = self._waiting or [], None
        for kind, problem in waiting:
            self.said.emit(kind, problem)

    def install_hooks(self) -> None:
        """Show what nobody caught, on any thread, as a banner with its traceback in the details."""

        def hook(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
            if isinstance(error, KeyboardInterrupt):
                QGuiApplication.quit()
            else:
                self.error(error if isinstance(error, QAError) else unexpected_error(error))

        def thread_hook(args: threading.ExceptHookArgs) -> None:
            if args.exc_value is not None:
                hook(args.exc_type, args.exc_value, args.exc_traceback)

        sys.excepthook = hook
        threading.excepthook = thread_hook

    def _say(self, kind: Kind, problem: QAError) -> None:
        if self._waiting is not None:
            self._waiting.append((kind, problem))
        else:
            self.said.emit(kind, problem)


class Banner(QFrame):
    """One message above the panes: title, explanation and remedy; *Details* and *Dismiss*.

    A new message takes the place of an older one unless that one is worse.  Escape inside it dismisses.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sign = QLabel()
        self._sign.setObjectName("bannerSign")
        self._title = _words("heading")
        self._explanation = _words("")
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setAccessibleName(self.tr("Details of the message"))
        self._details.setTabChangesFocus(True)
        self._show_details = QPushButton(self.tr("De&tails"))
        self._show_details.setCheckable(True)
        self._show_details.toggled.connect(self._toggle_details)
        self._copy = QPushButton(self.tr("&Copy details"))
        self._copy.clicked.connect(self._copy_details)
        self._dismiss = QPushButton(self.tr("&Dismiss"))
        self._dismiss.clicked.connect(self.hide)
        for button in (self._show_details, self._copy, self._dismiss):
            button.setProperty("kind", "quiet")
            button.setAutoDefault(False)
        self._arrange()
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.hide)
        self.hide()

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._explanation)
        top = QHBoxLayout()
        top.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        for button in (self._show_details, self._copy, self._dismiss):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.addLayout(top)
        whole.addWidget(self._details)

    def show_message(self, kind: Kind, problem: QAError) -> None:
        """Show `problem` with the colours, the sign and the spoken name of its kind."""
        signs = {
            Kind.NOTICE: ("i", self.tr("Notice")),
            Kind.WARNING: ("!", self.tr("Warning")),
            Kind.ERROR: ("×", self.tr("Error")),
        }
        sign, name = signs[kind]
        self.setProperty("kind", kind.value)
        self._sign.setText(sign)
        self._sign.setAccessibleName(name)
        self._title.setText(problem.title)
        words = " ".join(w for w in (problem.explanation, problem.remedy) if w)
        self._explanation.setText(words)
        self._explanation.setVisible(bool(words))
        self._details.setPlainText(problem.details)
        lines = min(_MOST_LINES, max(2, problem.details.count("\n") + 1))
        self._details.setFixedHeight((lines + 1) * self._details.fontMetrics().lineSpacing())
        self._show_details.setVisible(bool(problem.details))
        self._show_details.setChecked(False)
        self._toggle_details(False)
        self.setAccessibleName(f"{name}: {problem.title}. {words}")
        for widget in (self, self._sign):
            self.style().unpolish(widget)
            self.style().polish(widget)
        self.show()
        announce(self, self.accessibleName(), urgent=kind is Kind.ERROR)

    def _toggle_details(self, shown: bool) -> None:  # noqa: FBT001 - the signature of Qt's signal
        self._details.setVisible(shown)
        self._copy.setVisible(shown)

    def _copy_details(self) -> None:
        text = f"{self._title.text()}\n{self._explanation.text()}\n\n{self._details.toPlainText()}"
        QGuiApplication.clipboard().setText(text)


def _words(role: str) -> QLabel:
    label = plain_label(role=role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
