"""A line that unfolds what stands below it, which is made only when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from qa_desktop.gui.icons import Icons


class Fold(QWidget):
    """A button with a title and, while it is down, the widget that `make` made."""

    def __init__(self, title: str, make: Callable[[], QWidget], icons: Icons) -> None:
        super().__init__()
        self._make = make
        self._icons = icons
        self._content: QWidget | None = None
        self.button = QToolButton()
        self.button.setText(title.replace("&", "&&"))
        self.button.setCheckable(True)
        self.button.setProperty("kind", "fold")
        self.button.setAccessibleName(title)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.toggled.connect(self._toggle)
        icons.put(self.button, "chevron-right", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def _toggle(self, down: bool) -> None:  # noqa: FBT001 - the signature of Qt's signal
        self._icons.put(self.button, "chevron-down" if down else "chevron-right", "muted")
        if down and self._content is None:
            self._content = self._make()
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self._content)
        if self._content is not None:
            self._content.setVisible(down)
