"""Stand-ins until the reader and the walk over folders are there."""
# mypy: ignore-errors
# ruff: noqa

from __future__ import annotations

from pathlib import Path

from qa_desktop.domain import SourceFile
from qa_desktop.reading.formats import Unreadable, read_file

try:
    from qa_desktop.reading.discover import discover
except ImportError:

    def discover(paths):
        for path in paths:
            files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
            root = path.parent if path.is_file() else path
            for f in files:
                st = f.stat()
                yield SourceFile(str(root), f.relative_to(root).as_posix(), st.st_size, st.st_mtime_ns)


try:
    from qa_desktop.reading.reader import PageImage, Reader
except ImportError:
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


try:
    from qa_desktop.answering.answer import answer
except ImportError:
    answer = None
