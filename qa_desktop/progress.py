"""Progress events and the cancel token: how long work speaks to whoever waits for it.

Long functions take `progress: Report = ignore` and `cancel: CancelToken`; they call `report(Progress(...))`
as often as they like (a head decides how often to repaint) and `cancel.check()` between two pieces of work.
Cancelling is an outcome, not an error: heads catch `Cancelled` and return quietly.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

SCANNING = "scanning"
"""The stage in which the text of scanned pages is recognised, which takes seconds a page."""


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


_LOOK_SECONDS = 0.1  # how often paused work looks whether it may go on

Report = Callable[[Progress], None]


def ignore(_: Progress) -> None:
    """Take a report and do nothing with it."""


class Cancelled(Exception):
    """The user asked to stop, and everything is as it was before the piece of work that stopped."""


class CancelToken:
    """Flags that one thread sets and another looks at between two pieces of work: stop, or wait."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._paused = False

    def cancel(self) -> None:
        """Ask the work to stop at its next `check`."""
        self._event.set()

    def pause(self, *, paused: bool = True) -> None:
        """Ask the work to wait at its next `check`, or to go on; what is cancelled waits no longer."""
        self._paused = paused

    @property
    def cancelled(self) -> bool:
        """True once `cancel` was called."""
        return self._event.is_set()

    @property
    def paused(self) -> bool:
        """True while the work is to wait."""
        return self._paused

    def check(self) -> None:
        """Wait while the work is paused; raise `Cancelled` if `cancel` was called."""
        while self.paused and not self.cancelled:
            self._event.wait(_LOOK_SECONDS)
        if self.cancelled:
            raise Cancelled
