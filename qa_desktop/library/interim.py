"""Stand-in until the reader is there."""
# mypy: ignore-errors

from __future__ import annotations

from pathlib import Path

from qa_desktop.reading.formats import Unreadable, read_file

PageImage = object


class Reader:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def close(self):
        pass

    def read(self, path: Path, *, password=None, report=None, cancel=None):
        try:
            return read_file(path, password)
        except Unreadable as error:
            return error.problem
