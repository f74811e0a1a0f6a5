"""Files to passages, one step ahead: while one document is encoded, the next is read and cut.

The reading itself happens in the reader's worker process; the thread here waits for it and cuts.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Protocol, Self

from qa_desktop.domain import Document, FileProblem, Page, Passage
from qa_desktop.indexing.compare import FoundFile, looked_at_again, needs_reading, problem_of, sha256_of
from qa_desktop.indexing.cut import cut, encoder_text
from qa_desktop.indexing.recipe import Recipe
from qa_desktop.indexing.store_write import FileRecord
from qa_desktop.progress import Cancelled, CancelToken, Progress, Report, ignore

_AHEAD = 32  # documents that may wait to be encoded


class FileReader(Protocol):
    """What reads files: `reading.reader.Reader`."""

    def read(
        self,
        path: Path,
        *,
        password: str | None = None,
        report: Report = ignore,
        cancel: CancelToken | None = None,
    ) -> Document | FileProblem:
        """Read one file."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file, read and cut: either a document with passages and what the encoder reads, or a problem.

    `same` is the document that was made from these bytes; with neither of the others, nothing had to be read.
    """

    file: FoundFile
    sha256: str
    document: Document | None = None
    problem: FileProblem | None = None
    same: FileRecord | None = None
    passages: tuple[Passage, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a file goes through before it is encoded.

    `known(file, sha256)` returns the document that was made from these bytes, if there is one;
    `told(file, fraction)` hears how much of a file has been read.
    """

    reader: FileReader
    recipe: Recipe
    count_tokens: Callable[[str], int]
    known: Callable[[FoundFile, str], FileRecord | None]
    told: Callable[[FoundFile, float], None]
    password: str | None = None

    def prepare(self, file: FoundFile, cancel: CancelToken) -> Prepared:
        """Read and cut one file; a file that changes meanwhile is read once more."""
        try:
            now = looked_at_again(file)
            for _ in range(2):
                before, digest = now, sha256_of(now.path)
                same = self.known(before, digest)
                if same and not needs_reading(before, same):
                    return Prepared(before, digest, same=same)
                outcome = self._read(before, cancel)
                now = looked_at_again(before)
                if now == before:
                    break
        except OSError as error:
            return Prepared(file, "", problem=problem_of(error))
        if isinstance(outcome, FileProblem):
            return Prepared(before, digest, problem=outcome, same=same)
        return self._cut(before, digest, _storable(outcome, before.name), same)

    def _read(self, file: FoundFile, cancel: CancelToken) -> Document | FileProblem:
        def tell(progress: Progress) -> None:
            if progress.fraction < 1:
                self.told(file, progress.fraction)

        return self.reader.read(file.path, password=self.password, report=tell, cancel=cancel)

    def _cut(self, file: FoundFile, digest: str, document: Document, same: FileRecord | None) -> Prepared:
        count = lru_cache(maxsize=8192)(self.count_tokens)  # packing asks for each sentence several times
        passages = cut(document, self.recipe, count)
        if not passages:
            known = document.problems[0] if document.problems else None
            problem = known or FileProblem("no_text" if document.paged else "empty")
            return Prepared(file, digest, problem=replace(problem, part=""), same=same)
        texts = tuple(encoder_text(document.title, p) for p in passages)
        return Prepared(file, digest, document, same=same, passages=passages, texts=texts)


class Ahead:
    """Prepares files in a thread of its own and hands them over in order; use it as a context."""

    def __init__(self, preparation: Preparation, files: Sequence[FoundFile], cancel: CancelToken) -> None:
        self._preparation = preparation
        self._files = files
        self._cancel = cancel
        self._ready: queue.Queue[Prepared | BaseException | None] = queue.Queue(_AHEAD)
        self._thread = threading.Thread(target=self._run, name="prepare", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._cancel.cancel()
        self._thread.join()

    def groups(self, passages: int, patience: float) -> Iterator[list[Prepared]]:
        """Yield what is ready, together: up to about `passages` of it, waiting `patience` s for more."""
        group: list[Prepared] = []
        size = 0
        while True:
            try:
                item = self._ready.get(timeout=patience if group else None)
            except queue.Empty:
                yield group
                group, size = [], 0
                continue
            if isinstance(item, BaseException):
                raise item
            if item is None:
                break
            group.append(item)
            size += len(item.passages)
            if size >= passages:
                yield group
                group, size = [], 0
        if group:
            yield group

    def _run(self) -> None:
        try:
            for file in self._files:
                self._cancel.check()
                prepared = self._preparation.prepare(file, self._cancel)
                self._preparation.told(file, 1)
                self._hand_over(prepared)
            self._hand_over(None)
        except Cancelled as error:
            self._hand_over(error)
        except Exception as error:  # noqa: BLE001 -- raised again where the result is waited for
            self._hand_over(error)

    def _hand_over(self, item: Prepared | BaseException | None) -> None:
        while True:
            try:
                self._ready.put(item, timeout=0.2)
            except queue.Full:
                if self._cancel.cancelled:  # nobody will fetch it
                    return
            else:
                return


def _storable(document: Document, name: str) -> Document:
    """Give the document a title, and replace what no database can hold: halves of surrogate pairs."""
    title = document.title or PurePosixPath(name).stem
    try:
        "".join((title, document.author, *(p.text for p in document.pages))).encode()
    except UnicodeEncodeError:
        pages = tuple(Page(p.number, _whole(p.text), _whole(p.label)) for p in document.pages)
        document = replace(document, pages=pages, author=_whole(document.author))
        title = _whole(title)
    return replace(document, title=title)


def _whole(text: str) -> str:
    """Replace each lone surrogate by U+FFFD; the length stays, and so every offset holds."""
    return "".join("�" if "\ud800" <= c <= "\udfff" else c for c in text)
