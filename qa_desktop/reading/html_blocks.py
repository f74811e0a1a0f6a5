"""The visible blocks of an HTML page, in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qa_desktop.domain import BlockKind, collapse
from qa_desktop.reading.blocks import About, Marker

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_WHITE = re.compile(r"[ \t\r\n\f]+")
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:^|;)\s*(?:font-size|opacity)\s*:\s*0(?:\.0+)?"
    r"(?:px|pt|em|%)?\s*(?:;|$|!)",
    re.IGNORECASE,
)
_NOTE_TARGET = re.compile(r"#(?P<id>.*(?:fn|ftn|note|cite|ref|foot|end).*)", re.IGNORECASE)
_NOTE_SIGN = re.compile(r"\[?(?P<sign>\d{1,3}|[a-z*†‡§]|[ivx]{1,5})\]?")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SILENT = _names("""
    script style template noscript head title meta link iframe object embed canvas audio video svg select
    datalist textarea input map area col colgroup param source track
""")
_BLOCKS = _names("""
    html body p div section article main header footer nav aside form fieldset address blockquote center
    h1 h2 h3 h4 h5 h6 ul ol li dl dt dd pre table caption thead tbody tfoot tr td th figure figcaption hr
    details summary dialog hgroup menu legend button search
""")
AROUND = _names("nav header footer aside form button dialog menu search")  # what rarely holds the text proper
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_KINDS = {
    "li": BlockKind.LIST,
    "dd": BlockKind.LIST,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
}
_LONGEST_CELL = 1_000  # characters; a table with longer ones is there for the layout


@dataclass(slots=True)
class HtmlBlock:
    """One visible block; `rows` for tables, `parts` for others; `around`: it lies in a nav, a footer, ...."""

    kind: BlockKind
    parts: list[str | Marker] = field(default_factory=list)
    level: int = 0
    label: str = ""
    rows: list[list[str]] = field(default_factory=list)
    around: bool = False

    @property
    def text(self) -> str:
        """The words of the block."""
        if self.rows:
            return "\n".join("\t".join(row) for row in self.rows)
        return "".join(p for p in self.parts if isinstance(p, str))


def blocks_of_tree(text: str) -> tuple[list[HtmlBlock], About]:
    """Parse a page and return its visible blocks, and its title, author and language as its head says."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - only the worker needs it

    tree = LexborHTMLParser(text)
    root = tree.root
    if root is None:
        return [], About()
    title = tree.css_first("title")
    author = tree.css_first('meta[name="author"]')
    about = About(
        collapse(title.text()) if title else "",
        (author.attributes.get("content") or "") if author else "",
        language=root.attributes.get("lang") or "",
    )
    gatherer = _Gatherer()
    gatherer.walk(root)
    return gatherer.blocks, about


def _hidden(node: LexborNode) -> bool:
    tag = node.tag
    if tag in _SILENT:
        return True
    attributes = node.attributes
    return bool(
        attributes
        and (
            "hidden" in attributes
            or (attributes.get("aria-hidden") or "").lower() == "true"
            or _HIDING_STYLE.search(attributes.get("style") or "")
        )
    )


def _children(node: LexborNode) -> Iterator[LexborNode]:
    return node.iter(include_text=True)


class _Gatherer:
    """Walks a page and cuts it where a block begins or ends; no recursion, for pages are nested at will."""

    def __init__(self) -> None:
        self.blocks: list[HtmlBlock] = []
        self._notes: dict[str, str] = {}
        self._current = HtmlBlock(BlockKind.PARAGRAPH)
        self._filled = False  # the current block has words

    def walk(self, root: LexborNode) -> None:
        """Gather the blocks below `root`."""
        # Each entry is (node, kind, level, around, preformatted, note's number) or an end of a block element.
        inside = _Inside()
        stack: list[tuple[LexborNode | None, _Inside]] = [(root, inside)]
        while stack:
            node, inside = stack.pop()
            if node is None:
                self._cut(inside)
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._add_text(node.text_content or "", inside)
                continue
            if tag.startswith(("-", "!")) or _hidden(node):
                continue
            if tag == "br":
                self._break(inside)
                continue
            if tag in ("sup", "a") and self._marker(node):
                continue
            if tag == "table" and self._table(node, inside):
                continue
            if tag in _BLOCKS:
                outside = inside
                inside = self._enter(node, tag, inside)
                self._cut(inside)
                stack.append((None, outside))
            stack.extend((child, inside) for child in reversed(list(_children(node))))
        self._cut(_Inside())

    def _enter(self, node: LexborNode, tag: str, inside: _Inside) -> _Inside:
        kind, level = inside.kind, inside.level
        if tag in _HEADINGS:
            kind, level = BlockKind.HEADING, _HEADINGS[tag]
        elif tag in _KINDS:
            kind, level = _KINDS[tag], 0
        elif tag in ("ul", "ol", "dl", "td", "th", "blockquote"):
            kind, level = BlockKind.PARAGRAPH, 0
        label = self._notes.get((node.attributes or {}).get("id") or "", inside.label)
        return _Inside(kind, level, inside.around or tag in AROUND, inside.pre or tag == "pre", label)

    def _add_text(self, text: str, inside: _Inside) -> None:
        parts = self._current.parts
        if not inside.pre:
            text = _WHITE.sub(" ", text)
            last = parts[-1] if parts else " "
            if isinstance(last, str) and last[-1:].isspace():
                text = text.lstrip(" ")
        if text:
            parts.append(text)
            self._filled = self._filled or not text.isspace()

    def _break(self, inside: _Inside) -> None:
        parts = self._current.parts
        if parts and isinstance(parts[-1], str) and parts[-1].endswith("\n") and not inside.pre:
            self._cut(inside)  # two breaks in a row part paragraphs
        elif parts:
            parts.append("\n")

    def _cut(self, following: _Inside) -> None:
        """End the current block; what comes next is `following`."""
        block = self._current
        if self._filled:
            if isinstance(block.parts[-1], str):
                block.parts[-1] = block.parts[-1].rstrip()
            if isinstance(block.parts[0], str):
                block.parts[0] = block.parts[0].lstrip("\n" if following.pre else " \n")
            self.blocks.append(block)
        self._filled = False
        kind = BlockKind.NOTE if following.label else following.kind
        self._current = HtmlBlock(kind, [], following.level, following.label, around=following.around)

    def _marker(self, node: LexborNode) -> bool:
        """Add a note's marker if that is what `node` is: a sign in a link to a place in the page."""
        link = node if node.tag == "a" else node.css_first("a")
        found = _NOTE_TARGET.fullmatch((link.attributes.get("href") or "") if link else "")
        sign = _NOTE_SIGN.fullmatch(collapse(node.text())) if found else None
        if not found or not sign or not self._filled or self._current.label:
            return False
        self._notes[found["id"]] = sign["sign"]
        self._current.parts.append(Marker(sign["sign"], collapse(node.text())))
        return True

    def _table(self, node: LexborNode, inside: _Inside) -> bool:
        """Add `node` as a table if it holds data; one made for the layout is read as what is in it."""
        if node.css_first("table table, table ul, table h1, table h2, table h3, table form"):
            return False
        rows = [
            [visible_text(cell) for cell in row.css("td, th") if not _hidden(cell)]
            for row in node.css("tr")
            if not _hidden(row)
        ]
        rows = [row for row in rows if any(row)]
        if len(rows) < 2 or max(len(row) for row in rows) < 2:
            return False
        if any(len(cell) > _LONGEST_CELL for row in rows for cell in row):
            return False
        self._cut(inside)
        caption = node.css_first("caption")
        if caption and not _hidden(caption) and (words := visible_text(caption)):
            self.blocks.append(HtmlBlock(BlockKind.CAPTION, [words], around=inside.around))
        self.blocks.append(HtmlBlock(BlockKind.TABLE, rows=rows, around=inside.around))
        return True


@dataclass(frozen=True, slots=True)
class _Inside:
    """What the walk is inside of."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    around: bool = False
    pre: bool = False
    label: str = ""


def visible_text(node: LexborNode) -> str:
    """Return the words of a node and what is below it, without what is hidden."""
    pieces: list[str] = []
    stack: list[LexborNode | str] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
        elif item.tag == "-text":
            pieces.append(item.text_content or "")
        elif not (item.tag or "").startswith(("-", "!")) and not _hidden(item):
            apart = " " if item.tag in _BLOCKS or item.tag == "br" else ""
            stack.append(apart)
            stack.extend(reversed(list(_children(item))))
            pieces.append(apart)
    return collapse("".join(pieces))
