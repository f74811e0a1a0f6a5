"""Progress appears when there is something to wait for, tells how much and how long, and can be stopped."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar
from pytestqt.qtbot import QtBot

from qa_desktop.gui.busy_strip import SHOW_AFTER_MS, BusyStrip
from qa_desktop.progress import Progress
from tests.support.desktop import press


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def strip(qtbot: QtBot, clock: Clock) -> BusyStrip:
    strip = BusyStrip(clock=clock)
    qtbot.addWidget(strip)
    return strip


def words_of(strip: BusyStrip) -> str:
    return "\n".join(label.text() for label in strip.findChildren(QLabel))


def test_short_work_never_flashes(qtbot: QtBot, strip: BusyStrip) -> None:
    strip.begin("Reading")
    strip.end()
    qtbot.wait(SHOW_AFTER_MS + 100)
    assert not strip.isVisible()


def test_longer_work_appears_stays_a_moment_and_goes(qtbot: QtBot, strip: BusyStrip, clock: Clock) -> None:
    strip.begin("Reading documents")
    qtbot.waitUntil(strip.isVisible)
    clock.now += 0.01
    strip.end()
    assert strip.isVisible()
    qtbot.waitUntil(lambda: not strip.isVisible())


def test_it_says_how_many_of_how_many_and_how_much_longer(strip: BusyStrip, clock: Clock) -> None:
    strip.begin("Reading documents")
    strip.step(Progress("reading", 0, 8, "a.pdf"))
    clock.now += 6
    strip.step(Progress("reading", 2, 8, "report.pdf"))
    assert "Reading 2 of 8 · about 20 seconds left" in words_of(strip)
    assert "report.pdf" in words_of(strip)
    bar = strip.findChildren(QProgressBar)[0]
    assert bar.value() / bar.maximum() == 0.25


def test_bytes_are_told_as_sizes_and_an_unknown_total_as_such(strip: BusyStrip, clock: Clock) -> None:
    strip.step(Progress("finding", 12, 0, "somewhere"))
    assert "Looking for files…" in words_of(strip)
    strip.step(Progress("reading", 2_000_000, 8_000_000, "big.pdf", "bytes"))
    assert "MB of" in words_of(strip)
    assert "2000000" not in words_of(strip)


def test_it_repaints_no_faster_than_it_can_be_read_but_never_misses_the_end(
    strip: BusyStrip, clock: Clock
) -> None:
    strip.step(Progress("reading", 1, 9))
    clock.now += 0.01
    strip.step(Progress("reading", 2, 9))
    assert "1 of 9" in words_of(strip)
    strip.step(Progress("reading", 9, 9))
    assert "9 of 9" in words_of(strip)


def test_cancel_answers_at_once(qtbot: QtBot, strip: BusyStrip) -> None:
    strip.begin("Reading documents")
    strip.show()
    cancel = press(strip, "Cancel")
    assert cancel.accessibleName() == "Cancel: Reading documents"
    with qtbot.waitSignal(strip.cancelled):
        QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert "Stopping" in words_of(strip)
    assert not cancel.isEnabled()
    strip.end()


def test_pausing_says_so_holds_the_count_and_is_no_time_spent(
    qtbot: QtBot, strip: BusyStrip, clock: Clock
) -> None:
    strip.begin("Reading documents")
    strip.show()
    strip.step(Progress("reading", 0, 8, "a.pdf"))
    clock.now += 6
    heard: list[bool] = []
    strip.paused.connect(heard.append)
    QTest.mouseClick(press(strip, "Pause"), Qt.MouseButton.LeftButton)
    assert "Paused" in words_of(strip)
    strip.step(Progress("reading", 1, 8, "the file that was being read.pdf"))
    assert "Paused" in words_of(strip)
    clock.now += 600
    QTest.mouseClick(press(strip, "Go on"), Qt.MouseButton.LeftButton)
    assert heard == [True, False]
    strip.step(Progress("reading", 2, 8, "c.pdf"))
    assert "Reading 2 of 8 · about 20 seconds left" in words_of(strip)
    QTest.mouseClick(press(strip, "Pause"), Qt.MouseButton.LeftButton)
    strip.begin("Looking for changes")
    assert "Looking for changes" in words_of(strip)
    assert press(strip, "Pause").isEnabled()
