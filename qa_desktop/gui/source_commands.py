"""The commands of the source view, each with its name, icon and keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from qa_desktop.gui.icons import Icons

IN_HEADER = (
    "facts",
    "open",
    "previous_page",
    "next_page",
    "zoom_out",
    "zoom_in",
    "fit_width",
    "as_text",
    "asides",
    "find",
)
_CHECKABLE = ("as_text", "asides")


def tr(text: str) -> str:
    """Translate the name of a command."""
    return QCoreApplication.translate("source", text)


def make_commands(
    parent: QWidget, icons: Icons, slots: Mapping[str, Callable[[], None]]
) -> dict[str, QAction]:
    """Return the actions by name; `slots` says what each does."""
    keys = QKeySequence.StandardKey
    table: dict[str, tuple[str, str, str | QKeySequence.StandardKey]] = {
        "facts": (tr("About this document"), "info", "Ctrl+I"),
        "open": (tr("Open original"), "open-external", "Ctrl+E"),
        "previous_page": (tr("Previous page"), "previous", ""),
        "next_page": (tr("Next page"), "next", ""),
        "zoom_out": (tr("Zoom out"), "zoom-out", keys.ZoomOut),
        "zoom_in": (tr("Zoom in"), "zoom-in", keys.ZoomIn),
        "fit_width": (tr("Fit width"), "fit-width", "Ctrl+0"),
        "as_text": (tr("Show as text"), "as-text", "Ctrl+Shift+T"),
        "asides": (tr("Show what was set aside"), "asides", "Ctrl+Shift+H"),
        "find": (tr("Find in the source"), "search", keys.Find),
        "previous_citation": (tr("Previous citation"), "chevron-left", "Shift+F4"),
        "next_citation": (tr("Next citation"), "chevron-right", "F4"),
    }
    commands = {}
    for name, (text, icon, shortcut) in table.items():
        action = QAction(text, parent)
        action.setObjectName(name)
        action.setCheckable(name in _CHECKABLE)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        if name == "zoom_in":  # the same key without Shift, where plus needs it
            action.setShortcuts([action.shortcut(), QKeySequence("Ctrl+=")])
        pressed = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{text} ({pressed})" if pressed else text)
        action.triggered.connect(lambda _=False, slot=slots[name]: slot())
        icons.put(action, icon)
        parent.addAction(action)
        commands[name] = action
    return commands
