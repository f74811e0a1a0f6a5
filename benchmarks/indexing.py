"""How fast a library is made, against bare ONNX Runtime sessions on the same passages in the same run.

    python -m benchmarks.indexing [FOLDER] [--runs 3]

FOLDER holds the documents to add (by default, the demonstration documents, each several times under other
words).  Adding and bare sessions take turns, and the middle of their ratios counts.  Prints a table in
Markdown.  Exit status 1 if passages enter the library at less than 85 % of the pace at which bare sessions
encode them, the time until the first passages are there not counted: that is reading.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.bare import Bare, compared, seconds
from benchmarks.encoding import print_table, runs_of
from benchmarks.sampling import Sampling
from qa_desktop import confine, paths
from qa_desktop.indexing.cut import encoder_text
from qa_desktop.indexing.store import Store
from qa_desktop.library import Library
from qa_desktop.models import registry
from qa_desktop.progress import Progress

FLOOR = 0.85


class Peak(Sampling):
    """The most memory that this process and its children held together, in bytes, while the block ran."""

    def __init__(self) -> None:
        super().__init__(self._note, 0.1)
        self.bytes = 0

    def _note(self) -> None:
        here = psutil.Process()
        total = 0
        for process in (here, *here.children(recursive=True)):
            try:
                total += process.memory_info().rss
            except psutil.NoSuchProcess:
                continue
        self.bytes = max(self.bytes, total)


class Stopwatch:
    """Notes when the first passage was being encoded, and when the last was done."""

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self.first = 0.0

    def __call__(self, progress: Progress) -> None:
        """Hear of progress."""
        if progress.stage == "reading" and not self.first and progress.fraction > 0:
            self.first = time.perf_counter()


def several(folder: Path, times: int) -> None:
    """Fill `folder` with the demonstration's text documents, each `times` times under other words."""
    texts = [p for p in paths.demonstration_documents().rglob("*") if p.suffix in (".txt", ".md", ".html")]
    for number in range(times):
        for path in texts:
            words = path.read_bytes().replace(b" the ", f" the {number} ".encode())
            (folder / f"{number} {path.name}").write_bytes(words)


def texts_in(library: Path) -> list[str]:
    """Return what the encoder was given for each passage of a library."""
    store = Store.open(library, read_only=True)
    texts = [
        encoder_text(entry, passage)
        for entry in store.entries()
        for passage, _ in store.passages_with_vectors(entry.id)
    ]
    store.close()
    return texts


def main() -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    confine.silence_telemetry()
    with tempfile.TemporaryDirectory() as place:
        folder = arguments.folder
        if folder is None:
            folder = Path(place) / "documents"
            folder.mkdir()
            several(folder, 6)
        return measure(folder, Path(place), arguments.runs)


def measure(folder: Path, place: Path, runs: int) -> int:
    """Add `folder` to fresh libraries below `place`, print the figures, return the exit status."""
    whole, net, plain = [], [], []
    bare, pages, passages, size, peak = None, 0, 0, 0, 0
    for run in range(runs):
        with Library.open(place / f"library {run}", create=True) as library:
            library.warm_up()
            watch = Stopwatch()
            with Peak() as memory:
                report = library.add([folder], report=watch)
            end = time.perf_counter()
            status = library.status()
            if bare is None:
                peak, size = memory.bytes, status.bytes_on_disk
                pages, passages = status.pages, status.passages
                bare = Bare(runs_of(registry.default_encoder(), texts_in(library.folder)))
                bare.run()
        whole.append(report.seconds)
        net.append(end - watch.first)
        plain.append(seconds(bare.run))
    against = compared(net, plain)
    middle = statistics.median
    rows = [
        ("files, pages, passages", f"{len(report.files)}, {pages}, {passages}"),
        ("pages/s, everything counted", f"{pages / middle(whole):.1f}"),
        ("passages/s, everything counted", f"{passages / middle(whole):.1f}"),
        ("passages/s, once the first file is read", f"{passages / against.ours:.1f}"),
        ("passages/s, bare sessions", f"{passages / against.bare:.1f}"),
        (f"ratio (at least {FLOOR})", against.spread),
        ("peak memory with the worker process, MB", f"{peak / 1e6:.0f}"),
        ("library on disk per passage, kB", f"{size / max(1, passages) / 1e3:.1f}"),
    ]
    print_table(rows)
    return 0 if against.ratio >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
