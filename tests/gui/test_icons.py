"""Every icon is drawn, in the colour of the theme, sharp at every size; and it follows the theme."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from qa_desktop.gui.icons import APP_ICON, KINDS, Icons
from qa_desktop.gui.theme import Theme
from qa_desktop.paths import bundled

NAMES = sorted(path.stem for path in bundled("resources/icons").glob("*.svg"))


def ink(pixmap: QPixmap) -> set[str]:
    """Return the colours of what is fully drawn."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", NAMES)
def test_icon_is_drawn_in_the_colour_that_is_asked_for(icons: Icons, name: str) -> None:
    drawn = ink(icons.pixmap(name, 48, 1.0, QColor("#1f7a3d")))
    assert drawn, "nothing to see"
    if name != APP_ICON:
        assert drawn == {"#1f7a3d"}


@pytest.mark.parametrize("name", NAMES)
def test_icon_keeps_to_the_common_style(name: str) -> None:
    drawing = (bundled("resources/icons") / f"{name}.svg").read_text("utf-8")
    assert QSvgRenderer(drawing.encode()).isValid()
    if name != APP_ICON:
        assert 'viewBox="0 0 24 24"' in drawing
        assert 'stroke="currentColor"' in drawing
        assert 'stroke-width="1.7"' in drawing
        assert "#" not in drawing.split("xmlns=", 1)[1], "a colour of its own"


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_icon_has_an_image_for_every_usual_screen(icons: Icons, theme: Theme, ratio: float) -> None:
    side = theme.size("icon")
    sizes = icons.icon("search").availableSizes()
    assert QSize(round(side * ratio), round(side * ratio)) in sizes


def test_disabled_icon_is_paler(icons: Icons, theme: Theme) -> None:
    size = QSize(64, 64)
    icon = icons.icon("search")
    usual = ink(icon.pixmap(size, 1.0))
    assert ink(icon.pixmap(size, 1.0, QIcon.Mode.Disabled)) == {theme.colour("outline").name()} != usual


def test_every_kind_of_document_has_its_icon(icons: Icons) -> None:
    assert set(KINDS.values()) <= set(icons.names())
    assert not icons.kind("something else").isNull()


def test_unknown_icon_is_an_error(icons: Icons) -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no such drawing")


def test_worn_icons_follow_the_theme(qtbot: QtBot, icons: Icons, theme: Theme) -> None:
    kept, dropped = QToolButton(), QToolButton()
    qtbot.addWidget(kept)
    for button in (kept, dropped):
        icons.put(button, "search")
    del dropped, button
    before = kept.icon().cacheKey()
    theme.choice = "dark"
    theme.changed.emit()
    assert kept.icon().cacheKey() != before
    assert ink(kept.icon().pixmap(QSize(64, 64))) <= {theme.colour("text").name()}


def test_app_icon_comes_in_many_sizes(icons: Icons) -> None:
    widths = {size.width() for size in icons.app_icon().availableSizes()}
    assert {16, 32, 48, 256} <= widths
