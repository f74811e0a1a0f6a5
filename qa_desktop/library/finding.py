"""From the paths a user names, or the sources a library remembers, to the files on disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qa_desktop.domain import FileProblem, SourceFile
from qa_desktop.errors import PathNotFound
from qa_desktop.indexing import store_sources
from qa_desktop.indexing.compare import FoundFile
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.store_sources import Source
from qa_desktop.progress import CancelToken, Progress, Report
from qa_desktop.reading.discover import discover


@dataclass(slots=True)
class Finding:
    """What lies on disk: files, each once, and what could not be looked at."""

    files: dict[str, FoundFile] = field(default_factory=dict)
    problems: dict[str, tuple[Source, FileProblem]] = field(default_factory=dict)
    missing: list[Source] = field(default_factory=list)


def absolute(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return absolute paths without `..`; raise PathNotFound for the first that does not exist."""
    result = []
    for path in paths:
        if not os.path.lexists(path):
            raise PathNotFound(path)
        result.append(Path(os.path.abspath(path)))  # noqa: PTH100 -- resolve() would follow links
    return tuple(dict.fromkeys(result))


def sources_for(store: Store, paths: Sequence[Path]) -> tuple[tuple[Source, Path], ...]:
    """Return each path with the source it belongs to, made if no folder that was added holds it."""
    known = [source for source, _ in store_sources.sources(store)]
    result = []
    for path in paths:
        folder = path.is_dir()
        source = next((s for s in known if s.path == path or (s.folder and s.path in path.parents)), None)
        if source is None:
            source = store_sources.add_source(store, path, folder=folder)
            known.append(source)
        result.append((source, path))
    return tuple(result)


def moved_sources(store: Store) -> tuple[Source, ...]:
    """Return all sources, those first brought up to date that moved along with the library's folder."""
    result = []
    for source, old in store_sources.sources(store):
        if old != str(source.path):
            store_sources.move_source(store, source, old)
        result.append(source)
    return tuple(result)


def find(
    places: Iterable[tuple[Source, Path]], library: Path, report: Report, cancel: CancelToken
) -> Finding:
    """Walk `places`; a place that does not exist is among `missing`, the library's own folder is left out."""
    finding = Finding()
    for source, path in places:
        cancel.check()
        if not os.path.lexists(path):
            finding.missing.append(source)
            continue
        for item in discover([path]):
            cancel.check()
            _take(item, source, library, finding)
            report(Progress("finding", len(finding.files), 0, str(path)))
    return finding


def _take(
    item: SourceFile | tuple[str, FileProblem], source: Source, library: Path, finding: Finding
) -> None:
    if isinstance(item, SourceFile):
        path = Path(item.root) / item.name
        if library not in path.parents:
            file = FoundFile(source, path, _name(path, source), item.size, item.mtime_ns)
            finding.files.setdefault(str(path), file)
    else:
        place, problem = item
        finding.problems.setdefault(place, (source, problem))


def _name(path: Path, source: Source) -> str:
    return path.relative_to(source.path).as_posix() if source.folder else path.name
