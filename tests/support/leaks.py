"""Find what a test of the window left behind: timers, top-level widgets, animations, interface objects.

Threads are watched for every test by tests/conftest.py.  Each detector says what was left and what to do.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QAbstractAnimation, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

Thing = TypeVar("Thing", bound=QObject)

_RUNNING = QAbstractAnimation.State.Running
_ADVICE = {
    "windows": "Give each a parent, or register it with `qtbot.addWidget`, which closes and deletes it.",
    "timers": "Stop each in `closeEvent` or `clear`, or give it a parent that the test deletes.",
    "animations": "Stop each before the widget it moves is deleted.",
}


class LeftBehind(AssertionError):
    """Something outlives the test that made it."""


@contextmanager
def nothing_left_behind() -> Iterator[None]:
    """Raise `LeftBehind` if windows, running timers or running animations outlive the block."""
    windows = {id(window) for window in _windows()}
    # What is frozen is neither collected nor listed: only what the block makes has to be looked through.
    gc.freeze()
    try:
        yield
        _settle()
        left: dict[str, list[QWidget] | list[QTimer] | list[QAbstractAnimation]] = {
            "windows": [w for w in _windows() if id(w) not in windows],
            "timers": [t for t in _alive(QTimer) if t.isActive()],
            "animations": [a for a in _alive(QAbstractAnimation) if a.state() == _RUNNING],
        }
    finally:
        gc.unfreeze()
    if any(left.values()):
        raise LeftBehind("\n".join(_report(name, things) for name, things in left.items() if things))


def _report(name: str, things: Sequence[QObject]) -> str:
    listed = "\n".join(f"    {_describe(thing)}" for thing in things)
    return f"{len(things)} {name} left behind:\n{listed}\n  {_ADVICE[name]}"


def _settle() -> None:
    """Let go of what is only waiting to be deleted."""
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()
    gc.collect()


def _windows() -> list[QWidget]:
    # Menus and tooltips of Qt's own live as long as the application.
    return [w for w in QApplication.topLevelWidgets() if isValid(w) and not _is_qts_own(w)]


def _is_qts_own(widget: QWidget) -> bool:
    return type(widget).__name__ in {"QTipLabel", "QDesktopWidget"} or widget.parent() is not None


def _alive(kind: type[Thing]) -> list[Thing]:
    # Not isinstance: some objects on the heap answer it by importing half a library.
    return [o for o in gc.get_objects() if issubclass(type(o), kind) and isValid(o)]


def _describe(thing: QObject) -> str:
    words = [type(thing).__name__]
    if thing.objectName():
        words.append(f"“{thing.objectName()}”")
    if isinstance(thing, QWidget):
        words.append(f"titled “{thing.windowTitle()}”, {'visible' if thing.isVisible() else 'hidden'}")
    if isinstance(thing, QTimer):
        words.append(f"every {thing.interval()} ms")
    parent = thing.parent()
    words.append(f"in {type(parent).__name__}" if parent else "without a parent")
    return " ".join(words)
