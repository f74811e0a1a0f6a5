"""What every test of the window is given: looks, background work, and a check that nothing stays behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from qa_desktop.gui.icons import Icons
from qa_desktop.gui.tasks import Tasks
from qa_desktop.gui.theme import Theme
from tests.support.leaks import nothing_left_behind


@pytest.fixture(autouse=True)
def nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves windows, running timers or animations behind."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("qapp")
    with nothing_left_behind():
        yield


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme."""
    return Theme("light")


@pytest.fixture
def icons(theme: Theme) -> Icons:
    """The project's icons in that theme."""
    return Icons(theme)


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """The door to threads; closed at the end."""
    tasks = Tasks()
    yield tasks
    tasks.close()
