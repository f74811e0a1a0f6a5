"""What was worked out from a library's present state, kept until any thread or program changes it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, Protocol, TypeVar

Value = TypeVar("Value")

_MOST = 5000  # things that are kept; all are forgotten when there are more


class Versioned(Protocol):
    """What is needed of a library's database."""

    def version(self) -> object:
        """Return something that differs from what it was before the last change of the file."""


class Memory:
    """Values by key; several threads may ask at once (then one value may be made twice)."""

    def __init__(self, database: Versioned) -> None:
        self._database = database
        self._guard = threading.Lock()
        self._version: object = None
        self._values: dict[Hashable, Any] = {}

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return what `make` returned for this state of the library, or call it."""
        version = self._database.version()  # before `make` reads: what it makes is never older than this
        with self._guard:
            if version != self._version or len(self._values) > _MOST:
                self._version, self._values = version, {}
            elif key in self._values:
                known: Value = self._values[key]
                return known
        value = make()
        with self._guard:
            if version == self._version:
                self._values[key] = value
        return value
