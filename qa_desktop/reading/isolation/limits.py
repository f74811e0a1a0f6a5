"""How much a file may cost: memory, time, pages, pixels.

A 700-byte PDF can make a renderer ask for 24 GB, and a 5 KB one can keep it busy for minutes.  So files are
read in a process of their own (`worker`), which limits itself where the operating system offers that, and
which its parent (`process`) watches everywhere: macOS and Windows have no limit of memory that holds.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; the defaults suit a workstation.

    `memory` is in bytes, for the whole worker.  A file may take `seconds`, `seconds_per_megabyte` of its
    size, and `seconds_per_page` for each of its pages; no single page may take longer than
    `seconds_per_step`, and no drawing longer than `seconds_to_draw`.  A picture whose text is recognised may
    take `seconds_per_scan` more.  Documents inside a file have the time of files, but all together
    `seconds_for_parts`, beside that for pages and pictures.  A worker is replaced after `files_per_worker`,
    so that what a library leaks stays small.
    """

    memory: int = 2048 * MEGABYTE
    seconds: float = 60.0
    seconds_per_megabyte: float = 2.0
    seconds_per_page: float = 2.0
    seconds_per_step: float = 60.0
    seconds_per_scan: float = 60.0
    seconds_for_parts: float = 900.0
    seconds_to_draw: float = 20.0
    files_per_worker: int = 200

    def seconds_for(self, size: int) -> float:
        """Return how long a file of `size` bytes may take before its pages are known."""
        return self.seconds + self.seconds_per_megabyte * size / MEGABYTE

    @classmethod
    def for_scans(cls, *, recognised: bool) -> Limits:
        """Return the limits of a worker that recognises text in pictures, which takes a gigabyte, or not."""
        return cls(memory=3072 * MEGABYTE) if recognised else cls()


MOST_PAGES = 20_000
MOST_CHARACTERS_ON_PAGE = 2_000_000
MOST_CHARACTERS = 100_000_000
MOST_PIXELS = 40_000_000  # of one drawn page: an A4 page at 700 dots per inch
LARGEST_FILE = 1024 * MEGABYTE
# Of the documents inside a file: how deep they may lie, how many there may be, and how many bytes, in all.
DEEPEST_PART = 5
MOST_PARTS = 2_000
MOST_UNPACKED = 200 * MEGABYTE


def confine_this_process(memory: int) -> None:
    """Limit this process for good: `memory` bytes, no file written, no core dumped, 64 files open at once."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has no such module

    wanted = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):  # macOS refuses some of them; the parent watches there
            continue


def allow_processor_seconds(seconds: float, *, more: bool = False) -> None:
    """Let this process use `seconds` of processor time from now on, then end it (SIGXCPU).

    `more` gives them beside what is left of what was given before.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has no such module

    used = resource.getrusage(resource.RUSAGE_SELF)
    before, hard = resource.getrlimit(resource.RLIMIT_CPU)
    given = more and before != resource.RLIM_INFINITY
    soft = int((before if given else used.ru_utime + used.ru_stime) + seconds) + 1
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
