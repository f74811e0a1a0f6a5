"""How fast many questions are answered, against bare ONNX Runtime sessions doing the same runs of the models.

    python -m benchmarks.asking [FOLDER_OR_LIBRARY] [--questions FILE] [--most 24] [--runs 3]

FOLDER_OR_LIBRARY holds documents, or a library, which is not written to (by default, the demonstration
documents); FILE has a question a line, as JSON with the key "question".  What the models are fed with while
the questions are answered is kept, and fed again to one session of one thread per core, with nothing else
done.  Program and bare sessions take turns, and the middle of their ratios counts.  Prints a table in
Markdown.  Exit status 1 if the program reaches less than 90 % of the bare sessions.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from benchmarks.bare import Bare, Run, compare
from benchmarks.encoding import print_table
from benchmarks.searching import alone, library_of, questions_in
from qa_desktop import confine, paths
from qa_desktop.domain import Question
from qa_desktop.library import Library
from qa_desktop.models.crew import cores

FLOOR = 0.9


class Recorded:
    """Every run of a model while the block lasts: its graph, what was asked of it, what it was fed with."""

    def __init__(self) -> None:
        self.runs: list[Run] = []

    def __enter__(self) -> Self:
        import onnxruntime

        self._class, real = onnxruntime.InferenceSession, onnxruntime.InferenceSession
        recorded = self

        class Recording:
            """A session that notes what it is asked."""

            def __init__(self, graph: Any, *arguments: Any, **more: Any) -> None:
                self._graph = graph
                self._session = real(graph, *arguments, **more)

            def __getattr__(self, name: str) -> Any:
                return getattr(self._session, name)

            def run(self, outputs: list[str], feed: dict[str, Any]) -> Any:
                recorded.runs.append((self._graph, outputs, feed))
                return self._session.run(outputs, feed)

        onnxruntime.InferenceSession = Recording
        return self

    def __exit__(self, *_: object) -> None:
        import onnxruntime

        onnxruntime.InferenceSession = self._class


def main() -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", nargs="?", type=Path, default=paths.demonstration_documents())
    parser.add_argument("--questions", type=Path, default=paths.bundled("corpus/questions.jsonl"))
    parser.add_argument("--most", type=int, default=24)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    confine.silence_telemetry()
    questions = [Question(text) for text in questions_in(arguments.questions)[: arguments.most]]
    with tempfile.TemporaryDirectory() as name:
        folder = alone(library_of, arguments.source, Path(name))
        with Recorded() as recorded, Library.open(folder, read_only=True) as library:
            list(library.ask_many(questions))  # which loads the models inside the block
        with Library.open(folder, read_only=True) as library:
            library.warm_up()
            list(library.ask_many(questions[:2]))
            return measure(library, questions, recorded.runs, arguments.runs)


def measure(library: Library, questions: Sequence[Question], runs: Sequence[Run], times: int) -> int:
    """Let program and bare sessions take turns, print the figures, return the exit status."""
    compared = compare(lambda: list(library.ask_many(questions)), Bare(runs), times)
    rows = [
        ("cores, questions", f"{cores()}, {len(questions)}"),
        ("runs of the models for a question", f"{len(runs) / len(questions):.0f}"),
        ("questions/s, program", f"{len(questions) / compared.ours:.2f}"),
        ("questions/s, bare sessions", f"{len(questions) / compared.bare:.2f}"),
        (f"ratio (at least {FLOOR})", compared.spread),
    ]
    print_table(rows)
    return 0 if compared.ratio >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
