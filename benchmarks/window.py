"""How long a person waits, and how much memory the program takes.

    python -m benchmarks.window [--library DIR] [--questions FILE] [--runs 5]

Each run is a process of its own: from its start to the first painted window, to the first answer on screen,
then warm answers to other questions, then the memory of the program with its page-drawing worker.
Figures are medians over the runs, in milliseconds and megabytes (unique set size: what would come free).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

QUESTIONS = 24


def measure(library: Path, questions: list[str], started: float) -> dict[str, float]:
    """Run the window once in this process, which was `started` at that time, and return its figures."""
    from qa_desktop import confine

    confine.deny_network()
    from PySide6.QtCore import QEvent, QObject

    from qa_desktop.app import Desktop
    from qa_desktop.gui.application import Application
    from qa_desktop.gui.presenter import State

    painted: list[float] = []

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint and not painted:
                painted.append(time.time())
            return False

    app = Application(["qa-desktop"])
    desktop = Desktop(app)
    watch = Painted()
    desktop.window.installEventFilter(watch)
    desktop.start(library)
    answered: list[float] = []
    warm: list[float] = []
    while not painted or desktop.libraries.library is None:
        app.processEvents()
    for question in questions:
        begun = time.time()
        desktop.presenter.ask(question)
        while desktop.presenter.state in (State.READY, State.SEARCHING) or (
            desktop.presenter.answer is None or desktop.presenter.answer.question.text != question
        ):
            app.processEvents()
            time.sleep(0.001)
        now = time.time()
        if not answered:
            answered.append(now)
        else:
            warm.append((now - begun) * 1000)
        answer = desktop.presenter.answer
        if answer.citations and answer.citations[0].page:
            desktop.presenter.choose_citation(1)
            until = time.time() + 0.3
            while time.time() < until:
                app.processEvents()
    import psutil

    process = psutil.Process()
    everyone = [process, *process.children(recursive=True)]
    memory = sum(p.memory_full_info().uss for p in everyone) / 1e6
    desktop.window.close()
    desktop.close()
    return {
        "window": (painted[0] - started) * 1000,
        "first answer": (answered[0] - started) * 1000,
        "warm answer": statistics.median(warm),
        "warm answer, 95th percentile": sorted(warm)[int(len(warm) * 0.95)],
        "memory": memory,
    }


def main() -> None:
    """Run the window several times and print a table."""
    from qa_desktop.paths import bundled, demonstration_library

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--library", type=Path, default=demonstration_library())
    parser.add_argument("--questions", type=Path, default=bundled("corpus/questions.jsonl"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--once", type=float, help=argparse.SUPPRESS)  # when this process was started
    options = parser.parse_args()
    texts = [
        json.loads(line)["question"] for line in options.questions.read_text("utf-8").splitlines() if line
    ]
    if options.once:
        print(json.dumps(measure(options.library, texts[:QUESTIONS], options.once)))
        return
    runs = []
    for _ in range(options.runs):
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "QA_DESKTOP_DATA": folder, "QA_DESKTOP_CONFIG": folder}
            command = [sys.executable, "-m", "benchmarks.window", "--library", str(options.library)]
            command += ["--questions", str(options.questions), "--once", str(time.time())]
            out = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
        runs.append(json.loads(out.splitlines()[-1]))
    print(f"{options.runs} runs over {options.library.name}, {QUESTIONS} questions each\n")
    print("| figure | median | least | most |\n|---|---|---|---|")
    for name in runs[0]:
        values = [run[name] for run in runs]
        unit = "MB" if name == "memory" else "ms"
        print(f"| {name}, {unit} | {statistics.median(values):.0f} | {min(values):.0f} | {max(values):.0f} |")


if __name__ == "__main__":
    main()
