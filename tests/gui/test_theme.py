"""Both themes are complete and legible, follow the system, and grow with the text."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from qa_desktop.gui.theme import Theme
from qa_desktop.paths import bundled

STYLES = bundled("resources/styles")
TOKENS = tomllib.loads((STYLES / "tokens.toml").read_text("utf-8"))


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    font, palette, sheet = QFont(qapp.font()), QPalette(qapp.palette()), qapp.styleSheet()
    yield qapp
    qapp.styleHints().unsetColorScheme()
    qapp.setFont(font)
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("kind", "least"), [("text", 4.5), ("outline", 3.0)])
def test_every_pair_of_colours_reaches_wcag_aa(theme: str, kind: str, least: float) -> None:
    colours = TOKENS[theme]
    poor = {
        (front, back): round(contrast(colours[front], colours[back]), 2)
        for front, back in TOKENS["pairs"][kind]
        if contrast(colours[front], colours[back]) < least
    }
    assert not poor


def test_both_themes_name_the_same_colours_and_the_style_sheets_use_no_others() -> None:
    assert TOKENS["light"].keys() == TOKENS["dark"].keys()
    for path in STYLES.glob("*.qss"):
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b", re.sub(r"QWidget#\w+", "", path.read_text("utf-8"))), (
            path
        )


def test_a_forced_theme_reaches_the_widgets_and_can_be_changed(qtbot: QtBot, app: QApplication) -> None:
    theme = Theme("dark")
    theme.apply(app)
    button = QPushButton("Ask")
    qtbot.addWidget(button)
    assert theme.dark
    assert app.palette().color(QPalette.ColorRole.Base).name() == TOKENS["dark"]["panel"]
    with qtbot.waitSignal(theme.changed):
        theme.choose("light", 100)
    assert app.palette().color(QPalette.ColorRole.Base).name() == TOKENS["light"]["panel"]


def test_everything_grows_with_the_text(app: QApplication) -> None:
    theme = Theme("light")
    theme.apply(app)
    names = tuple(TOKENS["size"])
    usual = [theme.size(name) for name in names], app.font().pointSizeF()
    theme.choose("light", 200)
    assert app.font().pointSizeF() == pytest.approx(2 * usual[1], rel=0.02)
    for before, after in itertools.zip_longest(usual[0], [theme.size(name) for name in names]):
        assert after >= 1.5 * before


def test_the_ticks_are_drawn_in_the_colour_that_stands_on_the_accent() -> None:
    for theme in ("light", "dark"):
        for name in ("tick", "part"):
            drawing = (STYLES / f"{name}-{theme}.svg").read_text("utf-8")
            assert TOKENS[theme]["on_accent"] in drawing


def test_a_style_sheet_that_names_an_unknown_token_fails_at_once(tmp_path: Path, app: QApplication) -> None:
    (tmp_path / "tokens.toml").write_text((STYLES / "tokens.toml").read_text("utf-8"), "utf-8")
    for picture in STYLES.glob("*.svg"):
        (tmp_path / picture.name).write_bytes(picture.read_bytes())
    (tmp_path / "00.qss").write_text("QLabel { color: $nothing; }", "utf-8")
    with pytest.raises(KeyError, match="nothing"):
        Theme("light", folder=tmp_path).apply(app)
