"""Every failure that is expected: each writes its own title, explanation and remedy.

A head (command line or window) catches `QAError`, shows the three sentences and, on request, the
`details`; it never shows a traceback.  Errors of the operating system and of parsers are translated at the
edge where they occur, `raise ... from error`, so that a bug report still holds the cause.

Files that could not be read do not raise: they become a `FileProblem` with one of the codes in `REASONS`.
"""

from __future__ import annotations

from qa_desktop.errors.failure import PathNotFound, QAError, SettingsInvalid, UsageError
from qa_desktop.errors.library_failures import (
    DiskFull,
    LibraryBusy,
    LibraryDamaged,
    LibraryLocked,
    LibraryModelMismatch,
    LibraryReadOnly,
    LibraryTooNew,
    NoLibrary,
    is_disk_full,
)
from qa_desktop.errors.model_failures import (
    ModelAltered,
    ModelListInvalid,
    ModelMissing,
    ModelRefused,
    ModelUnknown,
    ModelUnusable,
)
from qa_desktop.errors.reasons import REASONS, Reason

__all__ = [
    "REASONS",
    "DiskFull",
    "LibraryBusy",
    "LibraryDamaged",
    "LibraryLocked",
    "LibraryModelMismatch",
    "LibraryReadOnly",
    "LibraryTooNew",
    "ModelAltered",
    "ModelListInvalid",
    "ModelMissing",
    "ModelRefused",
    "ModelUnknown",
    "ModelUnusable",
    "NoLibrary",
    "PathNotFound",
    "QAError",
    "Reason",
    "SettingsInvalid",
    "UsageError",
    "is_disk_full",
]
