"""Icons: the project's own drawings, in the colour of the theme, sharp on every screen.

Each file of `resources/icons/` is drawn on 24 by 24 units with `currentColor`; the colour is filled in when
an icon is asked for.  `QIcon` gets one image per size at which screens will want it, because an icon engine
written in Python crashes when Qt copies it (seen with PySide6 6.11.3).
"""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid

from qa_desktop.gui.theme import Theme
from qa_desktop.paths import bundled

APP_ICON = "qa-desktop"
_APP_SIZES = (16, 22, 24, 32, 48, 64, 128, 256)
_RATIOS = (1.0, 1.25, 1.5, 2.0)

KINDS = {
    "csv": "kind-sheet",
    "doc": "kind-word",
    "docm": "kind-word",
    "docx": "kind-word",
    "email": "kind-mail",
    "eml": "kind-mail",
    "epub": "kind-book",
    "htm": "kind-web",
    "html": "kind-web",
    "image": "kind-image",
    "json": "kind-data",
    "jsonl": "kind-data",
    "mail": "kind-mail",
    "markdown": "kind-markdown",
    "mbox": "kind-mail",
    "md": "kind-markdown",
    "mhtml": "kind-web",
    "msg": "kind-mail",
    "odp": "kind-slides",
    "ods": "kind-sheet",
    "odt": "kind-word",
    "pdf": "kind-pdf",
    "ppt": "kind-slides",
    "pptx": "kind-slides",
    "rtf": "kind-word",
    "sheets": "kind-sheet",
    "slides": "kind-slides",
    "table": "kind-sheet",
    "text": "kind-text",
    "tsv": "kind-sheet",
    "txt": "kind-text",
    "xls": "kind-sheet",
    "xlsx": "kind-sheet",
    "xml": "kind-data",
    "zip": "kind-archive",
} | dict.fromkeys(("bmp", "gif", "jpeg", "jpg", "png", "tif", "tiff", "webp"), "kind-image")


class HasIcon(Protocol):
    """A button, an action, or whatever else can wear an icon."""

    def setIcon(self, icon: QIcon, /) -> None:  # noqa: N802 - Qt's name
        """Wear `icon`."""


class Icons(QObject):
    """Hands out icons in the theme's colours and redraws those it has put on something.

    Raises FileNotFoundError for a name that was never drawn.
    """

    def __init__(self, theme: Theme, folder: Path | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._folder = folder or bundled("resources/icons")
        self._drawings: dict[str, bytes] = {}
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        self._worn: list[tuple[weakref.ref[object], str, str]] = []
        theme.changed.connect(self._redraw)

    def names(self) -> tuple[str, ...]:
        """Return the names of all icons."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.svg")))

    def icon(self, name: str, colour: str = "text") -> QIcon:
        """Return the icon `name` in the theme's `colour`, paler where it is disabled."""
        key = (name, colour, self._theme.size("icon"))
        if key not in self._icons:
            self._icons[key] = self._make(name, colour)
        return self._icons[key]

    def kind(self, kind: str, colour: str = "muted") -> QIcon:
        """Return the icon of a document of `kind`."""
        return self.icon(KINDS.get(kind, "document"), colour)

    def put(self, wearer: HasIcon, name: str, colour: str = "text") -> None:
        """Put the icon on `wearer`, now and again whenever the theme changes."""
        self._worn = [w for w in self._worn if (held := w[0]()) is not None and held is not wearer]
        self._worn.append((weakref.ref(wearer), name, colour))
        wearer.setIcon(self.icon(name, colour))

    def pixmap(self, name: str, size: int, ratio: float = 1.0, colour: str | QColor = "text") -> QPixmap:
        """Return a drawing `size` logical pixels wide and high for a screen of `ratio`."""
        shade = self._theme.colour(colour) if isinstance(colour, str) else colour
        pixmap = self._draw(name, round(size * ratio), shade)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def app_icon(self) -> QIcon:
        """Return the program's own icon, which keeps its colours."""
        icon = QIcon()
        for size in _APP_SIZES:
            icon.addPixmap(self._draw(APP_ICON, size, QColor()))
        return icon

    def _make(self, name: str, colour: str) -> QIcon:
        icon, side = QIcon(), self._theme.size("icon")
        ratios = {*_RATIOS, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}
        for width in sorted({round(side * ratio) for ratio in ratios}):
            icon.addPixmap(self._draw(name, width, self._theme.colour(colour)))
            faded = self._draw(name, width, self._theme.colour("outline"))
            icon.addPixmap(faded, QIcon.Mode.Disabled)
        return icon

    def _draw(self, name: str, width: int, colour: QColor) -> QPixmap:
        if name not in self._drawings:
            self._drawings[name] = (self._folder / f"{name}.svg").read_bytes()
        drawing = self._drawings[name].replace(b"currentColor", colour.name().encode())
        pixmap = QPixmap(QSize(width, width))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, width, width))
        painter.end()
        return pixmap

    def _redraw(self) -> None:
        self._icons.clear()
        for held, name, colour in list(self._worn):
            wearer = held()
            if wearer is not None and isValid(wearer):
                wearer.setIcon(self.icon(name, colour))  # type: ignore[attr-defined]


def soften_clear_button(field: QLineEdit, icons: Icons) -> None:
    """Give the button that empties `field` our own drawing; Qt's is a heavy black disc."""
    for action in field.findChildren(QAction):
        icons.put(action, "close", "muted")
