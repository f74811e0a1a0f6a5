"""Long work under way: what, how many of how many, how much longer, and a way to stop it.

The timing is humane: nothing flashes for work that ends at once, nothing repaints faster than it can be
read, and what appeared stays long enough to be recognised.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from qa_desktop.gui import words
from qa_desktop.gui.elided_label import ElidedLabel
from qa_desktop.progress import Progress

SHOW_AFTER_MS = 400
STAY_AT_LEAST_MS = 500
REPAINT_EVERY_S = 0.1
GUESS_AFTER_S = 2.0
BAR_STEPS = 1000


class BusyStrip(QFrame):
    """Shows one piece of long work at a time.

    Signals: `cancelled` when the user asked to stop; `paused(on)` when to wait, or to go on.
    """

    cancelled = Signal()
    paused = Signal(bool)

    def __init__(self, parent: QWidget | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._began = self._shown = self._painted = 0.0
        self._stage, self._stage_began, self._stage_first = "", 0.0, 0
        self._idle, self._said = 0.0, ""
        self.setObjectName("busyStrip")
        self._what = QLabel()
        self._what.setTextFormat(Qt.TextFormat.PlainText)
        self._what.setWordWrap(True)
        self._item = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self._item.setProperty("role", "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setProperty("kind", "quiet")
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self._ask_to_stop)
        self._pause = QPushButton(self.tr("Pause"))
        self._pause.setCheckable(True)
        self._pause.setProperty("kind", "quiet")
        self._pause.setAutoDefault(False)
        self._pause.setToolTip(self.tr("Wait after the file that is being read; questions are not held up"))
        self._pause.toggled.connect(self._hold)
        steer = QHBoxLayout()
        steer.addWidget(self._bar, 1)
        steer.addWidget(self._pause)
        steer.addWidget(self._cancel)
        whole = QVBoxLayout(self)
        whole.setSpacing(0)
        whole.addWidget(self._what)
        whole.addLayout(steer)
        whole.addWidget(self._item)
        self._appear = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._appear.timeout.connect(self._show_now)
        self._vanish = QTimer(self, singleShot=True)
        self._vanish.timeout.connect(self.hide)
        self.hide()

    def begin(self, what: str, *, can_cancel: bool = True) -> None:
        """Work begins; `what` says which, "Reading documents"."""
        self._vanish.stop()
        self._began = self._clock()
        self._stage = ""
        self._what.setText(what + "…")
        self.setAccessibleName(what)
        self._item.clear()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(what)
        self._cancel.setAccessibleName(self.tr("Cancel: %1").replace("%1", what))
        self._cancel.setEnabled(True)
        self._cancel.setVisible(can_cancel)
        self._pause.setAccessibleName(self.tr("Pause: %1").replace("%1", what))
        self._pause.setVisible(can_cancel)
        self._pause.setEnabled(True)
        self._pause.blockSignals(True)
        self._pause.setChecked(False)
        self._pause.blockSignals(False)
        self._pause.setText(self.tr("Pause"))
        if not self.isVisible():
            self._appear.start()

    def step(self, progress: Progress) -> None:
        """Show a step, unless one was shown a moment ago."""
        if self._pause.isChecked():
            return
        now = self._clock()
        if progress.stage != self._stage:
            self._stage, self._stage_began, self._stage_first = progress.stage, now, progress.done
        elif now - self._painted < REPAINT_EVERY_S and progress.done < progress.total:
            return
        self._painted = now
        self._what.setText(self._in_words(progress, now))
        self._item.set_words(progress.item)
        self._bar.setRange(0, BAR_STEPS if progress.total else 0)  # bytes would not fit its 32 bits
        self._bar.setValue(int(BAR_STEPS * progress.fraction))

    def end(self) -> None:
        """End the work, one way or another."""
        self._appear.stop()
        if self.isVisible():
            stayed = (self._clock() - self._shown) * 1000
            self._vanish.start(max(0, int(STAY_AT_LEAST_MS - stayed)))

    def _in_words(self, progress: Progress, now: float) -> str:
        stage = self._stage_in_words(progress.stage)
        if not progress.total:
            return stage + "…"
        show = words.size if progress.unit == "bytes" else words.number
        text = self.tr("%1 %2 of %3").replace("%1", stage)
        text = text.replace("%2", show(progress.done)).replace("%3", show(progress.total))
        spent, steps = now - self._stage_began, progress.done - self._stage_first
        if spent >= GUESS_AFTER_S and steps > 0 and progress.done < progress.total:
            left = spent / steps * (progress.total - progress.done)
            text += " · " + self.tr("%1 left").replace("%1", words.duration(left))
        return text

    def _stage_in_words(self, stage: str) -> str:
        known = {
            "finding": self.tr("Looking for files"),
            "reading": self.tr("Reading"),
            "encode": self.tr("Preparing passages"),
        }
        return known.get(stage, stage[:1].upper() + stage[1:])

    def _hold(self, paused: bool) -> None:  # noqa: FBT001 - the signature of Qt's signal
        """Ask to wait or to go on; time spent waiting is no measure of how long the rest will take."""
        now = self._clock()
        if paused:
            self._idle = now
            self._said = self._what.text()
            self._what.setText(self.tr("Paused"))
        else:
            self._stage_began += now - self._idle
            self._what.setText(self._said)
        self._pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        self.paused.emit(paused)

    def _show_now(self) -> None:
        self._shown = self._clock()
        self.show()

    def _ask_to_stop(self) -> None:
        self._cancel.setEnabled(False)
        self._pause.setEnabled(False)
        self._what.setText(self.tr("Stopping…"))
        self.cancelled.emit()
