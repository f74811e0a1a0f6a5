"""Lines of a library's list of documents, made up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qa_desktop.domain import DocumentEntry


def an_entry(id_: int, name: str, **facts: Any) -> DocumentEntry:
    """Return an entry that was read as a whole, with these facts."""
    kind = name.rsplit(".", 1)[-1]
    plain = DocumentEntry(
        id_, name, f"/papers/{name}", kind, "", "", "", False, 1, 3, 1000, "0" * 64, "searchable"
    )
    return replace(plain, **facts)
