"""The watch over what tests leave behind sees what it should see, and says what to do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QPropertyAnimation, QTimer
from PySide6.QtWidgets import QApplication, QLabel

from tests.support.leaks import LeftBehind, nothing_left_behind


def forgotten_window() -> QLabel:
    label = QLabel("x")
    label.setObjectName("forgotten")
    return label


def running_timer() -> QTimer:
    timer = QTimer()
    timer.start(60_000)
    return timer


def running_animation(moved: QObject) -> QPropertyAnimation:
    animation = QPropertyAnimation(moved, b"objectName")
    animation.setDuration(60_000)
    animation.setStartValue("a")
    animation.setEndValue("b")
    animation.start()
    return animation


def test_a_window_left_behind_is_named(qapp: QApplication) -> None:
    words = r"(?s)1 windows.*QLabel “forgotten”.*qtbot.addWidget"
    with pytest.raises(LeftBehind, match=words), nothing_left_behind():
        label = forgotten_window()
    label.deleteLater()


def test_a_running_timer_left_behind_is_named(qapp: QApplication) -> None:
    words = r"(?s)1 timers.*QTimer every 60000 ms without a parent.*Stop each"
    with pytest.raises(LeftBehind, match=words), nothing_left_behind():
        timer = running_timer()
    timer.stop()


def test_a_running_animation_left_behind_is_named(qapp: QApplication) -> None:
    moved = QObject()
    with pytest.raises(LeftBehind, match="1 animations"), nothing_left_behind():
        animation = running_animation(moved)
    animation.stop()


def test_what_is_tidied_up_is_no_leak(qapp: QApplication) -> None:
    with nothing_left_behind():
        running_timer().stop()
        forgotten_window().deleteLater()
