"""Memory between the runs of the models: one arena for all of them, and what is free given back.

ONNX Runtime gives every session an arena of its own, which keeps the room of its longest text for good,
although the models run one after another.  One arena for encoder, cross-encoder and head takes what the
largest of them needs (13 MB less after a few questions, 30 MB less after indexing, at the same speed).
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from functools import cache
from threading import Lock
from typing import Any

_once = Lock()  # models are opened side by side, and the allocator can be registered once


def share_arena(options: Any) -> None:
    """Let a session with these `SessionOptions` take its room from the arena of all.

    Every text has a length of its own: patterns of memory kept per length would only add up (215 against
    183 MB after 400 texts), and without an arena the C library's heap falls to pieces (400 MB).
    """
    with _once:
        _arena()
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.use_env_allocators", "1")


@cache
def _arena() -> None:
    import onnxruntime

    place = onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
    )
    # Without a limit, and growing by doubling: by what is asked for alone it grew to 26 MB more.
    growth = {"max_mem": 0, "arena_extend_strategy": 0}
    onnxruntime.create_and_register_allocator(place, onnxruntime.OrtArenaCfg(growth))


def shrinking() -> Any:
    """Return the `RunOptions` of a run after which the arena gives back what it does not use."""
    import onnxruntime

    options = onnxruntime.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    return options


def give_back() -> None:
    """Return what is free inside the heap to the system; with glibc alone, elsewhere this does nothing.

    Tokenizing and every run ask for room of another size, and glibc keeps what is freed between the pieces
    that are not: some 20 MB after a handful of questions (malloc_trim(3)).
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL("libc.so.6").malloc_trim(0)
