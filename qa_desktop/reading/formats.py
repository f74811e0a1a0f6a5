"""Recognise what a file is by its content, and read it."""

from __future__ import annotations

from pathlib import Path

from qa_desktop.domain import Document
from qa_desktop.reading.plain import read_plain
from qa_desktop.reading.problems import Unreadable

__all__ = ["Unreadable", "read_file"]


def read_file(path: Path, password: str | None = None) -> Document:
    """Read one file; raise `Unreadable` with the reason when it cannot be read."""
    data = path.read_bytes()
    if not data.strip():
        raise Unreadable("empty")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        from qa_desktop.reading.pdf import read_pdf  # noqa: PLC0415 - its engines load slowly

        return read_pdf(path, password)
    return read_plain(data, path.name)
