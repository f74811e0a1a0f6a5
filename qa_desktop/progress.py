"""Progress events and the cancel token: how long work speaks to whoever waits for it.

Long functions take `progress: Report = ignore` and `cancel: CancelToken`; they call `report(Progress(...))`
as often as they like (a head decides how often to repaint) and `cancel.check()` between two pieces of work.
Cancelling is an outcome, not an error: heads catch `Cancelled` and return quietly.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of long work: `done` of `total` `unit`s of `stage`, now at `item`.

    `total` is 0 while it is not known.
    """

    stage: str
    done: int
    total: int
    item: str = ""
    unit: str = "files"

    @property
    def fraction(self) -> float:
        """The share that is done, 0..1; 0 while the total is not known."""
        return min(1.0, self.done / self.total) if self.total else 0.0


Report = Callable[[Progress], None]


def ignore(_: Progress) -> None:
    """Take a report and do nothing with it."""


class Cancelled(Exception):
    """The user asked to stop, and everything is as it was before the piece of work that stopped."""


class CancelToken:
    """A flag that one thread sets and another looks at between two pieces of work."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next `check`."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """True once `cancel` was called."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if `cancel` was called."""
        if self._event.is_set():
            raise Cancelled
