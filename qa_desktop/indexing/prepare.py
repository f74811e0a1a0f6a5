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

from qa_desktop.domain import Document, FileProblem, Passage
from qa_desktop.indexing.compare import (
    PLAINLY,
    FoundFile,
    Wish,
    looked_at_again,
    needs_reading,
    problem_of,
    sha256_of,
)
from qa_desktop.indexing.cut import cut, encoder_text
from qa_desktop.indexing.recipe import Recipe
from qa_desktop.indexing.same_text import Likeness, likeness_of
from qa_desktop.indexing.storable import storable, whole
from qa_desktop.indexing.store_records import FileRecord
from qa_desktop.progress import Cancelled, CancelToken, Progress, Report, ignore

_AHEAD = 32  # documents that may wait to be encoded


class FileReader(Protocol):
    """What reads files: `reading.isolation.reader.Reader`."""

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
class Piece:
    """A file, or a document inside it, cut for the encoder, or with why it could not be read.

    `name` is what the file calls a document inside it, `inside` its index path there; both are empty for the
    file itself.  `texts` are what the encoder reads, one for each of `passages`.
    """

    outcome: Document | FileProblem
    name: str = ""
    inside: tuple[int, ...] = ()
    passages: tuple[Passage, ...] = ()
    texts: tuple[str, ...] = ()
    likeness: Likeness | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read: `pieces` are the file itself and what lies inside it, each after its container.

    With a `problem` the file could not be read at all, and there are no pieces.  `same` is the document that
    was made from these bytes; with neither of the others, nothing had to be read.
    """

    file: FoundFile
    sha256: str
    pieces: tuple[Piece, ...] = ()
    problem: FileProblem | None = None
    same: FileRecord | None = None

    @property
    def size(self) -> int:
        """The number of passages."""
        return sum(len(piece.passages) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a file goes through before it is encoded.

    `known(file, sha256)` returns the document that was made from these bytes, if there is one;
    `told(file, progress)` hears how much of a file has been read.
    """

    reader: FileReader
    recipe: Recipe
    count_tokens: Callable[[str], int]
    known: Callable[[FoundFile, str], FileRecord | None]
    told: Callable[[FoundFile, Progress], None]
    wish: Wish = PLAINLY

    def prepare(self, file: FoundFile, cancel: CancelToken) -> Prepared:
        """Read and cut one file; a file that changes meanwhile is read once more."""
        try:
            now = looked_at_again(file)
            for _ in range(2):
                before, digest = now, sha256_of(now.path)
                same = self.known(before, digest)
                if same and not needs_reading(before, same, self.wish):
                    return Prepared(before, digest, same=same)
                outcome = self._read(before, cancel)
                now = looked_at_again(before)
                if now == before:
                    break
        except OSError as error:
            return Prepared(file, "", problem=problem_of(error))
        if isinstance(outcome, FileProblem):
            return Prepared(before, digest, problem=outcome, same=same)
        pieces = tuple(self._pieces(outcome, PurePosixPath(before.name).name, cancel))
        first = pieces[0].outcome
        if isinstance(first, FileProblem) and len(pieces) == 1:
            return Prepared(before, digest, problem=first, same=same)
        return Prepared(before, digest, pieces, same=same)

    def _read(self, file: FoundFile, cancel: CancelToken) -> Document | FileProblem:
        def tell(progress: Progress) -> None:
            self.told(file, progress)

        return self.reader.read(file.path, password=self.wish.password, report=tell, cancel=cancel)

    def _pieces(
        self, outcome: Document | FileProblem, name: str, cancel: CancelToken, inside: tuple[int, ...] = ()
    ) -> Iterator[Piece]:
        """Yield a document and all documents inside it, cut."""
        cancel.check()
        own = whole(name) if inside else ""
        if isinstance(outcome, FileProblem):
            yield Piece(outcome, own, inside)
            return
        yield self._cut(storable(outcome, name), own, inside)
        for index, part in enumerate(outcome.parts):
            yield from self._pieces(part.outcome, part.name, cancel, (*inside, index))

    def _cut(self, document: Document, own: str, inside: tuple[int, ...]) -> Piece:
        count = lru_cache(maxsize=8192)(self.count_tokens)  # packing asks for each sentence several times
        passages = cut(document, self.recipe, count)
        if passages:
            texts = tuple(encoder_text(document, p) for p in passages)
            bare = replace(document, parts=())
            return Piece(bare, own, inside, passages, texts, likeness_of(document))
        if document.parts and not document.paged and not document.problems:
            return Piece(replace(document, parts=()), own, inside)  # all it says is inside it
        known = document.problems[0] if document.problems else None
        problem = known or FileProblem("no_text" if document.paged else "empty")
        return Piece(replace(problem, part=""), own, inside)


class Ahead:
    """Prepares files in a thread of its own and hands them over in order; use it as a context.

    `has_read(file)` hears of each file that has been read.
    """

    def __init__(
        self,
        preparation: Preparation,
        files: Sequence[FoundFile],
        has_read: Callable[[FoundFile], None],
        cancel: CancelToken,
    ) -> None:
        self._preparation = preparation
        self._has_read = has_read
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
            size += item.size
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
                self._has_read(file)
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
