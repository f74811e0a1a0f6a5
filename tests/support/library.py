"""Small libraries for tests: real files, the real encoder, read in this process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from qa_desktop.domain import Document, FileProblem
from qa_desktop.indexing import words
from qa_desktop.indexing.build import Tools
from qa_desktop.indexing.recipe import Recipe
from qa_desktop.indexing.report import AddReport
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.vectors import VectorIndex
from qa_desktop.library import Library
from qa_desktop.library.adding import Adding
from qa_desktop.library.identity import new_identity
from qa_desktop.models.encoder import Encoder
from qa_desktop.progress import CancelToken, Report, ignore
from qa_desktop.reading.nesting import read_file
from qa_desktop.reading.problems import Unreadable

# Files about different things; one is empty, one has two paragraphs.
TEXTS = (
    "The bridge over the river Ibar was closed in 2011. It opened again after five years.\n",
    "Milk, bread and two dozen eggs. The shop closes at six.\n",
    "President Vučić spoke in Belgrade about energy prices and the coming winter.\n",
    "",
    "The airfield at Slatina was reached on 12 June 1999. Nobody had expected it.\n\nTalks followed.\n",
)


@contextmanager
def library_of(texts: Mapping[str, str], folders: pytest.TempPathFactory) -> Iterator[Library]:
    """Lend a library of files with these names and texts, read as the program reads them."""
    folder = folders.mktemp("documents")
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library.open(folders.mktemp("library") / "l", create=True) as made:
        made.add([folder])
        yield made


class DirectReader:
    """Reads files in this process, which starts faster than the worker and is as good for plain text."""

    def __init__(self) -> None:
        self.paths: list[Path] = []

    def read(
        self,
        path: Path,
        *,
        password: str | None = None,
        report: Report = ignore,
        cancel: CancelToken | None = None,
    ) -> Document | FileProblem:
        """Read one file, and remember that it was read."""
        (cancel or CancelToken()).check()
        self.paths.append(path)
        try:
            return read_file(path, password)
        except Unreadable as error:
            return error.problem


class Shelf:
    """A library in `folder`, changed without a worker process; `read` are the files read so far."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.encoder = encoder
        self.identity = new_identity(encoder.spec)
        self.store = Store.create(folder, self.identity.as_meta(), words.FIELDS)
        self.vectors = VectorIndex(self.store, self.identity.id, encoder.dimension)
        self.reader = DirectReader()

    def adding(self, report: Report = ignore, cancel: CancelToken | None = None) -> Adding:
        """Return what adds and updates."""
        tools = Tools(self.reader, self.encoder, Recipe())
        return Adding(self.store, tools, report, cancel or CancelToken())

    def add(self, *paths: Path) -> AddReport:
        """Add files and folders."""
        with self.store.writing():
            return self.adding().add(paths)

    def update(self) -> AddReport:
        """Bring the library in line with its folders."""
        with self.store.writing():
            return self.adding().update()

    def contents(self) -> dict[str, tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]]:
        """Return title, texts and words of every document, by name."""
        found = {}
        for entry in self.store.entries():
            passages = [p for p, _ in self.store.passages_with_vectors(entry.id)]
            indexed = self.store.words_of(entry.id)
            texts = tuple(p.text for p in passages)
            found[entry.name] = (entry.title, texts, tuple(indexed[p.id] for p in passages))
        return found

    def nearest(self, question: str, count: int = 50) -> list[tuple[str, int]]:
        """Return document names and ordinals of the passages nearest in meaning, with equal ones sorted."""
        hits = self.vectors.search(self.encoder.encode_question(question), count)
        passages = self.store.passages([i for i, _ in hits])
        names = {e.id: e.name for e in self.store.entries()}
        ranked = [
            (-round(score, 4), names[passages[i].document_id], passages[i].ordinal) for i, score in hits
        ]
        return [(name, ordinal) for _, name, ordinal in sorted(ranked)]

    def score_of(self, text: str) -> float:
        """Return how near the nearest passage is to `text`, -1..1."""
        hits = self.vectors.search(np.asarray(self.encoder.encode_question(text)), 1)
        return hits[0][1] if hits else -1.0

    def close(self) -> None:
        """Close the database."""
        self.store.close()
