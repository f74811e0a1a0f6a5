"""Take the pictures of the window that the README shows, from the demonstration library.

    python packaging/take_pictures.py [--out packaging/pictures]

Needs a display (Xvfb will do) or QT_QPA_PLATFORM=offscreen.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SIZE = (1480, 900)


def main() -> None:
    """Ask in the window, show the cited page, and save a picture in each theme; then the reading report."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "pictures")
    parser.add_argument("--question", default="When did the last Russian soldiers leave Kosovo?")
    parser.add_argument("--citation", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["QA_DESKTOP_DATA"] = os.environ["QA_DESKTOP_CONFIG"] = folder
        options.out.mkdir(parents=True, exist_ok=True)
        take(options.out, options.question, options.citation)


def take(out: Path, question: str, citation: int) -> None:
    """Open the window once and save its pictures."""
    from dataclasses import replace

    from qa_desktop.app import Desktop
    from qa_desktop.gui.application import Application
    from qa_desktop.gui.presenter import State
    from qa_desktop.paths import demonstration_library

    app = Application(["qa-desktop"])
    desktop = Desktop(app)
    desktop.window.resize(*SIZE)

    def wait(until: Callable[[], bool], seconds: float = 60.0) -> None:
        deadline = time.monotonic() + seconds
        while not until() and time.monotonic() < deadline:
            app.processEvents()
            time.sleep(0.005)

    def settle(seconds: float) -> None:
        deadline = time.monotonic() + seconds
        wait(lambda: time.monotonic() >= deadline)

    desktop.start(demonstration_library())
    wait(lambda: desktop.libraries.library is not None)
    desktop.window.ask_panel.field.setText(question)
    desktop.presenter.ask(question)
    wait(lambda: desktop.presenter.state is not State.SEARCHING and desktop.presenter.answer is not None)
    desktop.presenter.choose_citation(citation)
    for theme, name in (("light", "window.png"), ("dark", "window-dark.png")):
        desktop.change(replace(desktop.settings, theme=theme))
        settle(2.0)
        desktop.window.grab().save(str(out / name), "PNG")
    desktop.change(replace(desktop.settings, theme="light"))
    desktop.reading.show()
    assert desktop.reading.dialog is not None
    settle(0.5)
    desktop.reading.dialog.grab().save(str(out / "report.png"), "PNG")
    desktop.window.close()
    desktop.close()


if __name__ == "__main__":
    main()
