"""Find the files that a user means by naming files and folders."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from qa_desktop.domain import FileProblem, SourceFile
from qa_desktop.errors import PathNotFound

_TEMPORARY = re.compile(
    r"""
      ~\$.*                                                     # open in an office program
    | .*\.(?:tmp|temp|part|partial|crdownload|download|swp|swo|bak~|lnk|url)
    | .*~
    | (?:thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|\$recycle\.bin|system\ volume\ information|__macosx)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CHUNK = 1 << 20

Found = SourceFile | tuple[str, FileProblem]


def discover(paths: Sequence[Path]) -> Iterator[Found]:
    """Yield the files at and below `paths`, each once, in the order of their names.

    What was named itself is always taken; below a folder, hidden and temporary files and folders are
    passed over.  Links are followed, but no folder is entered twice.  A folder that cannot be listed, or a
    link that leads nowhere, is yielded as its absolute path with a `FileProblem`.

    Raises `PathNotFound` at once when one of `paths` does not exist.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise PathNotFound(path)
    return _walk_all([Path(os.path.abspath(path)) for path in paths])  # noqa: PTH100 - resolve() follows links


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits; raise `OSError` where it cannot be read."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def is_passed_over(name: str) -> bool:
    """Tell whether a file or folder of this name is hidden or temporary."""
    return name.startswith(".") or bool(_TEMPORARY.fullmatch(name))


def _walk_all(paths: Sequence[Path]) -> Iterator[Found]:
    seen_files: set[tuple[int, int]] = set()
    seen_folders: set[tuple[int, int]] = set()
    for path in paths:
        root = path if path.is_dir() else path.parent
        for found, identity in _walk(path, root, seen_folders):
            if identity is None or identity not in seen_files:
                yield found
            if identity is not None:
                seen_files.add(identity)


def _walk(
    path: Path, root: Path, seen_folders: set[tuple[int, int]]
) -> Iterator[tuple[Found, tuple[int, int] | None]]:
    """Yield what lies at and below `path`, with what tells two names of one file."""
    waiting = [path]
    while waiting:
        at = waiting.pop()
        try:
            status = at.stat()
            if stat.S_ISREG(status.st_mode):
                name = at.relative_to(root).as_posix()
                yield SourceFile(str(root), name, status.st_size, status.st_mtime_ns), _identity(status)
            elif stat.S_ISDIR(status.st_mode):
                if _identity(status) in seen_folders:
                    continue
                seen_folders.add(_identity(status))
                names = [name for name in os.listdir(at) if not is_passed_over(name)]  # noqa: PTH208 - names only
                names.sort(key=lambda name: (name.casefold(), name), reverse=True)
                waiting.extend(at / name for name in names)
        except OSError as error:
            yield (str(at), FileProblem(_reason(error), error.strerror or "")), None


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "permission"
    # A link that leads nowhere, or round in a circle, has no file behind it.
    return "gone"
