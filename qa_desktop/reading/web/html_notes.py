"""Notes of HTML pages: what refers to one, and where it stands, on the same page or another of a book."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from qa_desktop.domain import collapse
from qa_desktop.reading.blocks import Marker

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_NOTE_TARGET = re.compile(r"(?:fn|ftn|note|cite|ref|foot|end)", re.IGNORECASE)
_NOTE_SIGN = re.compile(r"[\[(]?(?P<sign>\d{1,3}|[a-z*†‡§]|[ivx]{1,5})[\])]?")


@dataclass(slots=True)
class Notes:
    """The notes that a page, or the pages of a book, refer to: address and id of each, and its sign."""

    address: str = ""
    signs: dict[str, str] = field(default_factory=dict)

    def target(self, link: str) -> str:
        """Return the place that a link leads to, "" where that is outside the pages."""
        path, hash_sign, name = link.partition("#")
        if not hash_sign or not name or (path and (":" in path or not self.address)):
            return ""
        folder = posixpath.dirname(self.address)
        return f"{posixpath.normpath(posixpath.join(folder, unquote(path))) if path else self.address}#{name}"


def marker_of(node: LexborNode, notes: Notes) -> Marker | None:
    """Return the note's marker that `node` is, if it is one: a sign in a link to a place in the pages."""
    link = node if node.tag == "a" else node.css_first("a")
    attributes = link.attributes if link else {}
    place = notes.target(attributes.get("href") or "")
    if not place:
        return None
    role = f"{attributes.get('epub:type') or ''} {attributes.get('role') or ''}"
    if "noteref" not in role and not _NOTE_TARGET.search(place.rpartition("#")[2]):
        return None
    words = collapse(node.text())
    sign = _NOTE_SIGN.fullmatch(words)
    if not sign:
        return None
    notes.signs[place] = sign["sign"]
    return Marker(sign["sign"], words)
