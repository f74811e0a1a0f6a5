"""Type, date and folder: what is shown of a library and searched, each with its counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from qa_desktop.domain import DocumentEntry
from qa_desktop.gui import words
from qa_desktop.gui.flow_layout import FlowLayout
from qa_desktop.gui.library_filter import facets


class FacetButton(QToolButton):
    """One facet: a menu of values with counts, several of which can be chosen.

    Signals: `chosen_changed`.
    """

    chosen_changed = Signal()

    def __init__(self, name: str, show: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._show = show
        self._menu = QMenu(self)
        self._actions: dict[str, QAction] = {}
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setProperty("kind", "facet")
        self._label()

    @property
    def chosen(self) -> frozenset[str]:
        """The values chosen; empty means any."""
        return frozenset(value for value, action in self._actions.items() if action.isChecked())

    def set_counts(self, counts: Counter[str], *, newest_first: bool = False) -> None:
        """Offer these values; what was chosen stays chosen where it still exists."""
        chosen = self.chosen
        self._menu.clear()
        self._actions.clear()
        values = sorted(
            (v for v in counts if v), key=lambda v: self._show(v).casefold(), reverse=newest_first
        )
        for value in [*values, *([""] if "" in counts else [])]:
            text = f"{self._show(value)}  ({words.number(counts[value])})".replace("&", "&&")
            action = QAction(text, self._menu, checkable=True)
            action.setChecked(value in chosen)
            action.toggled.connect(self._toggled)
            self._menu.addAction(action)
            self._actions[value] = action
        self._menu.addSeparator()
        every = self._menu.addAction(self.tr("All"))
        every.triggered.connect(self.clear)
        self.setEnabled(bool(counts))
        self._label()

    def clear(self) -> None:
        """Choose nothing, which shows everything."""
        for action in self._actions.values():
            action.setChecked(False)

    def _toggled(self) -> None:
        self._label()
        self.chosen_changed.emit()

    def _label(self) -> None:
        chosen = [self._show(value) for value in self.chosen]
        text = self._name
        if len(chosen) == 1:
            text = f"{self._name}: {words.short(chosen[0], 14)}"
        elif chosen:
            text = f"{self._name}: {words.number(len(chosen))}"
        self.setText(f"{text} ▾".replace("&", "&&"))
        self.setAccessibleName(self.tr("Show and search by %1").replace("%1", self._name.lower()))
        self.setAccessibleDescription(", ".join(chosen) or self.tr("All"))
        self.setToolTip(words.tip(", ".join(chosen)) if chosen else self.accessibleName())
        self.setProperty("active", bool(chosen))
        self.style().unpolish(self)
        self.style().polish(self)


class FacetBar(QWidget):
    """The facets side by side; that of languages only where there are several.

    Signals: `changed` when the choice in any of them did.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        none = self.tr("none")
        self.kinds = FacetButton(self.tr("Type"), words.kind, self)
        self.years = FacetButton(self.tr("Date"), lambda year: year or self.tr("no date"), self)
        self.folders = FacetButton(self.tr("Folder"), lambda folder: folder or none, self)
        self.languages = FacetButton(
            self.tr("Language"), lambda code: words.language(code) or self.tr("not known"), self
        )
        self._buttons = (self.kinds, self.years, self.folders, self.languages)
        row = FlowLayout(self, 2)
        for button in self._buttons:
            button.chosen_changed.connect(self.changed)
            row.addWidget(button)

    def set_entries(self, entries: Sequence[DocumentEntry]) -> None:
        """Count anew."""
        counts = facets(entries)
        self.kinds.set_counts(counts["kinds"])
        self.years.set_counts(counts["years"], newest_first=True)
        self.folders.set_counts(counts["folders"])
        self.languages.set_counts(counts["languages"])
        several = len(counts["languages"].keys() - {""}) > 1
        self.languages.setVisible(several)
        if not several:
            self.languages.clear()

    def clear(self) -> None:
        """Show everything."""
        for button in self._buttons:
            button.clear()
