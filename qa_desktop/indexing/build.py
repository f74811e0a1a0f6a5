"""Files into a library: read ahead, encode in groups, store one document per transaction.

Three things happen at the same time: the reader's worker process reads the next file, the encoder's
sessions work on this group, and the group before it is written.  A document appears in the library wholly
or not at all; whatever stops the work, the documents stored before stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qa_desktop.domain import Document, FileProblem
from qa_desktop.indexing import store_records, store_write, words
from qa_desktop.indexing.compare import (
    PLAINLY,
    READER,
    FoundFile,
    Wish,
    facts_of,
    free_inner_name,
    free_name,
    moved_from,
)
from qa_desktop.indexing.cut import encoder_text
from qa_desktop.indexing.meter import Meter
from qa_desktop.indexing.prepare import Ahead, FileReader, Piece, Preparation, Prepared
from qa_desktop.indexing.recipe import Recipe
from qa_desktop.indexing.report import FileReport, Outcome
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.store_items import IndexedPassage, Stored
from qa_desktop.indexing.store_records import STALE, FileFacts, FileRecord
from qa_desktop.models.encoder import Encoder
from qa_desktop.progress import CancelToken, Progress, Report

_GROUP = 96  # passages per call of the encoder: its sessions idle only while the last ones finish
_PATIENCE = 0.15  # seconds to wait for one more document before a small group is encoded


_Encoded = tuple[NDArray[np.float16], NDArray[np.uint8]]
"""A passage as the encoder saw it: its vector (dimension,), and the signs of its word pieces."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What building takes: a reader, an encoder, the library's own recipe, and how files are to be read.

    `again` reads files even where the library knows their bytes.
    """

    reader: FileReader
    encoder: Encoder
    recipe: Recipe
    wish: Wish = PLAINLY
    again: bool = False


class Build:
    """One run over `files`; `run` yields a report per file, in order, as each is stored.

    The caller holds `Store.writing`.  Raises Cancelled, and the errors of `Store`.
    """

    def __init__(
        self, store: Store, tools: Tools, files: Sequence[FoundFile], report: Report, cancel: CancelToken
    ) -> None:
        self._store = store
        self._tools = tools
        self._files = files
        self._user = cancel
        self._stop = _Either(cancel)
        self._records = store_records.records(store)
        self._names = store_records.names(store)
        self._meter = Meter(files, report)
        self._claimed: set[int] = set()  # documents whose file has been found in another place

    def run(self) -> Iterator[FileReport]:
        """Read, encode and store."""
        preparation = Preparation(
            self._tools.reader,
            self._tools.recipe,
            self._tools.encoder.count_tokens,
            self._known,
            self._meter.reading,
            self._tools.wish,
        )
        waiting: tuple[list[Prepared], Future[list[list[_Encoded]]]] | None = None
        with (
            ThreadPoolExecutor(1, thread_name_prefix="encode") as encoding,
            Ahead(preparation, self._files, self._meter.has_read, self._stop) as ahead,
        ):
            for group in ahead.groups(_GROUP, _PATIENCE):
                future = encoding.submit(self._encode, group)
                if waiting:
                    yield from self._store_group(*waiting)
                waiting = group, future
            if waiting:
                yield from self._store_group(*waiting)

    # ------------------------------------------------------------------------------- encoding

    def _encode(self, group: Sequence[Prepared]) -> list[list[_Encoded]]:
        """Return what the encoder made of the passages of each file, its pieces one after another."""
        kept = [self._kept(item) for item in group]
        wanted = [[text for piece in item.pieces for text in piece.texts] for item in group]
        texts = [t for own, known in zip(wanted, kept, strict=True) for t in own if t not in known]
        files = [item.file for item in group]

        def tell(progress: Progress) -> None:
            if progress.fraction < 1:
                self._meter.encoding(files, progress.fraction)

        fresh: Iterator[_Encoded] = iter(())
        if texts:
            read = self._tools.encoder.read_passages(texts, report=tell, cancel=self._stop)
            fresh = zip(read.vectors.astype(np.float16), read.signs, strict=True)
        result = [
            [known[t] if t in known else next(fresh) for t in own]
            for own, known in zip(wanted, kept, strict=True)
        ]
        self._meter.encoding(files, 1)
        return result

    def _kept(self, item: Prepared) -> dict[str, _Encoded]:
        """Return what the encoder made of an earlier version's passages, by what it read."""
        record = item.same or self._records.get(str(item.file.path))
        if record is None or not item.pieces:
            return {}
        kept: dict[str, _Encoded] = {}
        for entry in store_records.family(self._store, record.id):
            found = self._store.passages_with_vectors(entry.id)
            signs = self._store.signs([p.id for p, _ in found])
            kept |= {encoder_text(entry, p): (v, signs[p.id]) for p, v in found if p.id in signs}
        return kept

    # ------------------------------------------------------------------------------- storing

    def _store_group(
        self, group: Sequence[Prepared], future: Future[list[list[_Encoded]]]
    ) -> Iterator[FileReport]:
        for item, encoded in zip(group, future.result(), strict=True):
            self._user.check()
            yield self._store_one(item, encoded)

    def _store_one(self, item: Prepared, encoded: Sequence[_Encoded]) -> FileReport:
        record = self._records.get(str(item.file.path))
        if item.pieces:
            return self._store_pieces(item, encoded, record)
        if item.problem is not None:
            return self._store_problem(item, item.problem, record)
        assert item.same is not None
        return self._store_facts(item, item.same)

    def _store_pieces(
        self, item: Prepared, encoded: Sequence[_Encoded], record: FileRecord | None
    ) -> FileReport:
        path = str(item.file.path)
        moved = item.same is not None and item.same.path != path
        name = self._name(item, None if moved else record)
        old = item.same or record
        names = self._inner_names(item.pieces, name, path)
        rest = iter(encoded)
        items = [
            Stored(
                names[piece.inside],
                piece.outcome,
                [
                    IndexedPassage(p, words.index_fields(_about(piece), p), *next(rest))
                    for p in piece.passages
                ],
                piece.inside,
                piece.outcome.place if isinstance(piece.outcome, Document) else "",
                piece.likeness,
            )
            for piece in item.pieces
        ]
        facts = self._facts(item, name)
        store_write.put_file(self._store, facts, items, old.id if old else None, READER)
        first = item.pieces[0].outcome
        problems = first.problems if isinstance(first, Document) else (first,)
        done: Outcome = "moved" if moved else "updated" if old else "added"
        failed = isinstance(first, FileProblem)
        return FileReport(name, path, "failed" if failed else "partial" if problems else done, problems)

    def _store_problem(self, item: Prepared, problem: FileProblem, record: FileRecord | None) -> FileReport:
        """Name the file as unreadable; where an earlier version of it was read, keep that and say so."""
        name, path = self._name(item, record), str(item.file.path)
        if record is not None and record.state != "unreadable":
            problem = replace(problem, part=STALE)
            store_write.set_problems(self._store, record.id, [problem], "partial")
        else:
            facts = self._facts(item, name)
            old = record.id if record else None
            store_write.put_file(self._store, facts, [Stored(name, problem)], old, READER)
        return FileReport(name, path, "failed", (problem,))

    def _store_facts(self, item: Prepared, same: FileRecord) -> FileReport:
        """Record the new date, or the new place, of a file whose bytes are known."""
        path = str(item.file.path)
        moved = same.path != path
        name = self._name(item, None) if moved else same.name
        names: dict[int, str] = {}
        for entry in store_records.family(self._store, same.id)[1:] if moved else ():
            wanted = name + entry.name.removeprefix(same.name)
            names[entry.id] = free_inner_name(wanted, self._names, set(names.values()), path)
            self._names[names[entry.id]] = path
        store_write.set_facts(self._store, same.id, self._facts(item, name), names)
        return FileReport(name, path, "moved" if moved else "unchanged", same.problems)

    def _known(self, file: FoundFile, sha256: str) -> FileRecord | None:
        """Return the document with these bytes: read from this path before, or from one that is gone."""
        if self._tools.again:
            return None
        record = self._records.get(str(file.path))
        if record is not None:
            same = record.sha256 == sha256 and record.state != "unreadable"
            return record if same and not record.stale else None
        unclaimed = (r for r in self._records.values() if r.id not in self._claimed)
        old = moved_from(sha256, unclaimed)
        if old is not None:
            self._claimed.add(old.id)
        return old

    def _name(self, item: Prepared, record: FileRecord | None) -> str:
        path = str(item.file.path)
        root = item.file.source.path
        folder = root if item.file.source.folder else root.parent
        name = record.name if record else free_name(item.file.name, folder, self._names, path)
        self._names[name] = path
        return name

    def _facts(self, item: Prepared, name: str) -> FileFacts:
        return facts_of(item.file, name, item.sha256, scans=self._tools.wish.scans)

    def _inner_names(self, pieces: Sequence[Piece], name: str, path: str) -> dict[tuple[int, ...], str]:
        """Return the names of a file and of the documents inside it, by their index paths."""
        names: dict[tuple[int, ...], str] = {(): name}
        for piece in pieces[1:]:
            own = piece.name or f"part {piece.inside[-1] + 1}"
            wanted = f"{names[piece.inside[:-1]]}/{own}"
            names[piece.inside] = free_inner_name(wanted, self._names, set(names.values()), path)
            self._names[names[piece.inside]] = path
        return names


def _about(piece: Piece) -> Document:
    assert isinstance(piece.outcome, Document)  # what could not be read has no passages
    return piece.outcome


class _Either(CancelToken):
    """Cancelled when the user cancels, or this run stops for another reason; waits when the user says."""

    def __init__(self, user: CancelToken) -> None:
        super().__init__()
        self._user = user

    @property
    def cancelled(self) -> bool:
        return super().cancelled or self._user.cancelled

    @property
    def paused(self) -> bool:
        return self._user.paused
