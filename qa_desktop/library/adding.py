"""Add, update and try again: which files are to be read, and what becomes of those that are not there."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from qa_desktop.domain import DocumentEntry, FileProblem
from qa_desktop.indexing import store_records, store_write
from qa_desktop.indexing.build import Build, Tools
from qa_desktop.indexing.compare import READER, FoundFile, free_name, is_unchanged
from qa_desktop.indexing.report import AddReport, FileReport, joined, with_parts
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.store_items import Stored
from qa_desktop.indexing.store_records import STALE, FileFacts, FileRecord
from qa_desktop.indexing.store_sources import Source
from qa_desktop.indexing.store_totals import mark_duplicates
from qa_desktop.library.finding import Finding, absolute, find, moved_sources, sources_for
from qa_desktop.progress import CancelToken, Report


@dataclass(frozen=True, slots=True)
class Adding:
    """One action that brings files into a library; the caller holds `Store.writing`.

    A document that is stored stays, whatever happens to the action afterwards.
    """

    store: Store
    tools: Tools
    report: Report
    cancel: CancelToken

    def add(self, paths: Sequence[Path]) -> AddReport:
        """Read `paths`, folders with everything below them; unchanged files are skipped.

        Raises PathNotFound before anything is read.
        """
        started = time.monotonic()
        wanted = absolute(paths)
        moved_sources(self.store)
        finding = find(sources_for(self.store, wanted), self._folder, self.report, self.cancel)
        return self._report(self._bring_in(finding), started)

    def update(self) -> AddReport:
        """Bring the library in line with its sources: new, changed, moved and gone files.

        A folder that is not there, or holds nothing any more, may be a drive that is not plugged in:
        its documents are kept, and the report says so.
        """
        started = time.monotonic()
        sources = moved_sources(self.store)
        finding = find(((s, s.path) for s in sources), self._folder, self.report, self.cancel)
        return self._report(chain(self._bring_in(finding), self._take_out(finding, sources)), started)

    def retry(self, documents: Iterable[int]) -> AddReport:
        """Read the files of `documents` again, even where nothing about them has changed."""
        started = time.monotonic()
        sources = {s.id: s for s in moved_sources(self.store)}
        files = {}
        for document in documents:
            found = store_records.record(self.store, document)
            source = sources[found.source]
            files[found.id] = FoundFile(source, Path(found.path), found.name, found.size, found.mtime_ns)
        tools = replace(self.tools, again=True)
        return self._report(self._read(tuple(files.values()), tools), started)

    # ------------------------------------------------------------------------------- inside

    @property
    def _folder(self) -> Path:
        return Path(os.path.abspath(self.store.folder))  # noqa: PTH100 -- resolve() would follow links

    def _report(self, reports: Iterable[FileReport], started: float) -> AddReport:
        """Carry the work out, and say what became of each file and of the documents inside it."""
        done = list(reports)
        mark_duplicates(self.store)
        families: dict[str, list[DocumentEntry]] = {}
        for entry in sorted(self.store.entries() if done else (), key=lambda e: e.inside):
            families.setdefault(entry.path, []).append(entry)
        return joined(with_parts(done, families), time.monotonic() - started)

    def _bring_in(self, finding: Finding) -> Iterator[FileReport]:
        records = self._records_but_opened_folders(finding)
        waiting = []
        for path, file in finding.files.items():
            record = records.get(path)
            if record is not None and is_unchanged(file, record, self.tools.wish):
                yield self._unchanged(record)
            else:
                waiting.append(file)
        for path, (source, problem) in finding.problems.items():
            yield self._not_found(path, source, problem, records.get(path))
        yield from self._read(waiting, self.tools)

    def _records_but_opened_folders(self, finding: Finding) -> dict[str, FileRecord]:
        """Return what the library knows; a folder named because it could not be listed goes when it can."""
        records = store_records.records(self.store)
        for path, record in list(records.items()):
            listed = record.state == "unreadable" and path not in finding.problems and Path(path).is_dir()
            if listed and os.access(path, os.R_OK | os.X_OK):
                store_write.remove(self.store, record.id)
                del records[path]
        return records

    def _read(self, files: Sequence[FoundFile], tools: Tools) -> Iterator[FileReport]:
        if files:
            yield from Build(self.store, tools, files, self.report, self.cancel).run()

    def _unchanged(self, record: FileRecord) -> FileReport:
        if record.state == "unreadable" or record.stale:
            return FileReport(record.name, record.path, "failed", record.problems)
        return FileReport(record.name, record.path, "unchanged", record.problems)

    def _not_found(
        self, path: str, source: Source, problem: FileProblem, record: FileRecord | None
    ) -> FileReport:
        """Name what could not even be looked at; a document that was read from there keeps its text."""
        if record is not None:
            if record.state != "unreadable":
                kept = [replace(problem, part=STALE)]
                store_write.set_problems(self.store, record.id, kept, "partial")
            return FileReport(record.name, path, "failed", (problem,))
        taken = store_records.names(self.store)
        below = Path(path).relative_to(source.path).as_posix() if Path(path) != source.path else ""
        name = free_name(below or source.path.name, source.path, taken, path)
        kind = Path(path).suffix.lstrip(".").lower() or "folder"
        item = Stored(name, problem, kind=kind)
        store_write.put_file(self.store, FileFacts(source.id, path, name, 0, 0, ""), [item], engine=READER)
        return FileReport(name, path, "failed", (problem,))

    def _take_out(self, finding: Finding, sources: Sequence[Source]) -> Iterator[FileReport]:
        """Remove documents whose file is gone from a source that is there."""
        blocked = [Path(path) for path in finding.problems]
        populated = {file.source.id for file in finding.files.values()}
        for record in store_records.records(self.store).values():
            if record.path in finding.files or record.path in finding.problems:
                continue
            self.cancel.check()
            path = Path(record.path)
            if any(b in path.parents for b in blocked) or os.path.lexists(path):
                continue  # it lies in a folder that could not be looked into, or is left out on purpose
            homes = [s for s in sources if s.folder and s.path in path.parents]
            if any(s.id in populated for s in homes):
                store_write.remove(self.store, record.id)
                yield FileReport(record.name, record.path, "removed")
            else:
                yield FileReport(record.name, record.path, "failed", (FileProblem("gone"),))
