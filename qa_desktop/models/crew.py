"""A list worked through by several threads, for work that leaves Python's lock while it computes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from queue import SimpleQueue


def cores() -> int:
    """Return the number of processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on Windows and macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def work_through(
    items: Iterable[int],
    work: Callable[[int], None],
    stop: Callable[[], bool],
    after: Callable[[], None],
    threads: int,
) -> None:
    """Call `work` with every item, first come first begun; `after` follows each in the calling thread.

    No further item is begun once `stop` says so.  The threads live as long as the call (starting one costs
    0.1 ms, an item many times that): when all have ended, it returns, or
    raises what `work` or `after` raised.
    """
    rest = iter(items)
    guard = threading.Lock()
    broken = threading.Event()
    news: SimpleQueue[BaseException | bool] = SimpleQueue()  # True: an item is done; False: a thread ends

    def labour() -> None:
        try:
            while not (broken.is_set() or stop()):
                with guard:
                    item = next(rest, None)
                if item is None:
                    break
                work(item)
                news.put(True)
        except BaseException as error:  # noqa: BLE001  raised again in the calling thread
            news.put(error)
        else:
            news.put(False)

    crew = [threading.Thread(target=labour, name=f"model-{number}") for number in range(threads)]
    try:
        for thread in crew:
            thread.start()
        at_work = len(crew)
        while at_work:
            event = news.get()
            if isinstance(event, BaseException):
                raise event
            if event:
                after()
            else:
                at_work -= 1
    finally:
        broken.set()
        for thread in crew:
            if thread.ident is not None:  # it was started
                thread.join()
