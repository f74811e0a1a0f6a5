"""The use-cases that a head may call on one library of documents.

    with Library.open(folder, create=True) as library:
        library.add([Path("papers")])
        answer = library.ask(Question("When did Russia leave KFOR?"))

Opening loads no model.  One thread may change a library (`add`, `update`, `retry`, `remove`) while others
ask; whoever asks sees the last state that was committed.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from qa_desktop.answering.answer import SECONDS, answer, weigh
from qa_desktop.answering.decide import Case
from qa_desktop.domain import Answer, Block, DocumentEntry, FileProblem, Page, Passage, Question, Run
from qa_desktop.errors import NoLibrary, UsageError
from qa_desktop.indexing import store_sources, store_write, words
from qa_desktop.indexing.build import Tools
from qa_desktop.indexing.report import AddReport
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.vectors import VectorIndex
from qa_desktop.library.adding import Adding
from qa_desktop.library.batch import in_order
from qa_desktop.library.checking import Check, check
from qa_desktop.library.identity import Identity, new_identity, read_identity
from qa_desktop.library.loading import Models
from qa_desktop.library.originals import Original, Originals
from qa_desktop.library.select import select
from qa_desktop.library.status import Status, status_of
from qa_desktop.models import registry
from qa_desktop.models.encoder import CrossEncoder
from qa_desktop.progress import CancelToken, Report, ignore
from qa_desktop.reading.reader import Reader
from qa_desktop.reading.render import PageImage
from qa_desktop.searching.search import Found, Plan, search

_PATIENT = 60.0  # seconds: never reached by a healthy computer


class Library:
    """An open library; `Library.open` makes one.  Use it as a context, or call `close`."""

    def __init__(self, store: Store, identity: Identity) -> None:
        self._store = store
        self._identity = identity
        self._vectors = VectorIndex(store, identity.id, identity.dimension)
        self._originals = Originals(store)
        self._models = Models(identity, store.folder)
        self._guard = threading.Lock()
        self._page_reader: Reader | None = None

    @classmethod
    def open(
        cls, folder: Path, *, create: bool = False, encoder: str | None = None, read_only: bool = False
    ) -> Library:
        """Open the library in `folder`, or with `create` make one if there is none.

        `encoder` names the model of a new library (None: the default one); for an existing library it
        must be the one it was built with.  Raises NoLibrary, LibraryDamaged, LibraryTooNew, ModelUnknown.
        """
        folder = Path(os.path.abspath(folder))  # noqa: PTH100 -- resolve() would follow links
        try:
            store = Store.open(folder, read_only=read_only)
        except NoLibrary:
            if not create:
                raise
            spec = registry.find(encoder) if encoder else registry.default_encoder()
            identity = new_identity(spec)
            return cls(Store.create(folder, identity.as_meta(), words.FIELDS), identity)
        try:
            identity = read_identity(store.meta(), folder)
            if encoder is not None and encoder != identity.encoder:
                raise UsageError(
                    f"This library was not built with the model “{encoder}”",
                    f"“{folder}” was built with “{identity.encoder}”, and a library knows one model.",
                    "Leave the model out, or add the documents to a new library.",
                )
        except BaseException:
            store.close()
            raise
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
        with self._guard:
            if self._page_reader is not None:
                self._page_reader.close()
            self._page_reader = None
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
    def read_only(self) -> bool:
        """True if it can be searched, but not changed."""
        return self._store.read_only

    # ------------------------------------------------------------------------------- changing

    def add(
        self,
        paths: Sequence[Path],
        *,
        password: str | None = None,
        report: Report = ignore,
        cancel: CancelToken | None = None,
    ) -> AddReport:
        """Read files and folders into the library; unchanged files are skipped.

        Raises PathNotFound, LibraryBusy, LibraryReadOnly, LibraryModelMismatch, DiskFull and Cancelled;
        what was stored before stays.
        """
        with self._adding(report, cancel, password) as adding:
            return adding.add(paths)

    def update(self, report: Report = ignore, cancel: CancelToken | None = None) -> AddReport:
        """Bring the library in line with its folders: new, changed, moved, gone.  Raises as `add` does."""
        with self._adding(report, cancel, None) as adding:
            return adding.update()

    def retry(
        self,
        document_ids: Iterable[int],
        *,
        password: str | None = None,
        report: Report = ignore,
        cancel: CancelToken | None = None,
    ) -> AddReport:
        """Read the files of these documents again.  Raises as `add` does."""
        with self._adding(report, cancel, password) as adding:
            return adding.retry(document_ids)

    def remove(self, names: Sequence[str]) -> tuple[DocumentEntry, ...]:
        """Take out the documents that fit any of these patterns, and return them; files are not touched.

        Raises UsageError, before anything is taken out, for a pattern that fits none.
        """
        with self._store.writing():
            return self._take_out(select(self._store.entries(), names))

    def remove_documents(self, document_ids: Iterable[int]) -> tuple[DocumentEntry, ...]:
        """Take out exactly these documents, and return those that were there; files are not touched."""
        wanted = frozenset(document_ids)
        with self._store.writing():
            return self._take_out(tuple(e for e in self._store.entries() if e.id in wanted))

    def check(self, report: Report = ignore, cancel: CancelToken | None = None) -> tuple[Check, ...]:
        """Say whether the library is sound, part by part; what can be derived is repaired."""
        with contextlib.nullcontext() if self.read_only else self._store.writing():
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

    def page_image(
        self, document_id: int, page: int, scale: float, runs: Sequence[Run] = ()
    ) -> PageImage | FileProblem:
        """Draw a page of the original; `scale` is pixels per point, `runs` are the words to be marked.

        Where the file has changed since it was read nothing is marked: a wrong mark is worse than none.
        """
        original = self._originals.find(document_id)
        if original.state == "gone":
            return FileProblem("gone", str(original.path))
        with self._guard:
            if self._page_reader is None:
                self._page_reader = Reader()
            reader = self._page_reader
        return reader.render(original.path, page, scale, runs if original.state == "unchanged" else ())

    # ------------------------------------------------------------------------------- asking

    def warm_up(self) -> None:
        """Load the models and the vectors, so that the first question is answered at once."""
        self._models.encoder()
        self._models.cross_encoder()
        self._vectors.load()

    def ask(self, question: Question, *, patient: bool = False, cancel: CancelToken | None = None) -> Answer:
        """Answer a question.  Raises LibraryModelMismatch, ModelMissing, ModelAltered and Cancelled.

        Somebody is waiting, so what has not been read after some tenths of a second is left out; `patient`
        reads everything, so that the answer is the same on any computer.
        """
        documents = self._scope(question)
        found, cross_encoder = self._find(question, documents, cancel, patient=patient)
        seconds = _PATIENT if patient else SECONDS
        return answer(question, found, self._store, cross_encoder, documents, seconds=seconds)

    def ask_many(
        self, questions: Sequence[Question], report: Report = ignore, cancel: CancelToken | None = None
    ) -> Iterator[Answer]:
        """Answer questions patiently, several at a time, and yield the answers in order."""
        self.warm_up()
        cancel = cancel or CancelToken()
        return in_order(lambda q: self.ask(q, patient=True, cancel=cancel), questions, report)

    def weigh(self, question: Question) -> Case:
        """Return what a verdict on `question` is weighed from, for fitting the deciding model anew."""
        found, cross_encoder = self._find(question, self._scope(question), None, patient=True)
        return weigh(question.text, found, cross_encoder, _PATIENT)

    # ------------------------------------------------------------------------------- inside

    def _find(
        self,
        question: Question,
        documents: frozenset[int] | None,
        cancel: CancelToken | None,
        *,
        patient: bool,
    ) -> tuple[Found, CrossEncoder]:
        encoder, cross_encoder = self._models.encoder(), self._models.cross_encoder()
        plan = Plan(seconds=_PATIENT) if patient else Plan()
        found = search(
            question,
            self._store,
            self._vectors,
            encoder,
            cross_encoder,
            documents=documents,
            plan=plan,
            cancel=cancel,
        )
        return found, cross_encoder

    def _take_out(self, chosen: tuple[DocumentEntry, ...]) -> tuple[DocumentEntry, ...]:
        for entry in chosen:
            store_write.remove(self._store, entry.id)
        store_sources.drop_empty_sources(self._store)
        self._vectors.save()
        return chosen

    def _scope(self, question: Question) -> frozenset[int] | None:
        if not question.within:
            return question.documents
        chosen = frozenset(e.id for e in select(self._store.entries(), question.within))
        return chosen if question.documents is None else chosen & question.documents

    @contextlib.contextmanager
    def _adding(self, report: Report, cancel: CancelToken | None, password: str | None) -> Iterator[Adding]:
        with self._store.writing():
            encoder = self._models.encoder()
            with Reader() as reader:
                tools = Tools(reader, encoder, self._identity.recipe, password)
                try:
                    yield Adding(self._store, tools, report, cancel or CancelToken())
                finally:
                    self._vectors.save()
