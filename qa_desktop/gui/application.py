"""The Qt application: its identity, and what the operating system hands to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from qa_desktop import __version__


class Application(QApplication):
    """The one application object.

    Signals: `file_opened(path)` for a file or folder that the desktop wants us to open.
    """

    file_opened = Signal(object)

    def __init__(self, argv: Sequence[str]) -> None:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        super().__init__([*argv[:1]] or ["qa-desktop"])
        self.setApplicationName("QA Desktop")
        self.setApplicationVersion(__version__)
        self.setDesktopFileName("qa-desktop")
        QLocale.setDefault(QLocale.system())

    def event(self, event: QEvent) -> bool:
        """Take files that the desktop hands over (macOS does it by an event)."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit(Path(event.file()))
            return True
        return super().event(event)
