"""A crew of threads that works through a list, for code that leaves Python's lock while it computes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue


def cores() -> int:
    """Return the number of processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on Windows and macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew:
    """`size` threads, started when they are first needed and ended by `close`.

    May be used from several threads at once; the lists are then worked through side by side.
    """

    def __init__(self, size: int, name: str) -> None:
        self._size = size
        self._name = name
        self._pool: ThreadPoolExecutor | None = None
        self._guard = threading.Lock()

    def each(
        self,
        items: Iterable[int],
        work: Callable[[int], None],
        stop: Callable[[], bool],
        after: Callable[[], None],
    ) -> None:
        """Call `work` with every item, first come first begun; `after` follows each in the calling thread.

        No further item is begun once `stop` says so.  Returns, or raises what `work` or `after` raised, when
        no thread is at work any more.
        """
        rest = iter(items)
        guard = threading.Lock()
        broken = threading.Event()
        news: SimpleQueue[bool] = SimpleQueue()  # True: an item is done; False: a thread has gone home

        def labour() -> None:
            try:
                while not (broken.is_set() or stop()):
                    with guard:
                        item = next(rest, None)
                    if item is None:
                        return
                    work(item)
                    news.put(True)
            except BaseException:
                broken.set()
                raise
            finally:
                news.put(False)

        pool = self._started()
        shifts = [pool.submit(labour) for _ in range(self._size)]
        try:
            at_work = len(shifts)
            while at_work:
                if news.get():
                    after()
                else:
                    at_work -= 1
        finally:
            broken.set()
            for shift in shifts:
                shift.exception()  # waits
        for shift in shifts:
            shift.result()

    def _started(self) -> ThreadPoolExecutor:
        with self._guard:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._size, thread_name_prefix=self._name)
            return self._pool

    def close(self) -> None:
        """End the threads when they have finished; a later `each` starts new ones."""
        with self._guard:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown()
