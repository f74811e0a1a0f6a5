"""A failure with words for the user, and those that belong to no part of the program."""

from __future__ import annotations


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


class SettingsInvalid(QAError):
    """The settings file holds a value that cannot be used."""

    code = "settings_invalid"
    exit_status = 2
