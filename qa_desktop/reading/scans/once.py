"""Recognise the text in pictures of pages, each picture once: what was recognised is kept and asked for."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Protocol

from qa_desktop.reading.scans.read import UnknownWriting, engine, open_eyes, prepared, scan_page
from qa_desktop.reading.scans.scanned import Scanned, from_values, to_values

if TYPE_CHECKING:
    from PIL.Image import Image


class Memory(Protocol):
    """What was recognised before, by a key of 64 hexadecimal digits."""

    def get(self, key: str) -> bytes | None:
        """Return what is kept, None where nothing is."""

    def put(self, key: str, value: bytes) -> None:
        """Keep something."""


class Scanner:
    """Reads the picture of a page, unless it was read before.  The models are opened only when needed.

    The key is the SHA-256 of the grey picture and of what would read it.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def __call__(self, picture: Image) -> Scanned:
        """Return what is on the picture of a page as it is shown, of any mode and size.

        Its text is a line break alone where there is nothing to read.  Raises `scan.UnknownWriting`, and
        `QAError` when the models are not as they should be.
        """
        grey = prepared(picture)
        about = f"{engine()} {grey.width} {grey.height}\n".encode()
        key = hashlib.sha256(about + grey.tobytes()).hexdigest()
        known = self._memory.get(key)
        if known is not None:
            try:
                return _opened(known)
            except ValueError:  # of an earlier make, or damaged: it is read anew
                pass
        try:
            scanned = scan_page(grey, open_eyes())
        except UnknownWriting:
            self._memory.put(key, b"null")
            raise
        self._memory.put(key, json.dumps(to_values(scanned), separators=(",", ":")).encode())
        return scanned


def _opened(value: bytes) -> Scanned:
    values = json.loads(value)
    if values is None:
        raise UnknownWriting
    return from_values(values)
