"""How long the reading of a file may take, while it becomes known how much is in it."""

from __future__ import annotations

import time

from qa_desktop.reading.gathered import Inside
from qa_desktop.reading.isolation.attempts import Attempt
from qa_desktop.reading.isolation.limits import Limits
from qa_desktop.reading.isolation.process import Deadline


class Clock:
    """Moves the deadline while a file is read: each document in it has the time of a file of its own.

    `seconds` is that time without what pages and pictures need.  Together they have `seconds_for_parts` more,
    in all attempts at the file.
    """

    def __init__(self, limits: Limits, size: int) -> None:
        self._limits = limits
        self.seconds = limits.seconds_for(size)
        self._until = time.monotonic() + self.seconds + limits.seconds_for_parts
        self._begin()
        self.deadline = Deadline(self._whole, self._whole)

    def _begin(self, inside: Inside = ()) -> None:
        self._inside, self._total, self._whole = inside, 0, time.monotonic() + self.seconds

    @property
    def in_time(self) -> bool:
        """True while there is time for another attempt."""
        return time.monotonic() < self._until

    def start(self) -> Deadline:
        """Return the deadline of a new attempt."""
        self._begin()
        self.deadline = Deadline(self._whole, self._whole)
        return self.deadline

    def heard(self, attempt: Attempt) -> None:
        """Take note of news: a new document, its number of pages, or a page of it."""
        limits, now = self._limits, time.monotonic()
        if attempt.inside != self._inside:
            self._begin(attempt.inside)
        if attempt.total != self._total:
            more = limits.seconds_per_page * (attempt.total - self._total)
            self._total, self._whole, self._until = attempt.total, self._whole + more, self._until + more
        self.deadline.whole = min(self._whole, self._until)
        one_page = len(attempt.pages) < attempt.total
        self.deadline.step = now + limits.seconds_per_step if one_page else self.deadline.whole

    def scan(self) -> None:
        """Give the time that one picture may take."""
        more = self._limits.seconds_per_scan
        self._whole, self._until = self._whole + more, self._until + more
        self.deadline.whole = min(self._whole, self._until)
        self.deadline.step = time.monotonic() + self._limits.seconds_per_step + more
