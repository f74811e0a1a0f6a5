"""How long the reading of a file may take, while it becomes known how much is in it."""

from __future__ import annotations

import time

from qa_desktop.reading.attempts import Attempt
from qa_desktop.reading.gathered import Inside
from qa_desktop.reading.limits import Limits
from qa_desktop.reading.process import Deadline


class Clock:
    """Moves the deadline while a file is read: each document in it has the time of a file of its own.

    Together they have until `until`, and what their pages and scans need.
    """

    def __init__(self, limits: Limits, until: float) -> None:
        self._limits = limits
        self._until = until
        self._inside: Inside = ()
        self._total = 0
        self._whole = time.monotonic() + limits.seconds
        self.deadline = Deadline(time.monotonic() + limits.seconds_per_step, self._whole)

    def heard(self, attempt: Attempt) -> None:
        """Take note of news: a new document, its number of pages, or a page of it."""
        limits, now = self._limits, time.monotonic()
        if attempt.inside != self._inside:
            self._inside, self._total, self._whole = attempt.inside, 0, now + limits.seconds
        if attempt.total != self._total:
            more = limits.seconds_per_page * (attempt.total - self._total)
            self._total, self._whole, self._until = attempt.total, self._whole + more, self._until + more
        self.deadline.whole = min(self._whole, self._until)
        arranging = attempt.total and len(attempt.pages) == attempt.total
        self.deadline.step = self.deadline.whole if arranging else now + limits.seconds_per_step

    def scan(self) -> None:
        """Give the time that one picture may take."""
        more = self._limits.seconds_per_scan
        self._whole, self._until = self._whole + more, self._until + more
        self.deadline.whole = min(self._whole, self._until)
        self.deadline.step = time.monotonic() + self._limits.seconds_per_step + more
