"""The search by meaning: an exact FAISS index, derived from the vectors in the database.

The file is a cache.  It ends with a stamp that says which state of which library it was made from, and a
check sum; where it is missing, older or damaged it is made again from the database, without a word.
The index is flat: every vector is compared, which takes about 3 ms for 100,000 passages.  It holds the
float16 of the database as they are and sums up in float32, so halving the memory costs no accuracy.
"""

from __future__ import annotations

import contextlib
import os
import struct
import tempfile
import threading
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa_desktop.errors import LibraryDamaged
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.store_snapshot import Snapshot, snapshot

FILE_NAME = "vectors.faiss"

_STAMP = struct.Struct("<8s16sQQI")  # mark, library, changes, length of what stands before, its CRC-32
_MARK = b"QADVEC02"
_CHUNK = 1 << 20


class VectorIndex:
    """The vectors of one library in memory, brought up to date before each search.

    `library` is the library's own id (16 bytes), `dimension` the length of its vectors.  May be used by
    several threads at once.
    """

    def __init__(self, store: Store, library: bytes, dimension: int) -> None:
        self._store = store
        self._library = library
        self._dimension = dimension
        self._guard = threading.Lock()
        self._index: Any = None
        self._ids = np.empty(0, dtype=np.int64)
        self._documents = np.empty(0, dtype=np.int64)
        self._changes = -1
        self._saved = -1  # the state of which the file is known to be whole

    @property
    def file(self) -> Path:
        """Where the index is kept between two starts."""
        return self._store.folder / FILE_NAME

    def search(
        self,
        vector: NDArray[np.float32],
        k: int,
        documents: frozenset[int] | None = None,
        passages: frozenset[int] | None = None,
    ) -> list[tuple[int, float]]:
        """Return the `k` passages nearest to `vector`, best first: of `documents` and among `passages`.

        None stands for all.  `vector` is float32 (dimension,) of unit length; a score is the inner product,
        -1..1.
        """
        with self._guard:
            self._refresh()
            faiss = _faiss()
            if not len(self._ids):
                return []
            options = None
            if documents is not None or passages is not None:
                chosen = _among(self._documents, documents) & _among(self._ids, passages)
                k = min(k, int(chosen.sum()))
                # One bit per passage; packbits fills from the low bit as FAISS reads it.
                bits = np.packbits(chosen, bitorder="little")
                options = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))
            k = min(k, len(self._ids))
            if k == 0:
                return []
            query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
            scores, places = self._index.search(query, k, params=options)
            found = zip(places[0].tolist(), scores[0].tolist(), strict=True)
            return [(int(self._ids[place]), float(score)) for place, score in found if place >= 0]

    def load(self) -> None:
        """Bring the index up to date; the first call reads or makes the file."""
        with self._guard:
            self._refresh()

    def save(self) -> None:
        """Write the file, if it is not the one for the present state; a library keeps working without."""
        with self._guard:
            self._refresh()
            if self._store.read_only or (self._saved == self._changes and self.file.exists()):
                return
            with contextlib.suppress(OSError):
                self._write()
                self._saved = self._changes

    def is_saved(self) -> bool:
        """Tell whether the file is whole and made from the library's present state."""
        return _stamp_of(self.file) == (self._library, self._store.changes()) and _is_whole(self.file)

    # ------------------------------------------------------------------------------- inside

    def _refresh(self) -> None:
        if self._store.changes() == self._changes:
            return
        with snapshot(self._store) as state:
            if self._index is None:
                self._read(state)
            if self._index is None or not self._extend(state):
                self._index, self._ids = _empty(self._dimension), np.empty(0, dtype=np.int64)
                self._append(state)
            self._documents = state.documents
            self._changes = state.changes

    def _extend(self, state: Snapshot) -> bool:
        """Take out what is gone and add what is new; False where the two do not come together."""
        gone = ~np.isin(self._ids, state.ids)
        if gone.any():
            faiss = _faiss()
            self._index.remove_ids(faiss.IDSelectorBitmap(np.packbits(gone, bitorder="little")))
            self._ids = self._ids[~gone]
        self._append(state)
        return np.array_equal(self._ids, state.ids)

    def _append(self, state: Snapshot) -> None:
        parts = [self._ids]
        for ids, matrix in state.vectors(after=int(self._ids[-1]) if len(self._ids) else 0):
            if matrix.shape[1] != self._dimension:
                raise LibraryDamaged(self._store.folder, f"a vector of length {matrix.shape[1]}")
            self._index.add(matrix.astype(np.float32))
            parts.append(ids)
        self._ids = np.concatenate(parts)

    def _read(self, state: Snapshot) -> None:
        """Read the file if it was made from this state of this library."""
        if _stamp_of(self.file) != (self._library, state.changes) or not _is_whole(self.file):
            return
        try:
            index = _faiss().read_index(str(self.file))
        except RuntimeError:  # the one exception of FAISS
            return
        if index.d == self._dimension and index.ntotal == len(state.ids):
            self._index, self._ids, self._saved = index, state.ids, state.changes

    def _write(self) -> None:
        descriptor, name = tempfile.mkstemp(dir=self._store.folder, prefix=FILE_NAME)
        os.close(descriptor)
        temporary = Path(name)
        try:
            try:
                _faiss().write_index(self._index, name)
            except RuntimeError as error:
                raise OSError(str(error)) from error
            length, check = temporary.stat().st_size, _crc(temporary)
            with temporary.open("ab") as file:
                file.write(_STAMP.pack(_MARK, self._library, self._changes, length, check))
            temporary.chmod(0o644)
            temporary.replace(self.file)
        finally:
            temporary.unlink(missing_ok=True)


def _faiss() -> Any:
    """Return FAISS, limited to one thread: the encoder's sessions have the cores."""
    import faiss

    faiss.omp_set_num_threads(1)  # counts for the thread that calls it
    return faiss


def _empty(dimension: int) -> Any:
    """Return an index of float16 vectors without any, compared by inner product."""
    faiss = _faiss()
    kind = faiss.ScalarQuantizer.QT_fp16
    return faiss.IndexScalarQuantizer(dimension, kind, faiss.METRIC_INNER_PRODUCT)


def _among(values: NDArray[np.int64], wanted: frozenset[int] | None) -> NDArray[np.bool_]:
    """Tell for each of `values` (n,) whether it is wanted (None: each is)."""
    if wanted is None:
        return np.ones(len(values), dtype=np.bool_)
    return np.isin(values, np.fromiter(wanted, np.int64, len(wanted)))


def _stamp_of(file: Path) -> tuple[bytes, int] | None:
    try:
        with file.open("rb") as stream:
            size = stream.seek(-_STAMP.size, os.SEEK_END)
            mark, library, changes, length, _ = _STAMP.unpack(stream.read())
    except (OSError, struct.error):
        return None
    return (library, changes) if (mark, length) == (_MARK, size) else None


def _is_whole(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            stream.seek(-_STAMP.size, os.SEEK_END)
            *_, length, check = _STAMP.unpack(stream.read())
    except (OSError, struct.error):
        return False
    return bool(_crc(file, length) == check)


def _crc(file: Path, length: int | None = None) -> int:
    value, left = 0, length if length is not None else file.stat().st_size
    with file.open("rb") as stream:
        while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
            value = zlib.crc32(chunk, value)
            left -= len(chunk)
    return value
