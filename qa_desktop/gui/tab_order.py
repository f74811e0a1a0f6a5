"""The order of Tab is the order of reading, also among widgets that were made later than others.

Qt keeps a chain in which widgets stand in the order in which they were made, so that the cards of an answer
would come after everything else in the window; and `QWidget.setTabOrder`, used again and again, breaks the
chain into loops (seen with Qt 6.11).  So the next stop is looked up in the layouts when Tab is pressed.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QStackedWidget, QWidget


def focus_neighbour(root: QWidget, *, following: bool) -> bool:
    """Give the focus to what comes after (or before) what has it; False if that stands outside `root`."""
    stops = [w for w in in_reading_order(root) if w.isVisible() and w.isEnabled()]
    here: QWidget | None = root.window().focusWidget()
    while here is not None and here not in stops:
        here = here.parentWidget()
    if here is None or len(stops) < 2:
        return False
    step = 1 if following else -1
    reason = Qt.FocusReason.TabFocusReason if following else Qt.FocusReason.BacktabFocusReason
    target = stops[(stops.index(here) + step) % len(stops)]
    target.setFocus(reason)
    _bring_into_sight(target)
    return True


def in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    """Return what Tab stops at in `widget`, itself included, in the order in which it is laid out."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    for child in _children(widget):
        yield from in_reading_order(child)


def _bring_into_sight(target: QWidget) -> None:
    around = target.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(target)
        around = around.parentWidget()


def _children(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, QSplitter):
        parts = (widget.widget(n) for n in range(widget.count()))
        return [part for part in parts if part is not None]
    if isinstance(widget, QStackedWidget):
        shown = widget.currentWidget()
        return [shown] if shown is not None else []
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        return [inside] if inside is not None else []
    layout = widget.layout()
    return list(_laid_out(layout)) if layout is not None else []


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None and not widget.isHidden():
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)
