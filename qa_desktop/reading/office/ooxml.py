"""The packages that Office writes since 2007 (OOXML): parts in a zip archive, tied together by relations.

Names of parts are compared without regard to case and to the kind of slash, as Office does.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from qa_desktop.domain import FileProblem, collapse
from qa_desktop.reading.archives.archive import LARGEST_PART, open_archive, read_member
from qa_desktop.reading.blocks import About
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.safe_xml import Element, local, parse_xml

# When Excel's own templates were made; a workbook made from one may still say so.
_TEMPLATES = ("1996-10-14", "2006-09-16", "2006-09-28")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part points to: `kind` is the last word of the relation's type, `target` a part's name."""

    id: str
    kind: str
    target: str


class Package:
    """An OOXML file, opened; `problems` gathers parts that could not be read."""

    def __init__(self, data: bytes) -> None:
        self._archive = open_archive(data)
        self._names = {n.replace("\\", "/").lstrip("/").lower(): n for n in self._archive.namelist()}
        self.problems: list[FileProblem] = []

    def has(self, part: str) -> bool:
        """Tell whether there is such a part."""
        return bool(part) and part.lower() in self._names

    def names(self) -> list[str]:
        """Return the parts in the order of the archive, in lower case."""
        return list(self._names)

    def bytes_of(self, part: str, most: int = LARGEST_PART) -> bytes:
        """Return a part's bytes, none where there is none; raises `Unreadable`, also for more than `most`."""
        if not self.has(part):
            return b""
        return read_member(self._archive, self._archive.getinfo(self._names[part.lower()]), most=most)

    def xml(self, part: str) -> Element:
        """Return a part's root, None where there is none; one that is broken is named in `problems`."""
        if not self.has(part):
            return None
        try:
            return parse_xml(self.bytes_of(part), part)
        except Unreadable as error:
            problem = FileProblem(error.problem.reason, error.problem.detail, posixpath.basename(part))
            if problem not in self.problems:
                self.problems.append(problem)
            return None

    def main(self, usual: str) -> str:
        """Return the name of the main part: what the package names as such, else `usual`."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and self.has(relation.target):
                return relation.target
        return usual

    def relations(self, part: str) -> list[Relation]:
        """Return the relations of a part ("" for the package) to other parts, in the file's order."""
        base, name = posixpath.split(part)
        root = self.xml(posixpath.join(base, "_rels", f"{name}.rels"))
        found: list[Relation] = []
        for relation in root if root is not None else ():
            if local(relation) != "Relationship" or relation.get("TargetMode") == "External":
                continue
            target = (relation.get("Target") or "").replace("\\", "/").split("#", 1)[0]
            path = target if target.startswith("/") else posixpath.join(base, target)
            kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
            found.append(Relation(relation.get("Id") or "", kind, posixpath.normpath(path).lstrip("/")))
        return found

    def related(self, part: str, *kinds: str) -> Iterator[str]:
        """Yield the parts that `part` points to by relations of these kinds, each once."""
        seen: set[str] = set()
        for relation in self.relations(part):
            if relation.kind in kinds and relation.target not in seen and self.has(relation.target):
                seen.add(relation.target)
                yield relation.target

    def about(self) -> About:
        """Return what the core properties say; `About.date` is when it was made, else when it was changed."""
        core = next(self.related("", "core-properties"), "docprops/core.xml")
        root = self.xml(core)
        found = {local(e): collapse(e.text or "") for e in (root if root is not None else ())}
        made, changed = found.get("created", "")[:10], found.get("modified", "")[:10]
        return About(
            found.get("title", ""),
            found.get("creator", "") or found.get("lastModifiedBy", ""),
            made if made and not (changed and made in _TEMPLATES) else changed,
            found.get("language", ""),
            origin="document properties",
        )
