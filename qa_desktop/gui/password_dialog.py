"""One dialog for all files that only open with a password; what is typed is used and forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qa_desktop.gui import words
from qa_desktop.gui.announce import announce
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.plain_label import plain_label
from qa_desktop.gui.reading_rows import ReadingRow
from qa_desktop.gui.theme import Theme

_FILE = Qt.ItemDataRole.UserRole


class PasswordDialog(QDialog):
    """Lists the files that are locked; a password is tried on one of them, or on all.

    The password lives in the field and in the signal, and is never kept: not on disk, not here.
    Signals: `tried(ids, password)` with the ids of files.
    """

    tried = Signal(list, str)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("passwordDialog")
        self.setWindowTitle(self.tr("Files with a password"))
        self._icons = icons
        self._headline = plain_label(role="heading")
        explained = plain_label(
            self.tr(
                "Enter the password of a file to have it read. It is used once and never stored; the text "
                "that is read becomes part of the library, which is not protected by it."
            ),
            "muted",
        )
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Files with a password"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.currentItemChanged.connect(lambda *_: self._say(""))
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(self.tr("Password"))
        self.field.setPlaceholderText(self.tr("Password"))
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.field.textChanged.connect(self._enable)
        self.field.returnPressed.connect(self._try)
        self._show = QCheckBox(self.tr("&Show"))
        self._show.setAccessibleName(self.tr("Show the password"))
        self._show.toggled.connect(self._reveal)
        self.all = QCheckBox()
        self._said = QLabel()
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        self._said.setProperty("tone", "warning")
        self._open = QPushButton(self.tr("&Open"))
        self._open.setProperty("kind", "primary")
        self._open.setDefault(True)
        self._open.clicked.connect(self._try)
        self._close = QPushButton(self.tr("Not now"))
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.close)
        self._busy = False
        self._arrange(theme, explained)
        self._enable()

    def _arrange(self, theme: Theme, explained: QWidget) -> None:
        typing = QHBoxLayout()
        typing.addWidget(self.field, 1)
        typing.addWidget(self._show)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._open)
        buttons.addWidget(self._close)
        whole = QVBoxLayout(self)
        edge = theme.size("gap_large")
        whole.setContentsMargins(edge, edge, edge, theme.size("gap"))
        whole.setSpacing(theme.size("gap"))
        whole.addWidget(self._headline)
        whole.addWidget(explained)
        whole.addWidget(self.list, 1)
        whole.addLayout(typing)
        whole.addWidget(self.all)
        whole.addWidget(self._said)
        whole.addLayout(buttons)
        letters = self.fontMetrics()
        self.resize(letters.averageCharWidth() * 68, letters.height() * 22)

    def set_files(self, report: Sequence[ReadingRow]) -> None:
        """List the files that are locked; the one that was chosen stays chosen."""
        current = self.list.currentItem()
        chosen = current.data(_FILE) if current is not None else None
        files = {row.file: row for row in report if row.locked and row.file is not None}
        self.list.clear()
        for file, row in files.items():
            item = QListWidgetItem(self._icons.kind(row.kind), row.shown)
            item.setData(_FILE, file)
            item.setToolTip(words.tip(row.path or row.shown))
            self.list.addItem(item)
            if file == chosen:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None and files:
            self.list.setCurrentRow(0)
        self._headline.setText(
            words.count(len(files), self.tr("%n file needs a password"), self.tr("%n files need a password"))
        )
        self.all.setText(self.tr("&Use for all %1 files").replace("%1", words.number(len(files))))
        self.all.setVisible(len(files) > 1)
        self._enable()

    def choose(self, files: Sequence[int]) -> None:
        """Choose the first of these files in the list."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_FILE) in files:
                self.list.setCurrentRow(row)
                break
        self.field.setFocus()

    def set_result(self, tried: Sequence[int], still_locked: Sequence[int]) -> None:
        """Say which of the files that were tried did not open; the password is forgotten."""
        self._busy = False
        self.field.clear()
        if not still_locked:
            self._say("")
        elif len(tried) == 1:
            self._say(self.tr("Wrong password: the file did not open."))
        else:
            text = words.count(
                len(still_locked),
                self.tr("The password did not open %n of the files; it is still listed."),
                self.tr("The password did not open %n of the files; they are still listed."),
            )
            self._say(text)
        self._enable()
        self.field.setFocus()

    @property
    def files(self) -> list[int]:
        """The ids of the files that are listed."""
        return [self.list.item(row).data(_FILE) for row in range(self.list.count())]

    def _try(self) -> None:
        current = self.list.currentItem()
        password = self.field.text()
        if current is None or not password or self._busy:
            return
        self._busy = True
        self._say(self.tr("Reading…"))
        self._enable()
        everything = self.all.isChecked() and not self.all.isHidden()
        self.tried.emit(self.files if everything else [current.data(_FILE)], password)

    def _reveal(self, shown: bool) -> None:  # noqa: FBT001 - the signature of Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.field.setEchoMode(mode)

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setAccessibleName(text)
        if text:
            announce(self, text)

    def _enable(self) -> None:
        self._open.setEnabled(bool(self.field.text()) and not self._busy and self.list.count() > 0)
        self.field.setReadOnly(self._busy)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Forget what was typed."""
        self.field.clear()
        super().closeEvent(event)

    def reject(self) -> None:
        """Forget what was typed."""
        self.field.clear()
        super().reject()
