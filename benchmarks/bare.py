"""What bare ONNX Runtime sessions reach on all cores, against which the program is held."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from qa_desktop.models.crew import cores

Run = tuple[Any, list[str] | None, dict[str, Any]]
"""One run of a model: its graph (a path, or its bytes), the outputs asked for (None: all), and its input."""


class Bare:
    """The same runs again, by a session of one thread for each core and graph; nothing else is done."""

    def __init__(self, runs: Sequence[Run]) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        graphs = {id(graph): graph for graph, _, _ in runs}
        self._runs = runs
        self._sessions = [
            {
                key: onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
                for key, graph in graphs.items()
            }
            for _ in range(cores())
        ]

    def run(self) -> None:
        """Do all runs once."""
        queue: SimpleQueue[Run] = SimpleQueue()
        for item in self._runs:
            queue.put(item)

        def work(sessions: dict[int, Any]) -> None:
            while True:
                try:
                    graph, outputs, feed = queue.get_nowait()
                except Empty:
                    return
                sessions[id(graph)].run(outputs, feed)

        threads = [threading.Thread(target=work, args=(sessions,)) for sessions in self._sessions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


@dataclass(frozen=True, slots=True)
class Compared:
    """The median seconds of the program and of bare sessions, and how near the program came, time by time."""

    ours: float
    bare: float
    ratios: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The middle of the ratios, which noise moves least."""
        return statistics.median(self.ratios)

    @property
    def spread(self) -> str:
        """The middle, the least and the most of the ratios."""
        return f"{self.ratio:.2f} ({min(self.ratios):.2f} to {max(self.ratios):.2f})"


def compare(program: Callable[[], object], bare: Bare, times: int) -> Compared:
    """Let program and bare sessions take turns, so that other work on the computer weighs on both alike."""
    bare.run()
    ours, plain = [], []
    for _ in range(times):
        ours.append(seconds(program))
        plain.append(seconds(bare.run))
    return compared(ours, plain)


def compared(ours: Sequence[float], bare: Sequence[float]) -> Compared:
    """Return the comparison of seconds that were measured in turns."""
    ratios = tuple(b / a for a, b in zip(ours, bare, strict=True))
    return Compared(statistics.median(ours), statistics.median(bare), ratios)


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
