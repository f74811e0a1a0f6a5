"""Every failure that is expected: each writes its own title, explanation and remedy.

A head (command line or window) catches `QAError`, shows the three sentences and, on request, the
`details`; it never shows a traceback.  Errors of the operating system and of parsers are translated at the
edge where they occur, `raise ... from error`, so that a bug report still holds the cause.

Files that could not be read do not raise: they become a `FileProblem` with one of the codes in `REASONS`.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass


class QAError(Exception):
    """A failure with words for the user.

    `code` is stable and meant for programs; `exit_status` is that of the command line (2 wrong usage,
    3 the library or a model cannot be used).
    """

    code = "failed"
    exit_status = 3

    def __init__(self, title: str, explanation: str, remedy: str, details: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.explanation = explanation
        self.remedy = remedy
        self.details = details

    def __str__(self) -> str:
        return f"{self.title}. {self.explanation} {self.remedy}"


class UsageError(QAError):
    """The words of a command do not fit together."""

    code = "usage"
    exit_status = 2


class PathNotFound(QAError):
    """A path that was named does not exist."""

    code = "path_not_found"
    exit_status = 2

    def __init__(self, path: object) -> None:
        super().__init__(
            "There is no such file or folder",
            f"Nothing was found at “{path}”.",
            "Check the spelling of the path, or choose the file again.",
        )


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


class ModelMissing(QAError):
    """A model file is not where it should be."""

    code = "model_missing"

    def __init__(self, model: str, file: object) -> None:
        super().__init__(
            f"The model “{model}” is not complete",
            f"The file “{file}” is missing or empty.",
            "Run the set-up again, or install the package of QA Desktop again.",
        )


class ModelAltered(QAError):
    """A model file is not what the lock says it should be."""

    code = "model_altered"

    def __init__(self, model: str, file: object, expected: str, found: str) -> None:
        super().__init__(
            f"The model “{model}” has been altered",
            f"The file “{file}” is not the one this program was tested with, and will not be used.",
            "Run the set-up again, or install the package of QA Desktop again.",
            f"SHA-256 expected {expected}, found {found}",
        )


class ModelUnknown(QAError):
    """No model of that name is registered."""

    code = "model_unknown"
    exit_status = 2

    def __init__(self, model: str, known: str) -> None:
        super().__init__(
            f"There is no model “{model}”",
            f"The models at hand are: {known}.",
            "Choose one of these, or add a model (qa-desktop models add FOLDER).",
        )


class ModelRefused(QAError):
    """A folder that was offered as a model cannot be used."""

    code = "model_refused"


class ModelUnusable(QAError):
    """A model's files are what they should be, but this computer cannot run them."""

    code = "model_unusable"

    def __init__(self, model: str, details: str) -> None:
        super().__init__(
            f"The model “{model}” cannot be loaded",
            "Its files are complete, but they could not be opened for use.",
            "Close other programs if memory is short, then try again; "
            "a model you added yourself may have to be added again.",
            details,
        )


class ModelListInvalid(QAError):
    """A list of models cannot be understood."""

    code = "model_list_invalid"

    def __init__(self, path: object, details: str) -> None:
        super().__init__(
            "The list of models cannot be read",
            f"“{path}” is missing, or is not a list of models this program understands.",
            "Run the set-up again. If it is the list of models you added yourself, delete it and add them "
            "again.",
            details,
        )


class SettingsInvalid(QAError):
    """The settings file holds a value that cannot be used."""

    code = "settings_invalid"
    exit_status = 2


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


@dataclass(frozen=True, slots=True)
class Reason:
    """Words for one reason code of a file that was not read, or read in part."""

    title: str
    explanation: str
    remedy: str


REASONS: dict[str, Reason] = {
    "encrypted": Reason(
        "Protected by a password",
        "The file can only be opened with a password.",
        "Save a copy without the password and add that.",
    ),
    "damaged": Reason(
        "Damaged",
        "The file breaks off or is not built as its format demands.",
        "Open it in the program that made it and save it again, or fetch it again.",
    ),
    "empty": Reason(
        "Empty",
        "The file holds no bytes, or nothing but blanks.",
        "Check whether it was copied completely.",
    ),
    "no_text": Reason(
        "No text found",
        "The file holds pictures of pages, but no text that can be searched.",
        "Run text recognition (OCR) over it and add the result.",
    ),
    "unsupported": Reason(
        "Format not read",
        "QA Desktop does not read this kind of file.",
        "Save it as PDF, DOCX, HTML or plain text and add that.",
    ),
    "too_large": Reason(
        "Too large",
        "The file, or what it unpacks to, is larger than the limit.",
        "Split it into smaller files.",
    ),
    "timed_out": Reason(
        "Took too long",
        "Reading was stopped because it did not come to an end in time.",
        "Try again when the computer is less busy, or split the file.",
    ),
    "out_of_memory": Reason(
        "Needs too much memory",
        "Reading was stopped because the file asks for more memory than is allowed.",
        "Split the file, or save it again in the program that made it.",
    ),
    "permission": Reason(
        "No permission",
        "The computer does not allow this file or folder to be read.",
        "Ask its owner for permission to read it.",
    ),
    "gone": Reason(
        "Gone",
        "The file is no longer where it was.",
        "Put it back, or remove it from the library.",
    ),
    "crashed": Reason(
        "Could not be read",
        "The reader broke down over this file, twice. Nothing else was affected.",
        "Open it in the program that made it and save it again.",
    ),
}
