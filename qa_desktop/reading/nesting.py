"""Read a file and every document that lies inside it, and inside those.

`walk` tells what it does step by step, so that what was read is not lost when the reader breaks down over a
later part; `gathered.Gathered` puts the steps together.  A document is addressed by its `Inside`: the indices
of the parts that lead to it, each counted from 0 in the order in which its container yields them; the file
itself is ().
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from qa_desktop.domain import Document, FileProblem
from qa_desktop.reading.embedded import Embedded
from qa_desktop.reading.formats import How, Opened, open_data, open_file, read_opened
from qa_desktop.reading.gathered import Begun, Ended, Gathered, Inside, Lacking, News
from qa_desktop.reading.isolation.limits import DEEPEST_PART, MOST_PARTS, MOST_UNPACKED
from qa_desktop.reading.problems import Unreadable

# For every kind that can hold documents: module and function (source, password) that yields them.
CONTAINERS = {
    "mail": ("mail.parts", "embedded_mail"),
    "msg": ("mail.outlook", "embedded_msg"),
    "pdf": ("pdf.attachments", "embedded_pdf"),
    "zip": ("archives.zip_members", "embedded_zip"),
    "docx": ("office.parts", "embedded_office"),
    "pptx": ("office.parts", "embedded_office"),
    "xlsx": ("office.parts", "embedded_office"),
    "ods": ("odf.parts", "embedded_odf"),
    "odf": ("odf.parts", "embedded_odf"),
    "doc": ("office.parts", "embedded_compound"),
    "xls": ("office.parts", "embedded_compound"),
    "ppt": ("office.parts", "embedded_compound"),
}


@dataclass(frozen=True, slots=True)
class Ways:
    """How the documents of a file are to be read, learned from earlier attempts that broke down.

    `how` gives the way for each; those in `had` are not read again, and those in `closed` not looked into.
    """

    how: Callable[[Inside], How]
    had: frozenset[Inside] = frozenset()
    closed: frozenset[Inside] = frozenset()


@dataclass(slots=True)
class _Budget:
    """What may still be unpacked of one file, in all."""

    parts: int = field(default_factory=lambda: MOST_PARTS)
    size: int = field(default_factory=lambda: MOST_UNPACKED)


@dataclass(slots=True)
class _Walk:
    ways: Ways
    password: str | None
    budget: _Budget = field(default_factory=_Budget)

    def document(self, opened: Opened, inside: Inside, place: str = "") -> Iterator[News]:
        """Read one document, then what lies inside it."""
        yield Begun(inside, opened.name, place, opened.kind)
        if inside not in self.ways.had:
            yield Ended(inside, opened.kind, self._read(opened, inside))
        if inside not in self.ways.closed and opened.kind in CONTAINERS:
            yield from self._parts(opened, inside)

    def _read(self, opened: Opened, inside: Inside) -> Document | FileProblem:
        try:
            return read_opened(opened, self.ways.how(inside))
        except Unreadable as error:
            return error.problem

    def _parts(self, opened: Opened, inside: Inside) -> Iterator[News]:
        index = -1
        try:
            for index, part in enumerate(embedded_in(opened, self.password)):
                self.budget.parts -= 1
                self.budget.size -= len(part.data)
                if self.budget.parts < 0 or self.budget.size < 0:
                    rest = f"“{part.name}” and what comes after it"
                    yield Lacking(inside, FileProblem("too_large", "It holds too much.", rest))
                    return
                yield from self._part(part, (*inside, index))
        except Unreadable as error:
            if error.problem.reason != "encrypted":  # which reading it has told already
                detail = error.problem.detail
                part_name = "attachments" if index < 0 else f"attachments after number {index + 1}"
                yield Lacking(inside, FileProblem(error.problem.reason, detail, part_name))

    def _part(self, part: Embedded, inside: Inside) -> Iterator[News]:
        name = part.name or f"document {inside[-1] + 1}"
        yield Begun(inside, name, part.place)
        problem = part.problem
        if len(inside) > DEEPEST_PART:
            problem = FileProblem("too_large", f"It lies more than {DEEPEST_PART} levels deep.")
        if problem is None:
            try:
                opened = open_data(part.data, name, self.password)
            except Unreadable as error:
                problem = error.problem
            else:
                yield from self.document(opened, inside, part.place)
        if problem is not None and inside not in self.ways.had:
            yield Ended(inside, "", problem)


def walk(opened: Opened, ways: Ways, inside: Inside = (), password: str | None = None) -> Iterator[News]:
    """Read `opened`, which lies at `inside`, and all that is in it, and tell of each step.

    A document and its parts are each told as `Begun`, then `Ended`; what is left out of a container as
    `Lacking`.  Limits: `DEEPEST_PART`, `MOST_PARTS`, `MOST_UNPACKED`.  Raises `OSError` and whatever a
    library raises that breaks down over a hostile file.
    """
    yield from _Walk(ways, password).document(opened, inside)


def embedded_in(opened: Opened, password: str | None = None) -> Iterator[Embedded]:
    """Yield what lies directly inside a document; raises `Unreadable` where that cannot be had."""
    module, function = CONTAINERS[opened.kind]
    enumerator = getattr(importlib.import_module(f"qa_desktop.reading.{module}"), function)
    yield from enumerator(opened.source if opened.kind == "pdf" else opened.data, password)


def open_inside(path: Path, inside: Inside, password: str | None = None) -> Opened:
    """Open the document that lies at `inside` in the file; raises `Unreadable`, also when it is not there."""
    opened = open_file(path, password)
    for index in inside[:DEEPEST_PART]:
        parts = embedded_in(opened, password) if opened.kind in CONTAINERS else iter(())
        part = next((part for i, part in enumerate(parts) if i == index), None)
        if part is None:
            raise Unreadable("gone")
        if part.problem is not None:
            raise Unreadable(part.problem.reason, part.problem.detail)
        opened = open_data(part.data, part.name, password)
    return opened


def read_file(path: Path, password: str | None = None) -> Document:
    """Read a file with all that is in it; raise `Unreadable` when nothing of it can be read."""
    gathered = Gathered()
    for news in walk(open_file(path, password), Ways(lambda _: How(password)), password=password):
        gathered.take(news)
    outcome = gathered.outcome()
    if isinstance(outcome, FileProblem):
        raise Unreadable(outcome.reason, outcome.detail, outcome.part)
    return outcome
