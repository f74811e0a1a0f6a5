"""Read files as the worker does, in this process: with what lies inside them and with recognition of text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from qa_desktop.domain import Document, FileProblem
from qa_desktop.reading.formats import How, open_file
from qa_desktop.reading.gathered import Gathered
from qa_desktop.reading.nesting import Ways, walk
from qa_desktop.reading.scans.once import Scanner


class _Kept(dict[str, bytes]):
    """What was recognised, for as long as the tests run."""

    def put(self, key: str, value: bytes) -> None:
        self[key] = value


@cache
def _scanner() -> Scanner:
    return Scanner(_Kept())


def read_with_scans(path: Path) -> Document | FileProblem:
    """Return the document at `path` and all that is in it, or why there is none."""
    gathered = Gathered()
    for news in walk(open_file(path), Ways(lambda _: How(scan=_scanner()))):
        gathered.take(news)
    return gathered.outcome()


def named(name: str, document: Document) -> Iterator[tuple[str, Document]]:
    """Yield `document` and all that are in it, each by the name that a library would give it."""
    yield name, document
    for part in document.parts:
        assert isinstance(part.outcome, Document), part
        yield from named(f"{name}/{part.name}", part.outcome)
