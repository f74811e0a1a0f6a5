"""Tabs over the panes of a window that has room for one of them only."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QTabBar, QWidget

from qa_desktop.gui.panes import Panes


class PaneTabs(QTabBar):
    """One tab for each pane; hidden while more than one pane fits."""

    def __init__(self, panes: Panes, titles: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panes = panes
        self._names = tuple(titles)
        self.setAccessibleName(self.tr("Panes"))
        self.setDrawBase(False)
        self.setExpanding(True)
        for title in titles.values():
            self.addTab(title)
        self.tabBarClicked.connect(self._choose)
        self.currentChanged.connect(self._choose)
        panes.arranged.connect(self._follow)
        self._follow()

    def _choose(self, index: int) -> None:
        if 0 <= index < len(self._names) and not self._panes.shown(self._names[index]):
            self._panes.show_pane(self._names[index])

    def _follow(self) -> None:
        self.setVisible(self._panes.capacity == 1)
        shown = [i for i, name in enumerate(self._names) if self._panes.shown(name)]
        if len(shown) == 1 and self.currentIndex() != shown[0]:
            self.blockSignals(True)
            self.setCurrentIndex(shown[0])
            self.blockSignals(False)
