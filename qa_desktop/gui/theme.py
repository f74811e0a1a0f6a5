"""Looks: one table of tokens becomes palette, fonts and style sheet, light or dark.

Colours come from `resources/styles/tokens.toml` and nowhere else, sizes from the metrics of the font, so
that text of 200 % makes room for itself.  The style sheet is `resources/styles/*.qss` in the order of their
names, with `$token` for a colour or a size.
"""

from __future__ import annotations

import tomllib
from functools import partial
from pathlib import Path
from string import Template
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from qa_desktop.paths import bundled

_ROLES = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "side",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "border",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "outline",
    QPalette.ColorRole.Shadow: "border",
}
_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


class Theme(QObject):
    """The looks of the program.

    Attributes: `choice` is "system", "light" or "dark"; `text_percent` scales the system's font.
    Signals: `changed` after the colours or sizes have changed and were applied.
    """

    changed = Signal()

    def __init__(self, choice: str = "system", text_percent: int = 100, folder: Path | None = None) -> None:
        super().__init__()
        self.choice = choice
        self.text_percent = text_percent
        self._folder = folder or bundled("resources/styles")
        self._tokens: dict[str, Any] = tomllib.loads((self._folder / "tokens.toml").read_text("utf-8"))
        self._app: QApplication | None = None
        self._system_font = QFont()
        self._line_height = QFontMetricsF(self._system_font).height()

    @property
    def dark(self) -> bool:
        """Whether the dark colours are shown."""
        if self.choice in _SCHEMES:
            return self.choice == "dark"
        hints = QApplication.styleHints()
        return hints.colorScheme() == Qt.ColorScheme.Dark

    def colour(self, name: str) -> QColor:
        """Return the colour called `name` in the theme that is shown; KeyError if there is none."""
        return QColor(self._tokens["dark" if self.dark else "light"][name])

    def size(self, name: str) -> int:
        """Return the size called `name` in pixels, at least 1: a multiple of the height of a line."""
        return max(1, round(float(self._tokens["size"][name]) * self._line_height))

    def font(self, name: str = "body") -> QFont:
        """Return the system's font in the size called `name` (small, body, reading, heading, title)."""
        font = QFont(self._system_font)
        font.setPointSizeF(self.points(name))
        return font

    def points(self, name: str) -> float:
        """Return the size of the font called `name` in points."""
        base = self._system_font.pointSizeF()
        return float(base * self._tokens["type"][name] * self.text_percent / 100)

    def apply(self, app: QApplication) -> None:
        """Dress `app`, and dress it again whenever the system changes its colours."""
        if self._app is None:
            self._app = app
            self._system_font = QFont(app.font())
            app.setStyle(QStyleFactory.create("Fusion"))
            app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._dress(app)

    def choose(self, choice: str, text_percent: int) -> None:
        """Show another theme or size of text."""
        self.choice, self.text_percent = choice, text_percent
        if self._app is not None:
            self._dress(self._app)

    def _system_changed(self) -> None:
        if self._app is not None and self.choice == "system":
            self._dress(self._app)

    def _dress(self, app: QApplication) -> None:
        hints = app.styleHints()
        if self.choice in _SCHEMES:
            hints.setColorScheme(_SCHEMES[self.choice])
        elif self.choice == "system":
            hints.unsetColorScheme()
        font = self.font()
        self._line_height = QFontMetricsF(font).height()
        app.setFont(font)
        app.setPalette(self._palette())
        app.setStyleSheet(self._style_sheet())
        self.changed.emit()

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.colour(name))
        faded = partial(palette.setColor, QPalette.ColorGroup.Disabled)
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            faded(role, self.colour("outline"))
        faded(QPalette.ColorRole.Highlight, self.colour("border"))
        return palette

    def _style_sheet(self) -> str:
        values = {name: self.colour(name).name() for name in self._tokens["light"]}
        values |= {name: f"{self.size(name)}px" for name in self._tokens["size"]}
        values |= {f"font_{name}": f"{self.points(name):.2f}pt" for name in self._tokens["type"]}
        # A style sheet can only show pictures from files, so a tick is drawn once for each theme.
        scheme = "dark" if self.dark else "light"
        values |= {name: (self._folder / f"{name}-{scheme}.svg").as_posix() for name in ("tick", "part")}
        return "\n".join(
            Template(path.read_text("utf-8")).substitute(values)
            for path in sorted(self._folder.glob("*.qss"))
        )
