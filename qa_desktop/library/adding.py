"""Add, update and try again: which files are to be read, and what becomes of those that are not there."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qa_desktop.domain import FileProblem
from qa_desktop.indexing import store_write
from qa_desktop.indexing.build import Build, Tools
from qa_desktop.indexing.compare import READER, FoundFile, free_name, is_unchanged
from qa_desktop.indexing.report import AddReport, FileReport, joined
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.store_sources import Source
from qa_desktop.indexing.store_write import FileFacts, FileRecord
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
        files = list(self._bring_in(finding))
        return joined(files, time.monotonic() - started)

    def update(self) -> AddReport:
        """Bring the library in line with its sources: new, changed, moved and gone files.

        A folder that is not there, or holds nothing any more, may be a drive that is not plugged in:
        its documents are kept, and the report says so.
        """
        started = time.monotonic()
        sources = moved_sources(self.store)
        finding = find(((s, s.path) for s in sources), self._folder, self.report, self.cancel)
        files = [*self._bring_in(finding), *self._take_out(finding, sources)]
        return joined(files, time.monotonic() - started)

    def retry(self, documents: Iterable[int]) -> AddReport:
        """Read the files of `documents` again, even where nothing about them has changed."""
        started = time.monotonic()
        sources = {s.id: s for s in moved_sources(self.store)}
        files = []
        for document in documents:
            record = store_write.record(self.store, document)
            files.append(
                FoundFile(
                    sources[record.source], Path(record.path), record.name, record.size, record.mtime_ns
                )
            )
        tools = replace(self.tools, again=True)
        return joined(list(self._read(files, tools)), time.monotonic() - started)

    # ------------------------------------------------------------------------------- inside

    @property
    def _folder(self) -> Path:
        return Path(os.path.abspath(self.store.folder))  # noqa: PTH100 -- resolve() would follow links

    def _bring_in(self, finding: Finding) -> Iterator[FileReport]:
        records = self._records_but_opened_folders(finding)
        waiting = []
        for path, file in finding.files.items():
            record = records.get(path)
            if record is not None and is_unchanged(file, record):
                yield self._unchanged(record)
            else:
                waiting.append(file)
        for path, (source, problem) in finding.problems.items():
            yield self._not_found(path, source, problem, records.get(path))
        yield from self._read(waiting, self.tools)

    def _records_but_opened_folders(self, finding: Finding) -> dict[str, FileRecord]:
        """Return what the library knows; a folder named because it could not be listed goes when it can."""
        records = store_write.records(self.store)
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
        entry = self.store.entry(record.id)
        return FileReport(record.name, record.path, "unchanged", record.problems, entry.pages, entry.passages)

    def _not_found(
        self, path: str, source: Source, problem: FileProblem, record: FileRecord | None
    ) -> FileReport:
        """Name what could not even be looked at; a document that was read from there keeps its text."""
        if record is not None:
            if record.state != "unreadable":
                kept = [replace(problem, part=store_write.STALE)]
                store_write.set_problems(self.store, record.id, kept, "partial")
            return FileReport(record.name, path, "failed", (problem,))
        taken = {r.name: r.path for r in store_write.records(self.store).values()}
        below = Path(path).relative_to(source.path).as_posix() if Path(path) != source.path else ""
        name = free_name(below or source.path.name, source.path, taken, path)
        kind = Path(path).suffix.lstrip(".").lower() or "folder"
        store_write.put_unreadable(
            self.store, FileFacts(source.id, path, name, 0, 0, ""), kind, READER, problem
        )
        return FileReport(name, path, "failed", (problem,))

    def _take_out(self, finding: Finding, sources: Sequence[Source]) -> Iterator[FileReport]:
        """Remove documents whose file is gone from a source that is there."""
        blocked = [Path(path) for path in finding.problems]
        populated = {file.source.id for file in finding.files.values()}
        for record in store_write.records(self.store).values():
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
