"""Memory that the C library keeps for later, given back to the system."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress


def give_back() -> None:
    """Return what is free inside the heap to the system; with glibc alone, elsewhere this does nothing.

    Every run of a model asks for room of another size, and glibc keeps what is freed between the pieces that
    are not: some 20 MB after a handful of questions (malloc_trim(3)).
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL("libc.so.6").malloc_trim(0)
