"""What lies inside a file and is a document of its own: attachments, members of archives, embedded files."""

from __future__ import annotations

from dataclasses import dataclass

from qa_desktop.domain import FileProblem, collapse
from qa_desktop.reading.blocks import clean

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Embedded:
    """A document inside a file.

    `name` is what the file calls it, cleaned for showing and never used as a path; `place` says in words
    where it lies ("attachment report.pdf").  `problem` tells why its bytes could not be had.
    """

    name: str
    data: bytes
    place: str
    problem: FileProblem | None = None


def cleaned_name(untrusted_name: str) -> str:
    """Return the last part of a name that a file gave, without folders and signs that cannot be shown."""
    last = untrusted_name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return collapse(clean(last)).strip(".")[:_LONGEST_NAME]
