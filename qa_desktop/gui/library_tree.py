"""The documents of a library as a tree: folders, documents, and what lies inside documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt

from qa_desktop.domain import DocumentEntry
from qa_desktop.gui import report_words, words
from qa_desktop.gui.words import tr


@dataclass(eq=False, slots=True)
class Node:
    """A folder, or a document when `entry` is set; `path` is its name in the library.

    A document may have children: messages have attachments, archives have members.
    """

    label: str
    path: str
    parent: Node | None = None
    entry: DocumentEntry | None = None
    ticked: bool = True
    children: list[Node] = field(default_factory=list)
    row: int = 0

    def leaves(self) -> Iterator[Node]:
        """Yield every document below, and itself if it is one."""
        if self.entry is not None:
            yield self
        for child in self.children:
            yield from child.leaves()

    @property
    def searchable(self) -> int:
        """How many documents below have text of their own."""
        return sum(1 for leaf in self.leaves() if leaf.entry and has_text(leaf.entry))

    @property
    def state(self) -> Qt.CheckState:
        """Ticked, not ticked, or partly."""
        ticks = {leaf.ticked for leaf in self.leaves()}
        if len(ticks) > 1:
            return Qt.CheckState.PartiallyChecked
        return Qt.CheckState.Unchecked if ticks == {False} else Qt.CheckState.Checked


def has_text(entry: DocumentEntry) -> bool:
    """Tell whether a document has text of its own; an archive, for one, only has what lies inside it."""
    return entry.state != "read"


def build_tree(entries: Sequence[DocumentEntry], unticked: frozenset[str] = frozenset()) -> Node:
    """Return the root of a tree over `entries`: folders first, then documents, by name.

    What lies inside a document stands below it, in the order in which the document holds it.
    """
    root = Node("", "")
    folders = {"": root}
    documents = {
        entry.id: Node(words.title(entry), entry.name, None, entry, ticked=entry.name not in unticked)
        for entry in entries
    }
    for entry in entries:
        node = documents[entry.id]
        holder = documents.get(entry.container) if entry.container is not None else None
        node.parent = holder or _folder(entry.name.split("/")[:-1], folders)
        node.parent.children.append(node)
    for parent in (*folders.values(), *documents.values()):
        parent.children.sort(key=_order)
        for row, child in enumerate(parent.children):
            child.row = row
    return root


def _folder(above: Sequence[str], folders: dict[str, Node]) -> Node:
    """Return the folder with this path, made with those around it if it is new."""
    parent = folders[""]
    for depth in range(len(above)):
        path = "/".join(above[: depth + 1])
        if path not in folders:
            folders[path] = Node(above[depth], path, parent)
            parent.children.append(folders[path])
        parent = folders[path]
    return parent


def _order(node: Node) -> tuple[bool, tuple[int, ...], str, str]:
    inside = node.entry.inside if node.entry else ()
    return (node.entry is not None, inside, node.label.casefold(), node.path)


def shown_label(node: Node) -> str:
    """Return what the tree shows: a folder with its count, a document with what has to be known of it."""
    entry = node.entry
    if entry is None:
        return f"{node.label} ({words.number(node.searchable)})"
    marks = [tr("scan")] if entry.scanned else []
    if entry.same_text_as:
        marks.append(tr("duplicate"))
    return " · ".join([node.label, *marks])


def describe(node: Node) -> str:
    """Return what a tooltip says about a folder or document: plain text, one fact a line."""
    entry = node.entry
    if entry is None:
        return f"{node.path}\n{words.documents(node.searchable)}"
    pages = words.count(entry.pages, tr("%n page"), tr("%n pages")) if entry.paged else ""
    size = words.size(entry.size) if entry.size else ""
    language = words.language(entry.language)
    facts = [words.kind(entry.kind), pages, size, words.date(entry.date), language, entry.author]
    lines = [entry.title, entry.name, entry.place, " · ".join(f for f in facts if f)]
    if entry.scanned:
        lines.append(report_words.scanned(entry.scanned, entry.confidence))
    if entry.same_text_as:
        lines.append(report_words.duplicate(entry.same_text_as))
    if node.children:
        lines.append(
            words.count(len(node.children), tr("%n document inside it"), tr("%n documents inside it"))
        )
    return "\n".join([line for line in lines if line] + [words.problem(p) for p in entry.problems])
