"""What is counted while damaged files are read: outcomes, time, memory, workers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import psutil

from benchmarks.sampling import Sampling
from qa_desktop.reading.isolation.limits import MEGABYTE


class Watch(Sampling):
    """Notes which workers there were and the most memory that one held, in bytes, until it is asked."""

    def __init__(self) -> None:
        super().__init__(self._note, 0.03)
        self.most = 0
        self.workers: set[int] = set()

    def taken(self) -> tuple[int, int]:
        """Return the most memory and the number of workers since the last time."""
        most, workers = self.most, len(self.workers)
        self.most, self.workers = 0, set()
        return most, workers

    def _note(self) -> None:
        for child in psutil.Process().children():
            try:
                self.most = max(self.most, child.memory_info().rss)
                self.workers.add(child.pid)
            except psutil.Error:
                continue


@dataclass(slots=True)
class Tally:
    """What became of the files of one format."""

    outcomes: Counter[str] = field(default_factory=Counter)
    restarts: int = 0
    slowest: float = 0.0
    largest: int = 0

    def row(self, name: str) -> tuple[str, ...]:
        """Return the row of the table."""
        known = ("read", "in part", "crashed", "timed_out", "out_of_memory")
        refused = sum(n for outcome, n in self.outcomes.items() if outcome not in known)
        return (
            name,
            str(self.outcomes.total()),
            *(str(self.outcomes[outcome]) for outcome in known[:2]),
            str(refused),
            *(str(self.outcomes[outcome]) for outcome in known[2:]),
            str(self.restarts),
            f"{self.slowest:.1f}",
            f"{self.largest / MEGABYTE:.0f}",
        )


HEAD = (
    "format", "files", "read", "in part", "refused", "crashed", "timed out", "out of memory", "new workers",
    "slowest, s", "most memory, MB",
)  # fmt: skip


def print_tallies(tallies: Mapping[str, Tally]) -> None:
    """Print the tallies by format, and their sum, as a table in Markdown."""
    whole = Tally()
    for tally in tallies.values():
        whole.outcomes.update(tally.outcomes)
        whole.restarts += tally.restarts
        whole.slowest, whole.largest = max(whole.slowest, tally.slowest), max(whole.largest, tally.largest)
    rows = [tally.row(name) for name, tally in sorted(tallies.items())]
    for row in (HEAD, ("---",) * len(HEAD), *rows, whole.row("all")):
        print(f"| {' | '.join(row)} |")
