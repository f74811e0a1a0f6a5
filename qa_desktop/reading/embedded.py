"""What lies inside a file and is a document of its own: attachments, members of archives, embedded files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Embedded:
    """A document inside a file.

    `name` is what the file calls it, cleaned for showing and never used as a path; `place` says in words
    where it lies ("attachment report.pdf").
    """

    name: str
    data: bytes
    place: str
