"""The window: places the panes, shows messages and state, takes drops.  It decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QIcon,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from qa_desktop.gui.ask_panel import AskPanel
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.library_panel import LibraryPanel
from qa_desktop.gui.messages import Banner, Messages
from qa_desktop.gui.pane_tabs import PaneTabs
from qa_desktop.gui.panes import Panes
from qa_desktop.gui.tab_order import focus_neighbour
from qa_desktop.gui.theme import Theme

_NAMED = 12


class MainWindow(QMainWindow):
    """The one window.

    Signals: `dropped(paths)` with what was dropped on it; `closing` before it closes.
    Attributes: `library_panel`, `ask_panel`, `source`, `panes`, `banner`.
    """

    dropped = Signal(list)
    closing = Signal()

    def __init__(
        self, theme: Theme, icons: Icons, messages: Messages, source: QWidget, memory: QSettings
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._memory = memory
        self.setWindowTitle("QA Desktop")
        self.setWindowIcon(icons.app_icon())
        self.setAcceptDrops(True)
        self.banner = Banner(self)
        messages.said.connect(self.banner.show_message)
        self.library_panel = LibraryPanel(icons, self)
        self.ask_panel = AskPanel(theme, icons, self)
        self.source = source
        source.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.panes = Panes({"library": self.library_panel, "ask": self.ask_panel, "source": source}, self)
        desk = QWidget(self)
        desk.setObjectName("desk")
        self._column = QVBoxLayout(desk)
        self._column.addWidget(self.banner)
        titles = {"library": self.tr("Library"), "ask": self.tr("Ask"), "source": self.tr("Source")}
        self._column.addWidget(PaneTabs(self.panes, titles, desk))
        self._column.addWidget(self.panes, 1)
        self.setCentralWidget(desk)
        self._make_status_bar()
        self._overlay = QLabel(self.tr("Drop to add to the library"), self)
        self._overlay.setObjectName("dropOverlay")
        self._overlay.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._overlay.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        veil = QGraphicsOpacityEffect(self._overlay)
        veil.setOpacity(0.94)
        self._overlay.setGraphicsEffect(veil)
        self._overlay.hide()
        theme.changed.connect(self._dress)
        self._dress()
        self._recall()

    def _make_status_bar(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self._status = QLabel(self)
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        self._status.setAccessibleName(self.tr("State of the program"))
        bar.addWidget(self._status, 1)
        offline = QWidget(self)
        sign = QLabel(offline)
        sign.setObjectName("offlineSign")
        self._offline_sign = sign
        words = QLabel(self.tr("Offline ✓"), offline)
        words.setObjectName("offline")
        for widget in (offline, words):
            widget.setToolTip(
                self.tr("Nothing leaves this computer: the program opens no connection to any network.")
            )
        row = QHBoxLayout(offline)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(sign)
        row.addWidget(words)
        bar.addPermanentWidget(offline)

    def _dress(self) -> None:
        gap, large = self._theme.size("gap"), self._theme.size("gap_large")
        small = self._theme.size("gap_small")
        self._column.setContentsMargins(gap, small, gap, 0)
        self._column.setSpacing(gap)
        self.panes.setHandleWidth(gap)
        for pane, margin in ((self.library_panel, gap), (self.ask_panel, large)):
            layout = pane.layout()
            assert layout is not None
            layout.setContentsMargins(margin, gap, margin, gap)
            layout.setSpacing(small if pane is self.library_panel else gap)
        width = self.fontMetrics().averageCharWidth()
        self.library_panel.setMinimumWidth(30 * width)
        self.ask_panel.setMinimumWidth(44 * width)
        self.source.setMinimumWidth(36 * width)
        self.panes.set_text_percent(self._theme.text_percent)
        side = self._theme.size("icon")
        self._offline_sign.setPixmap(self._icons.pixmap("offline", side, self.devicePixelRatioF(), "success"))
        self.statusBar().setContentsMargins(gap, 0, gap, 0)

    def say(self, text: str) -> None:
        """Show a short line about what is going on, until the next one."""
        self._status.setText(text)

    def confirm(
        self, title: str, text: str, names: Sequence[str], action: str, then: Callable[[], None]
    ) -> None:
        """Ask once before something is lost, naming it; `then` is called if the answer is `action`."""
        box = QMessageBox(self)
        box.setObjectName("confirm")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        side = 2 * self._theme.size("icon")
        box.setIconPixmap(self._icons.pixmap("warning", side, self.devicePixelRatioF(), "warning"))
        box.setWindowTitle(title)
        box.setText(title)
        listed = [f"• {name}" for name in names[:_NAMED]]
        if len(names) > _NAMED:
            listed.append(self.tr("… and %1 more").replace("%1", str(len(names) - _NAMED)))
        box.setInformativeText("\n".join([*listed, "", text]))
        go = box.addButton(action, QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(QMessageBox.StandardButton.Cancel)
        stay.setIcon(QIcon())
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        go.clicked.connect(lambda: then())  # noqa: PLW0108 - `clicked` would hand over its state
        box.open()

    # ------------------------------------------------------------------------------- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Welcome files and folders, wherever they are held over the window."""
        if local_paths(event):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._overlay.setGeometry(self.rect())
            self._overlay.raise_()
            self._overlay.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """Take the invitation away."""
        self._overlay.hide()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Hand over what was dropped."""
        self._overlay.hide()
        paths = local_paths(event)
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(paths)

    # ------------------------------------------------------------------------------- remembering

    def _recall(self) -> None:
        self.resize(1280, 820)
        geometry = self._memory.value("window/geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        widths = self._memory.value("window/panes")
        if widths is not None:
            self.panes.recall(widths, str(self._memory.value("window/closed", "")))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember where everything was, and go."""
        widths, closed = self.panes.remember()
        self._memory.setValue("window/geometry", self.saveGeometry())
        self._memory.setValue("window/panes", widths)
        self._memory.setValue("window/closed", closed)
        self._memory.sync()
        super().closeEvent(event)
        # Gone from the screen at once, even where work under way takes a moment to stop.
        self.hide()
        self.closing.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the invitation to drop over the whole window."""
        super().resizeEvent(event)
        self._overlay.setGeometry(self.rect())

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: N802, FBT001 - Qt's name and signature
        """Follow the order of reading, whatever has been added to the window meanwhile."""
        desk = self.centralWidget()
        assert desk is not None
        return focus_neighbour(desk, following=following) or super().focusNextPrevChild(following)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Put the caret into the question field."""
        super().showEvent(event)
        self.ask_panel.field.setFocus(Qt.FocusReason.OtherFocusReason)


def local_paths(event: QDropEvent) -> list[Path]:
    """Return the files and folders that a drop holds."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
