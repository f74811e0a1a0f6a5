"""Look at something again and again while a block runs, in a thread beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Self


class Sampling:
    """Calls `look` every `seconds` until the block ends."""

    def __init__(self, look: Callable[[], None], seconds: float) -> None:
        self._look = look
        self._seconds = seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._seconds):
            self._look()
