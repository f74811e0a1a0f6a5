"""The use-cases that a head may call on one library of documents.

    with Library.open(folder, create=True) as library:
        library.add([Path("papers")])
        answer = library.ask(Question("When did Russia leave KFOR?"))

Opening loads no model.  One thread may change a library (`add`, `update`, `retry`, `remove`) while others
ask; whoever asks sees the last state that was committed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from qa_desktop.answering.decide import Case
from qa_desktop.domain import (
    Answer,
    Block,
    BlockKind,
    DocumentEntry,
    FileProblem,
    Page,
    Passage,
    Question,
    Run,
)
from qa_desktop.indexing.build import Tools
from qa_desktop.indexing.compare import Wish
from qa_desktop.indexing.report import AddReport
from qa_desktop.indexing.scan_cache import ScanCache
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.store_totals import mark_duplicates
from qa_desktop.indexing.vectors import VectorIndex
from qa_desktop.library.adding import Adding
from qa_desktop.library.asking import ask, case_of
from qa_desktop.library.batch import in_order
from qa_desktop.library.checking import Check, check
from qa_desktop.library.drawing import Drawing
from qa_desktop.library.identity import Identity
from qa_desktop.library.loading import Models
from qa_desktop.library.opening import open_store
from qa_desktop.library.originals import Original, Originals
from qa_desktop.library.removing import take_out
from qa_desktop.library.select import select
from qa_desktop.library.status import Status, status_of
from qa_desktop.models.memory import give_back
from qa_desktop.progress import CancelToken, Report, ignore
from qa_desktop.reading.isolation.reader import Reader
from qa_desktop.reading.isolation.render import PageImage


class Library:
    """An open library; `Library.open` makes one.  Use it as a context, or call `close`."""

    def __init__(self, store: Store, identity: Identity) -> None:
        self._store = store
        self._identity = identity
        self._vectors = VectorIndex(store, identity.id, identity.dimension)
        self._originals = Originals(store)
        self._models = Models(identity, store.folder)
        self._drawing = Drawing(store, self._originals)

    @classmethod
    def open(
        cls, folder: Path, *, create: bool = False, encoder: str | None = None, read_only: bool = False
    ) -> Library:
        """Open the library in `folder`, or with `create` make one if there is none.

        `encoder` names the model of a new library (None: the default one); for an existing library it
        must be the one it was built with.  Raises NoLibrary, LibraryDamaged, LibraryTooNew, ModelUnknown.
        """
        store, identity = open_store(folder, create=create, encoder=encoder, read_only=read_only)
        return cls(store, identity)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the models, the reader and the database."""
        self._models.close()
        self._drawing.close()
        self._store.close()

    @property
    def folder(self) -> Path:
        """Where the library lies."""
        return self._store.folder

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name

    @property
    def identity(self) -> Identity:
        """What it says of itself: its id, the model of its vectors, the recipe of its passages."""
        return self._identity

    @property
    def read_only(self) -> bool:
        """True if it can be searched, but not changed."""
        return self._store.read_only

    # ------------------------------------------------------------------------------- changing

    def add(
        self,
        paths: Sequence[Path],
        *,
        password: str | None = None,
        recognise_scans: bool = True,
        report: Report = ignore,
        cancel: CancelToken | None = None,
    ) -> AddReport:
        """Read files and folders into the library; unchanged files are skipped.

        `password` is tried on whatever is protected; without `recognise_scans` pictures of pages stay without
        text.  What was stored before stays, whatever is raised: PathNotFound, LibraryBusy, LibraryReadOnly,
        LibraryModelMismatch, DiskFull and Cancelled.
        """
        with self._adding(report, cancel, Wish(password, recognise_scans)) as adding:
            return adding.add(paths)

    def update(
        self,
        report: Report = ignore,
        cancel: CancelToken | None = None,
        *,
        password: str | None = None,
        recognise_scans: bool = True,
    ) -> AddReport:
        """Bring the library in line with its folders: new, changed, moved, gone.  As `add` does it."""
        with self._adding(report, cancel, Wish(password, recognise_scans)) as adding:
            return adding.update()

    def retry(
        self,
        document_ids: Iterable[int],
        *,
        password: str | None = None,
        recognise_scans: bool = True,
        report: Report = ignore,
        cancel: CancelToken | None = None,
    ) -> AddReport:
        """Read the files of these documents again, whatever the library knows of them.  As `add` does it."""
        with self._adding(report, cancel, Wish(password, recognise_scans)) as adding:
            return adding.retry(document_ids)

    def to_retry(self, names: Sequence[str] = ()) -> tuple[int, ...]:
        """Return the documents that fit any of these patterns; without one, all that were not wholly read.

        Raises UsageError for a pattern that fits none.
        """
        entries = self._store.entries()
        return tuple(e.id for e in (select(entries, names) if names else entries) if names or e.problems)

    def remove(self, names: Sequence[str]) -> tuple[DocumentEntry, ...]:
        """Take out the documents that fit any of these patterns, and return them; files are not touched.

        With a document goes what lies inside it.  Raises UsageError for a pattern that fits none, before
        anything is taken out.
        """
        with self._store.writing():
            return self._take_out({e.id for e in select(self._store.entries(), names)})

    def remove_documents(self, document_ids: Iterable[int]) -> tuple[DocumentEntry, ...]:
        """Take out exactly these documents, and return those that were there; files are not touched."""
        with self._store.writing():
            return self._take_out(set(document_ids))

    def check(self, report: Report = ignore, cancel: CancelToken | None = None) -> tuple[Check, ...]:
        """Say whether the library is sound, part by part; what can be derived is repaired."""
        with contextlib.nullcontext() if self.read_only else self._store.writing():
            if not self.read_only:
                mark_duplicates(self._store)
            return tuple(check(self._store, self._identity, self._vectors, report, cancel or CancelToken()))

    # ------------------------------------------------------------------------------- looking

    def status(self) -> Status:
        """Return what the library holds."""
        return status_of(self._store, self._identity)

    def documents(self) -> tuple[DocumentEntry, ...]:
        """Return the list of documents, by name."""
        return self._store.entries()

    def pages(self, document_id: int) -> tuple[Page, ...]:
        """Return a document's pages as they were extracted."""
        return self._store.pages(document_id)

    def blocks(self, document_id: int) -> tuple[Block, ...]:
        """Return a document's blocks in reading order."""
        return self._store.blocks(document_id)

    def passage(self, passage_id: int) -> Passage:
        """Return a passage; KeyError where it has been taken out."""
        return self._store.passages([passage_id])[passage_id]

    def original(self, document_id: int) -> Original:
        """Return where the file of a document lies, and whether it is still what was read."""
        return self._originals.find(document_id)

    def asides(self, document_id: int) -> tuple[Block, ...]:
        """Return what was set aside of a document: running heads, hidden text, residue."""
        return tuple(b for b in self._store.blocks(document_id) if b.kind is BlockKind.ASIDE)

    def page_image(
        self, document_id: int, page: int, scale: float, runs: Sequence[Run] = ()
    ) -> PageImage | FileProblem:
        """Draw a page of the original; `scale` is pixels per point, `runs` are the words to be marked.

        Where the file has changed since it was read nothing is marked: a wrong mark is worse than none.
        A protected file is opened with a password that was given while this library has been open.
        """
        return self._drawing.draw(document_id, page, scale, runs)

    # ------------------------------------------------------------------------------- asking

    def warm_up(self) -> None:
        """Load the models and the vectors, so that the first question is answered at once."""
        self._models.encoder()
        self._models.cross_encoder()
        self._vectors.load()
        self._store.lexicon.load()

    def ask(self, question: Question, *, patient: bool = False, cancel: CancelToken | None = None) -> Answer:
        """Answer a question, in whose text filters and phrases may stand as a person types them.

        Raises UsageError for a filter that makes no sense, LibraryModelMismatch, ModelMissing, ModelAltered
        and Cancelled.

        Somebody is waiting, so what has not been read after some tenths of a second is left out; `patient`
        reads everything, so that the answer is the same on any computer.
        """
        try:
            return ask(question, self._store, self._vectors, self._models, cancel, patient=patient)
        finally:
            give_back()

    def ask_many(
        self, questions: Sequence[Question], report: Report = ignore, cancel: CancelToken | None = None
    ) -> Iterator[Answer]:
        """Answer questions patiently, several at a time, and yield the answers in order."""
        self.warm_up()
        cancel = cancel or CancelToken()
        return in_order(lambda q: self.ask(q, patient=True, cancel=cancel), questions, report)

    def weigh(self, question: Question) -> Case:
        """Return what a verdict on `question` is weighed from, for fitting the deciding model anew."""
        return case_of(question, self._store, self._vectors, self._models)

    # ------------------------------------------------------------------------------- inside

    def _take_out(self, ids: set[int]) -> tuple[DocumentEntry, ...]:
        try:
            return take_out(self._store, ids)
        finally:
            self._tidy()

    def _tidy(self) -> None:
        """Bring what is derived from all documents together up to date."""
        mark_duplicates(self._store)
        ScanCache(self._store).trim()
        self._vectors.save()

    @contextlib.contextmanager
    def _adding(self, report: Report, cancel: CancelToken | None, wish: Wish) -> Iterator[Adding]:
        self._drawing.learn(wish.password)
        with self._store.writing():
            encoder = self._models.encoder()
            scans = ScanCache(self._store) if wish.scans else None
            with Reader(scans=scans) as reader:
                tools = Tools(reader, encoder, self._identity.recipe, wish)
                try:
                    yield Adding(self._store, tools, report, cancel or CancelToken())
                finally:
                    self._tidy()
