"""Recognise pictures of pages, remembering what was recognised before by what the picture shows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from qa_desktop.reading.scanned import Scanned, from_values, to_values

if TYPE_CHECKING:
    from PIL.Image import Image

    from qa_desktop.reading.scan import Eyes

Recall = Callable[[str], Sequence[Any] | None]
Keep = Callable[[str, Sequence[Any]], None]


def recall_nothing(_: str) -> None:
    """Know of no page that was recognised before."""


def keep_nothing(_: str, __: Sequence[Any]) -> None:
    """Remember no page."""


class Scanner:
    """Recognises pages; the models are opened for the first one that nobody remembers.

    `recall(key)` returns what `keep(key, values)` was given for the same key, at any time before, or None;
    the values are JSON values, the key is 64 hexadecimal digits.
    """

    def __init__(self, recall: Recall = recall_nothing, keep: Keep = keep_nothing) -> None:
        self._recall = recall
        self._keep = keep
        self._eyes: Eyes | None = None

    def __call__(self, picture: Image) -> Scanned:
        """Return what is on the picture of a page as it is shown, of any mode and size.

        Its text is a line break alone where there is nothing to read.  Raises `scan.UnknownWriting`.
        """
        from qa_desktop.reading import scan  # noqa: PLC0415 - numpy loads slowly, and few files need it

        grey = scan.prepared(picture)
        key = _key(grey, scan.engine())
        known = self._recall(key)
        if known is not None:
            try:
                return _opened(known)
            except ValueError:
                pass  # kept by another version, or altered: recognised anew
        if self._eyes is None:
            self._eyes = scan.open_eyes()
        try:
            scanned = scan.scan_page(grey, self._eyes)
        except scan.UnknownWriting:
            self._keep(key, [])
            raise
        self._keep(key, to_values(scanned))
        return scanned


def _key(grey: Image, engine: str) -> str:
    digest = hashlib.sha256(f"{engine} {grey.width} {grey.height}\n".encode())
    digest.update(grey.tobytes())
    return digest.hexdigest()


def _opened(values: Sequence[Any]) -> Scanned:
    from qa_desktop.reading.scan import UnknownWriting  # noqa: PLC0415 - as above

    if not values:
        raise UnknownWriting
    return from_values(values)
