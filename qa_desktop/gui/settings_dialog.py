"""Settings: one control for each, and every change is seen at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from qa_desktop.gui.plain_label import plain_label
from qa_desktop.gui.theme import Theme
from qa_desktop.settings import RESULTS, TEXT_PERCENT, THEMES, Settings

_TEXT_STEP = 10


class SettingsDialog(QDialog):
    """Shows `settings` and reports each change; there is nothing to confirm.

    Attributes: `controls` by the name of the setting.
    Signals: `changed(settings)` with all settings as they are now.
    """

    changed = Signal(object)

    def __init__(self, settings: Settings, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setObjectName("settingsDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings = settings
        self._theme = QComboBox()
        names = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        for value in THEMES:
            self._theme.addItem(names[value], value)
        self._text = QSlider(Qt.Orientation.Horizontal)
        self._text.setRange(*(percent // _TEXT_STEP for percent in TEXT_PERCENT))
        self._text.setPageStep(2)
        self._text.setTickPosition(QSlider.TickPosition.TicksBelow)
        self._percent = QLabel()
        self._results = QSlider(Qt.Orientation.Horizontal)
        self._results.setRange(*RESULTS)
        self._number = QLabel()
        self._reopen = QCheckBox(self.tr("Open the library that was open last"))
        self._question = QCheckBox(self.tr("Remember the last question"))
        self._scans = QCheckBox(self.tr("Recognise the text on scanned pages and in pictures"))
        self._scans.setToolTip(
            self.tr("Takes some seconds for each page; born-digital pages are not affected")
        )
        self._last = plain_label(role="small")
        self.controls: dict[str, QWidget] = {
            "theme": self._theme,
            "text_percent": self._text,
            "results": self._results,
            "reopen": self._reopen,
            "last_library": self._last,
            "remember_question": self._question,
            "recognise_scans": self._scans,
        }
        self._arrange(theme)
        self._show(settings)
        self._connect()

    def show_settings(self, settings: Settings) -> None:
        """Show settings that were changed elsewhere."""
        self._show(settings)

    def _arrange(self, theme: Theme) -> None:
        size, number = QHBoxLayout(), QHBoxLayout()
        wide = self.fontMetrics().horizontalAdvance(self.tr("%1 %").replace("%1", "200"))
        for row, slider, value in ((size, self._text, self._percent), (number, self._results, self._number)):
            value.setMinimumWidth(wide)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(slider, 1)
            row.addWidget(value)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.size("gap_large"))
        form.setVerticalSpacing(theme.size("gap"))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows = (
            (self.tr("&Colours"), self._theme, None),
            (self.tr("Size of &text"), self._text, size),
            (self.tr("&Passages for a question"), self._results, number),
        )
        for text, control, layout in rows:
            label = QLabel(text)
            label.setBuddy(control)
            control.setAccessibleName(text.replace("&", ""))
            form.addRow(label, layout or control)
        form.addRow(QLabel(self.tr("At start")), self._reopen)
        form.addRow(QLabel(), self._last)
        form.addRow(QLabel(), self._question)
        form.addRow(QLabel(self.tr("Reading")), self._scans)
        for box in (self._reopen, self._question, self._scans):
            box.setAccessibleName(box.text())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        usual = buttons.addButton(self.tr("&Usual settings"), QDialogButtonBox.ButtonRole.ResetRole)
        usual.setToolTip(self.tr("Set everything here back to how it came"))
        usual.clicked.connect(self._restore)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        edge = theme.size("gap_large")
        column.setContentsMargins(edge, edge, edge, theme.size("gap"))
        column.setSpacing(edge)
        column.addLayout(form)
        column.addStretch(1)
        column.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 62)

    def _connect(self) -> None:
        self._theme.currentIndexChanged.connect(lambda _: self._set(theme=self._theme.currentData()))
        self._text.valueChanged.connect(lambda value: self._set(text_percent=value * _TEXT_STEP))
        self._results.valueChanged.connect(lambda value: self._set(results=value))
        self._reopen.toggled.connect(lambda on: self._set(reopen=on))
        self._question.toggled.connect(lambda on: self._set(remember_question=on))
        self._scans.toggled.connect(lambda on: self._set(recognise_scans=on))

    def _set(self, **change: Any) -> None:
        settings = replace(self._settings, **change)
        if settings != self._settings:
            self._settings = settings
            self._show(settings)
            self.changed.emit(settings)

    def _restore(self) -> None:
        self._set(**{name: getattr(Settings(), name) for name in self.controls if name != "last_library"})

    def _show(self, settings: Settings) -> None:
        self._settings = settings
        for control in self.controls.values():
            control.blockSignals(True)
        self._theme.setCurrentIndex(THEMES.index(settings.theme))
        self._text.setValue(round(settings.text_percent / _TEXT_STEP))
        self._percent.setText(self.tr("%1 %").replace("%1", str(settings.text_percent)))
        self._text.setAccessibleDescription(self._percent.text())
        self._results.setValue(settings.results)
        self._number.setText(str(settings.results))
        self._results.setAccessibleDescription(self._number.text())
        self._reopen.setChecked(settings.reopen)
        self._question.setChecked(settings.remember_question)
        self._scans.setChecked(settings.recognise_scans)
        self._last.setText(settings.last_library or self.tr("Last: the demonstration library"))
        for control in self.controls.values():
            control.blockSignals(False)
