"""What goes wrong with a library: it is not there, not whole, not free, not writable, or the disk is full."""

from __future__ import annotations

import errno

from qa_desktop.errors.failure import QAError


class NoLibrary(QAError):
    """The folder holds no library."""

    code = "no_library"

    def __init__(self, folder: object) -> None:
        super().__init__(
            "There is no library in this folder",
            f"“{folder}” does not hold a QA Desktop library.",
            "Add documents to make one (qa-desktop add), or name the folder of an existing library.",
        )


class LibraryTooNew(QAError):
    """The library was written by a newer version of the program."""

    code = "library_too_new"

    def __init__(self, folder: object, found: int, known: int) -> None:
        super().__init__(
            "This library was made by a newer version of QA Desktop",
            f"“{folder}” uses library format {found}; this program knows formats up to {known}. "
            "Nothing in it was changed.",
            "Update QA Desktop on this computer, or add the documents to a new library.",
        )


class LibraryDamaged(QAError):
    """The database cannot be read as a library."""

    code = "library_damaged"

    def __init__(self, folder: object, details: str = "") -> None:
        super().__init__(
            "This library is damaged",
            f"The database in “{folder}” cannot be read as a QA Desktop library. Nothing in it was changed, "
            "and the original documents are not affected.",
            "Restore the folder from a backup, or add the documents to a new library.",
            details,
        )


class LibraryBusy(QAError):
    """Another program is writing to the library."""

    code = "library_busy"

    def __init__(self, folder: object) -> None:
        super().__init__(
            "Another program is changing this library",
            f"“{folder}” can be changed by one program at a time. It can still be searched.",
            "Wait until the other program has finished, then try again.",
        )


class LibraryReadOnly(QAError):
    """The library's folder cannot be written to."""

    code = "library_read_only"

    def __init__(self, folder: object, details: str = "") -> None:
        super().__init__(
            "This library cannot be changed",
            f"The folder “{folder}” does not allow writing. It can still be searched.",
            "Copy the library to a folder of your own, or ask for permission to write.",
            details,
        )


class LibraryLocked(QAError):
    """The library's files may not be read."""

    code = "library_locked"

    def __init__(self, folder: object, details: str = "") -> None:
        super().__init__(
            "This library may not be read",
            f"The computer does not allow the files in “{folder}” to be read.",
            "Ask the owner of the folder for permission to read it.",
            details,
        )


class LibraryModelMismatch(QAError):
    """The library was built with a model that is not at hand."""

    code = "library_model"

    def __init__(self, folder: object, model: str) -> None:
        super().__init__(
            "This library needs a model that is not here",
            f"“{folder}” was built with the model “{model}”, and its vectors mean nothing to another one.",
            "Install that model (qa-desktop models add FOLDER), or add the documents to a new library.",
        )


class DiskFull(QAError):
    """There is no space left where the library lies."""

    code = "disk_full"

    def __init__(self, folder: object, details: str = "") -> None:
        super().__init__(
            "The disk is full",
            f"There is no space left to write in “{folder}”. What had been added before is kept, "
            "and nothing is half-written.",
            "Free some space, then add the same files again: those already in the library are skipped.",
            details,
        )


def is_disk_full(error: BaseException) -> bool:
    """Tell whether `error`, or what caused it, means that there is no space left."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return True
        if "database or disk is full" in str(seen):
            return True
        seen = seen.__cause__
    return False
