"""What stands in the middle of the source view: pages, text, or a sentence in their place."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from qa_desktop.domain import Run
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.page_view import PageView
from qa_desktop.gui.plain_label import plain_label
from qa_desktop.gui.source_bar import dress_row
from qa_desktop.gui.source_place import Opened
from qa_desktop.gui.tasks import Tasks
from qa_desktop.gui.text_view import TextView
from qa_desktop.gui.theme import Theme

_PATIENCE_MS = 400  # what comes sooner than this needs no words about waiting


class Notice(QFrame):
    """One or two sentences above the source, with a sign; hidden when there is nothing to say."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("sourceNotice")
        self._theme = theme
        self._icons = icons
        self._sign = QLabel()
        self._words = plain_label()
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        row = QHBoxLayout(self)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        theme.changed.connect(self._draw)
        self._draw()
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._words.text() if not self.isHidden() else ""

    def say(self, *sentences: str) -> None:
        """Show these sentences; nothing to say hides the notice."""
        text = " ".join(s for s in sentences if s)
        self._words.setText(text)
        self._words.setAccessibleName(text)
        self._words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVisible(bool(text))

    def _draw(self) -> None:
        side = self._theme.size("icon")
        self._sign.setPixmap(self._icons.icon("warning", "warning").pixmap(side))
        dress_row(self, self._theme)
        self._sign.setAccessibleName(self.tr("Notice"))


class Empty(QWidget):
    """A sign and a sentence where there is nothing to show."""

    def __init__(self, theme: Theme, icons: Icons, sign: str, title: str, sentence: str) -> None:
        super().__init__()
        self.setObjectName("sourceEmpty")
        self._theme, self._icons, self._name = theme, icons, sign
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = _centred(title, "heading")
        self.sentence = _centred(sentence, "muted")
        column = QVBoxLayout(self)
        wide = theme.size("gap_huge")
        column.setContentsMargins(wide, wide, wide, wide)
        column.setSpacing(theme.size("gap_small"))
        column.addStretch(2)
        for widget in (self._sign, self.title, self.sentence):
            column.addWidget(widget)
        column.addStretch(3)
        theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        side = 3 * self._theme.size("icon")
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(self._icons.pixmap(self._name, side, ratio, "outline"))
        self._sign.setVisible(bool(self._name))


class Stage(QStackedWidget):
    """Shows one of: nothing chosen, waiting, pages as printed, text laid out."""

    def __init__(self, tasks: Tasks, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.page_view = PageView(tasks, theme)
        self.text_view = TextView(theme)
        self.nothing = Empty(
            theme,
            icons,
            "place",
            self.tr("No source chosen yet"),
            self.tr(
                "Ask a question, then click a citation: the original page opens here, "
                "with the exact words marked."
            ),
        )
        self.waiting = Empty(theme, icons, "document", self.tr("Opening the source …"), "")
        self.waiting.title.hide()
        self.failure = Empty(theme, icons, "warning", self.tr("The source cannot be shown"), "")
        for widget in (self.nothing, self.waiting, self.page_view, self.text_view, self.failure):
            self.addWidget(widget)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.waiting.title.show)

    def wait(self) -> None:
        """Empty the stage; if it lasts, say that something is coming."""
        self.waiting.title.hide()
        self.setCurrentWidget(self.waiting)
        self._patience.start()

    def show_place(self, opened: Opened, runs: tuple[Run, ...]) -> None:
        """Show and mark `runs` of a source whose pages or text have been opened."""
        page = runs[0].page if runs else opened.place.page
        if opened.as_printed:
            self.show_widget(self.page_view)
            self.page_view.show_place(page, runs)
        else:
            self.show_widget(self.text_view)
            self.text_view.show_place(runs, page)

    def show_widget(self, widget: QWidget) -> None:
        """Bring one of the widgets to the front."""
        self._patience.stop()
        self.setCurrentWidget(widget)

    def fail(self, sentence: str) -> None:
        """Say why there is nothing to see."""
        self.failure.sentence.setText(sentence)
        self.show_widget(self.failure)


def _centred(text: str, role: str) -> QLabel:
    label = plain_label(text, role)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
