"""What every test of the window is given: looks, background work, and a check that nothing stays behind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qa_desktop.app import Desktop
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.source_view import SourceView
from qa_desktop.gui.tasks import Tasks
from qa_desktop.gui.theme import Theme
from qa_desktop.library import Library
from tests.support.desktop import build_library, running
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


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of a few small documents, which no test may change."""
    return build_library(tmp_path_factory.mktemp("built"))


@pytest.fixture
def library(built: Path, tmp_path: Path) -> Path:
    """A copy of that library, for one test."""
    return Path(shutil.copytree(built, tmp_path / "Airfield papers"))


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, library: Path) -> Iterator[Desktop]:
    """The whole program, running on that copy."""
    with running(qtbot, qapp, library) as desktop:
        yield desktop


@pytest.fixture
def source(qtbot: QtBot, library: Library, tasks: Tasks, theme: Theme) -> SourceView:
    """The source pane, in modules whose own `library` is an open one; `tasks` end before it is closed."""
    source = SourceView(tasks, theme)
    qtbot.addWidget(source)
    source.resize(520, 760)
    source.show()
    qtbot.waitExposed(source)
    source.set_library(library)
    return source
