"""Work leaves the interface thread and comes home in order; it can be cancelled and fails in words."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from qa_desktop.errors import PathNotFound, QAError
from qa_desktop.gui.tasks import Lane, Tasks
from qa_desktop.progress import CancelToken, Progress, Report


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


def no_failure(error: QAError) -> None:
    pytest.fail(str(error))


def test_a_result_arrives_on_the_interface_thread(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[tuple[int, int, int]] = []
    work_thread = threading.get_ident
    tasks.run(
        lambda report, cancel: work_thread(),
        lane=Lane.ASKING,
        done=lambda ident: seen.append((ident, threading.get_ident(), 1)),
        failed=no_failure,
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != seen[0][1] == threading.get_ident()


def test_one_lane_keeps_the_order_and_another_does_not_wait(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[str] = []
    gate = threading.Event()
    tasks.run(
        lambda r, c: gate.wait(5), lane=Lane.WRITING, done=lambda _: seen.append("first"), failed=no_failure
    )
    tasks.run(lambda r, c: None, lane=Lane.WRITING, done=lambda _: seen.append("second"), failed=no_failure)
    tasks.run(lambda r, c: None, lane=Lane.PAGES, done=lambda _: seen.append("page"), failed=no_failure)
    qtbot.waitUntil(lambda: seen == ["page"])
    gate.set()
    qtbot.waitUntil(lambda: seen == ["page", "first", "second"])
    assert not tasks.busy


def test_cancel_is_an_outcome_and_done_is_never_called_after_it(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[str] = []
    started = threading.Event()

    def endless(report: Report, cancel: CancelToken) -> None:
        started.set()
        while True:
            cancel.check()
            time.sleep(0.001)

    task = tasks.run(
        endless,
        lane=Lane.WRITING,
        done=lambda _: seen.append("done"),
        failed=lambda _: seen.append("failed"),
        cancelled=lambda: seen.append("cancelled"),
    )
    assert started.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: seen == ["cancelled"])
    assert not task.active


def test_work_that_finishes_in_spite_of_a_cancel_is_still_cancelled(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[str] = []
    gate = threading.Event()
    task = tasks.run(
        lambda r, c: gate.wait(5),
        lane=Lane.ASKING,
        done=lambda _: seen.append("done"),
        failed=no_failure,
        cancelled=lambda: seen.append("cancelled"),
    )
    task.cancel()
    gate.set()
    qtbot.waitUntil(lambda: seen == ["cancelled"])


def test_expected_failures_arrive_as_they_are_and_others_in_words(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[QAError] = []

    def missing(report: Report, cancel: CancelToken) -> None:
        raise PathNotFound("x.pdf")

    def broken(report: Report, cancel: CancelToken) -> None:
        raise ZeroDivisionError

    tasks.run(missing, lane=Lane.ASKING, done=lambda _: None, failed=seen.append)
    tasks.run(broken, lane=Lane.ASKING, done=lambda _: None, failed=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert isinstance(seen[0], PathNotFound)
    assert seen[1].title
    assert "ZeroDivisionError" in seen[1].details
    assert "Traceback" not in str(seen[1])


def test_a_flood_of_progress_does_not_flood_the_window(qtbot: QtBot, tasks: Tasks) -> None:
    steps: list[Progress] = []
    finished: list[bool] = []
    gate = threading.Event()

    def count(report: Report, cancel: CancelToken) -> bool:
        for i in range(10_000):
            report(Progress("reading", i + 1, 10_000))
        gate.wait(5)
        return True

    tasks.run(count, lane=Lane.WRITING, done=finished.append, failed=no_failure, progress=steps.append)
    qtbot.waitUntil(lambda: bool(steps) and steps[-1].done == 10_000)
    gate.set()
    qtbot.waitUntil(lambda: bool(finished))
    assert len(steps) < 5_000


def test_closing_cancels_and_joins_and_calls_nobody(qtbot: QtBot) -> None:
    tasks = Tasks()
    seen: list[str] = []

    def until_cancelled(report: Report, cancel: CancelToken) -> None:
        while not cancel.cancelled:
            time.sleep(0.001)

    before = threading.active_count()
    tasks.run(until_cancelled, lane=Lane.WRITING, done=lambda _: seen.append("done"), failed=no_failure)
    tasks.close()
    qtbot.wait(20)
    assert seen == []
    assert threading.active_count() == before
    late = tasks.run(
        lambda r, c: None, lane=Lane.WRITING, done=lambda _: seen.append("late"), failed=no_failure
    )
    qtbot.wait(20)
    assert seen == []
    assert not late.active


def test_paused_work_waits_goes_on_and_can_still_be_cancelled(qtbot: QtBot, tasks: Tasks) -> None:
    steps: list[int] = []
    ended: list[str] = []

    def work(_: Report, cancel: CancelToken) -> None:
        while True:
            cancel.check()
            steps.append(1)
            time.sleep(0.002)

    task = tasks.run(
        work,
        lane=Lane.WRITING,
        done=lambda _: None,
        failed=print,
        cancelled=lambda: ended.append("cancelled"),
    )
    qtbot.waitUntil(lambda: len(steps) > 3)
    task.pause(paused=True)
    qtbot.wait(50)
    held = len(steps)
    qtbot.wait(50)
    assert len(steps) == held
    task.pause(paused=False)
    qtbot.waitUntil(lambda: len(steps) > held)
    task.pause(paused=True)
    task.cancel()
    qtbot.waitUntil(lambda: ended == ["cancelled"])
