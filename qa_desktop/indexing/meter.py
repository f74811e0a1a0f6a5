"""How far the building of a library has come, told with a denominator that is known from the start."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from qa_desktop.indexing.compare import FoundFile
from qa_desktop.progress import Progress, Report

_READING = 0.25  # the share of the time that reading takes; the rest is encoding
_UNIT = 1000  # bytes


class Meter:
    """Counts kilobytes of files: a quarter when a file has been read, the rest while it is encoded.

    Reading and encoding happen in two threads, which may both tell how far they are.
    """

    def __init__(self, files: Sequence[FoundFile], report: Report) -> None:
        self._report = report
        self._guard = threading.Lock()
        self._files = len(files)
        self._total = sum(map(_weight, files))
        self._read = self._files_read = self._encoded = 0

    def was_read(self, file: FoundFile) -> None:
        """Count a file that has been read."""
        with self._guard:
            self._read += _weight(file)
            self._files_read += 1
            self._tell(file.name, 0)

    def encoding(self, group: Sequence[FoundFile], fraction: float) -> None:
        """Tell that `fraction` of the work on these files is done; at 1 they are counted."""
        weight = sum(map(_weight, group))
        with self._guard:
            if fraction >= 1:
                self._encoded += weight
            self._tell(group[-1].name, int(weight * fraction) if fraction < 1 else 0)

    def _tell(self, name: str, ahead: int) -> None:
        # Files may have grown since they were counted, so the end is where it is and not further.
        done = _READING * self._read + (1 - _READING) * (self._encoded + ahead)
        item = f"{name} ({self._files_read}/{self._files})"
        total = max(1, self._total // _UNIT)
        self._report(Progress("reading", min(int(done / _UNIT), total), total, item, "kB"))


def _weight(file: FoundFile) -> int:
    return max(_UNIT, file.size)  # an empty file is a step, too
