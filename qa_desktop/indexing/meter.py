"""How far the building of a library has come, told with a denominator that is known from the start."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from qa_desktop.indexing.compare import FoundFile
from qa_desktop.progress import SCANNING, Progress, Report

_READING = 0.25  # the share of the time that reading takes; the rest is encoding
_LEAST = 1000  # bytes: a small file is a step, too
_LONG = 50  # pages from which on it is said which one is being read


class Meter:
    """Counts bytes of files: a quarter when a file has been read, the rest while it is encoded.

    Reading and encoding happen in two threads, which may both tell how far they are.
    """

    def __init__(self, files: Sequence[FoundFile], report: Report) -> None:
        self._report = report
        self._guard = threading.Lock()
        self._files = len(files)
        self._total = sum(map(_weight, files))
        self._files_read = 0
        self._read = self._begun = 0.0  # bytes of files that have been read, and of the one being read
        self._encoded = self._ahead = 0.0  # likewise for the files being encoded

    def reading(self, file: FoundFile, progress: Progress) -> None:
        """Tell how far the reading of a file has come."""
        with self._guard:
            # Each document inside a file counts its own pages from 1.
            self._begun = max(self._begun, _weight(file) * progress.fraction)
            own = file.path.name
            inner = f"/{progress.item}" if progress.item not in ("", own) else ""
            self._tell(f"{file.name}{inner}", _place(progress))

    def has_read(self, file: FoundFile) -> None:
        """Tell that a file has been read."""
        with self._guard:
            self._read += _weight(file)
            self._files_read += 1
            self._begun = 0
            self._tell(file.name)

    def encoding(self, group: Sequence[FoundFile], fraction: float) -> None:
        """Tell that `fraction` of the work on these files is done; at 1 they are counted."""
        weight = sum(map(_weight, group))
        with self._guard:
            if fraction >= 1:
                self._encoded += weight
            self._ahead = weight * fraction if fraction < 1 else 0
            self._tell(group[-1].name)

    def _tell(self, name: str, place: str = "") -> None:
        # Files may have grown since they were counted, so the end is where it is and not further.
        done = _READING * (self._read + self._begun) + (1 - _READING) * (self._encoded + self._ahead)
        item = f"{name} ({self._files_read}/{self._files}){place}"
        self._report(Progress("reading", min(int(done), self._total), self._total, item, "bytes"))


def _place(progress: Progress) -> str:
    """Return where in a file that takes long the reader is, in words."""
    if progress.stage == SCANNING:
        page = min(progress.done + 1, progress.total)  # the next one: it is told before it is looked at
        return f", reading scans: page {page:,} of {progress.total:,}"
    if progress.total >= _LONG:
        return f", page {progress.done:,} of {progress.total:,}"
    return ""


def _weight(file: FoundFile) -> int:
    return max(_LEAST, file.size)
