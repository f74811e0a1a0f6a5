"""What every test is given: folders of its own, no network, and no tolerance for noise.

A test fails when it reaches for the network, logs a warning it does not expect (`expects_log`), or leaves a
thread behind.  Qt's widgets and timers are watched by tests/support/leaks.py.  Models are the real ones.
"""

from __future__ import annotations

import logging
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.support import network
from tests.support.logs import Records
from tests.support.program import Program

if TYPE_CHECKING:
    from qa_desktop.models.encoder import CrossEncoder, Encoder

_HOMES = {
    "HOME": "home",
    "USERPROFILE": "home",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_CACHE_HOME": "home/.cache",
    "QA_DESKTOP_DATA": "data",
    "QA_DESKTOP_CONFIG": "config",
}

# Threads that live on by design: tqdm keeps one watcher for the whole process.
_LASTING_THREADS = {"TMonitor"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--onscreen",
        action="store_true",
        help="show windows on the display instead of drawing them off screen",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "expects_log(*patterns): each regular expression may appear among the warnings that are logged",
    )
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.pop("QT_STYLE_OVERRIDE", None)
    # Fixtures that serve many tests run before any test has folders of its own.
    config.stash[_SESSION_HOME] = folder = tempfile.TemporaryDirectory(
        prefix="qa-desktop-tests-", ignore_cleanup_errors=True
    )
    os.environ.update(_homes_in(Path(folder.name)))
    network.refuse()


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_SESSION_HOME].cleanup()


# Times vary too much on a shared computer to be a limit.  Where a failure blocks others, examples are the
# same every time; on a developer's computer they are not, and find something new now and then.
settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("project")

_SESSION_HOME: pytest.StashKey[tempfile.TemporaryDirectory[str]] = pytest.StashKey()


def _homes_in(folder: Path) -> dict[str, str]:
    homes = {variable: folder / name for variable, name in _HOMES.items()}
    for home in homes.values():
        home.mkdir(parents=True, exist_ok=True)
    return {variable: str(home) for variable, home in homes.items()}


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let data, settings and home of the user lie in fresh folders."""
    for variable, home in _homes_in(tmp_path_factory.mktemp("user")).items():
        monkeypatch.setenv(variable, home)


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Fail the test if it tried to reach the network, even if the refusal was swallowed."""
    network.attempts()
    yield
    made = network.attempts()
    assert not made, f"reached for the network: {made}"


@pytest.fixture(autouse=True)
def no_unexpected_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test if a warning or error was logged that it does not expect."""
    records = Records()
    root = logging.getLogger()
    root.addHandler(records)
    yield
    root.removeHandler(records)
    expected = [pattern for marker in request.node.iter_markers("expects_log") for pattern in marker.args]
    unexpected = records.unexpected(expected)
    assert not unexpected, "logged: " + "; ".join(unexpected)


@pytest.fixture(autouse=True)
def no_threads_left() -> Iterator[None]:
    """Fail the test if a thread it started is still running two seconds after its end."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 2
    while (left := _threads_since(before)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left, f"left running: {left}"


def _threads_since(before: set[threading.Thread]) -> list[str]:
    # A thread that Qt started and Python only met is a _DummyThread; those are counted by the Qt checks.
    return [
        thread.name
        for thread in set(threading.enumerate()) - before
        if not isinstance(thread, threading._DummyThread) and thread.name not in _LASTING_THREADS
    ]


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The encoder that is shipped, loaded once."""
    from qa_desktop.models import load_encoder
    from qa_desktop.models.registry import default_encoder

    return load_encoder(default_encoder())


@pytest.fixture(scope="session")
def cross_encoder() -> CrossEncoder:
    """The cross-encoder that is shipped, loaded once."""
    from qa_desktop.models import load_cross_encoder
    from qa_desktop.models.registry import default_cross_encoder

    return load_cross_encoder(default_cross_encoder())


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library made from the demonstration documents; tests must not change it."""
    from tests.support.demonstration import demonstration_library

    return demonstration_library(tmp_path_factory)


@pytest.fixture
def cli() -> Program:
    """The program, called as `cli("ask", "When …?", "--library", folder)`."""
    return Program()
