"""The three panes side by side, and fewer of them where there is no room for three."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

THREE = 1080
TWO = 660
SHARES = {"library": 25, "ask": 41, "source": 34}


class Panes(QSplitter):
    """Shows as many panes as fit, those used last first; none is ever squeezed until it is useless.

    The widths THREE and TWO are in pixels at the usual size of text and grow with it.
    Signals: `arranged` when panes were shown or hidden, or another number of them fits.
    """

    arranged = Signal()

    def __init__(self, panes: Mapping[str, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("panes")
        self.setChildrenCollapsible(False)
        self._panes = dict(panes)
        self._recent = ["ask", "source", "library"]
        self._closed: set[str] = set()
        self._percent = 100
        self._fitting = 3
        for place, (name, pane) in enumerate(self._panes.items()):
            self.addWidget(pane)
            self.setStretchFactor(place, SHARES[name])
        self.setSizes([10 * SHARES[name] for name in self._panes])

    def set_text_percent(self, percent: int) -> None:
        """Take the size of the text into account."""
        self._percent = percent
        self.arrange()

    @property
    def capacity(self) -> int:
        """How many panes fit."""
        width = self.width() * 100 / self._percent
        return 3 if width >= THREE else 2 if width >= TWO else 1

    def shown(self, name: str) -> bool:
        """Whether a pane is to be seen."""
        return not self._panes[name].isHidden()

    def show_pane(self, name: str) -> None:
        """Bring a pane into view, if need be in place of the one that was used longest ago."""
        self._closed.discard(name)
        self._recent.remove(name)
        self._recent.insert(0, name)
        self.arrange()

    def toggle(self, name: str) -> None:
        """Hide a pane, or show it and give it the focus."""
        if self.shown(name):
            self._closed.add(name)
            self._recent.remove(name)
            self._recent.append(name)
            self.arrange()
        else:
            self.show_pane(name)
            self._panes[name].setFocus()

    def focus_next(self, step: int) -> None:
        """Move the focus to the next pane that is shown (`step` 1), or to the one before (-1).

        Each pane has a focus proxy: the control in it that is used most.
        """
        shown = [pane for name, pane in self._panes.items() if self.shown(name)]
        focus = QApplication.focusWidget()
        at = next((i for i, pane in enumerate(shown) if focus and pane.isAncestorOf(focus)), -step)
        shown[(at + step) % len(shown)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def arrange(self) -> None:
        """Show what fits."""
        open_panes = [name for name in self._recent if name not in self._closed] or ["ask"]
        if self.capacity > 1 and "ask" not in self._closed:
            open_panes = ["ask", *(name for name in open_panes if name != "ask")]
        chosen = open_panes[: self.capacity]
        changed = self.capacity != self._fitting
        self._fitting = self.capacity
        for name, pane in self._panes.items():
            if pane.isHidden() == (name in chosen):
                pane.setVisible(name in chosen)
                changed = True
        if changed:
            self.arranged.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show as many panes as now fit."""
        super().resizeEvent(event)
        self.arrange()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Allow the window to become as narrow as one pane: the others then give way."""
        sizes = [pane.minimumSize().expandedTo(pane.minimumSizeHint()) for pane in self._panes.values()]
        return QSize(max(s.width() for s in sizes), max(s.height() for s in sizes))

    def remember(self) -> tuple[QByteArray, str]:
        """Return the widths, and which panes are closed."""
        return self.saveState(), " ".join(sorted(self._closed))

    def recall(self, widths: QByteArray, closed: str) -> None:
        """Put the panes back as they were remembered."""
        if not widths.isEmpty():
            self.restoreState(widths)
            self.setChildrenCollapsible(False)
        self._closed = {name for name in closed.split() if name in self._panes and name != "ask"}
        self.arrange()
