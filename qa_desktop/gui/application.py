"""The Qt application: its identity, and what the operating system hands to it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, QSocketNotifier, Qt, Signal
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

    def close_on_signals(self) -> None:
        """Close the windows, and with them the program, on Ctrl+C in the terminal or when told to end.

        Python runs a signal's handler only when it runs at all, and in Qt's event loop it does not: so the
        signal also wakes the loop through a pair of sockets, which have no name and lead nowhere else.
        """
        self._waker, woken = socket.socketpair()
        for end in (self._waker, woken):
            end.setblocking(False)
        self._woken = woken
        self._notifier = QSocketNotifier(woken.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda *_: woken.recv(64))
        signal.set_wakeup_fd(self._waker.fileno())
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.closeAllWindows())

    def event(self, event: QEvent) -> bool:
        """Take files that the desktop hands over (macOS does it by an event)."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit(Path(event.file()))
            return True
        return super().event(event)
