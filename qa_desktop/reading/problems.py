"""How a reader of one format says that a file, or the whole of it, cannot be read."""

from __future__ import annotations

from qa_desktop.domain import FileProblem


class Unreadable(Exception):
    """Nothing of the file can be had; `problem` says why.

    Raised by the readers of the formats inside the worker process; `Reader.read` returns the problem.
    """

    def __init__(self, reason: str, detail: str = "", part: str = "") -> None:
        super().__init__(reason, detail)
        self.problem = FileProblem(reason, detail, part)
