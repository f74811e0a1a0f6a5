"""The blocks of an HTML page, in the order of the page: what is seen, and apart from it what is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qa_desktop.domain import BlockKind, collapse
from qa_desktop.reading.blocks import Marker
from qa_desktop.reading.web.html_notes import Notes, marker_of
from qa_desktop.reading.web.html_sight import Sight, Sights
from qa_desktop.reading.web.html_table import Cell, grid, is_layout

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

HIDDEN = "hidden"
NO_SCRIPT = "no script"
_FORM = "form"
_READING_AID = "reading aid"

_WHITE = re.compile(r"[ \t\r\n\f]+")
_DEEPEST_FRAME = 3
_TELLING = 4  # words from which on the text for a picture says something


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SILENT = _names("""
    script style template head title meta link object embed canvas audio video map area col colgroup param
    source track meter progress datalist rp desc metadata
""")
_BLOCKS = _names("""
    html body p div section article main header footer nav aside form fieldset address blockquote center
    h1 h2 h3 h4 h5 h6 ul ol li dl dt dd pre table caption thead tbody tfoot tr td th figure figcaption hr
    details summary dialog hgroup menu legend button search iframe noscript svg text
""")
AROUND = _names("nav header footer aside form button dialog menu search")  # what rarely holds the text proper
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_KINDS = {
    "li": BlockKind.LIST,
    "dd": BlockKind.LIST,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
}


@dataclass(slots=True)
class HtmlBlock:
    """One block; `rows` for tables, `parts` for others.

    `around`: it lies in a nav, a footer, ...  `aside` says why it is set aside whatever the page is about:
    it is hidden, or shown only where scripts do not run, or the content of a form.  `linked` counts the
    characters of it that are links.
    """

    kind: BlockKind
    parts: list[str | Marker] = field(default_factory=list)
    level: int = 0
    label: str = ""
    rows: list[list[Cell]] = field(default_factory=list)
    around: bool = False
    aside: str = ""
    linked: int = 0

    @property
    def text(self) -> str:
        """The words of the block; a table has a line for each row, cells separated by tabs."""
        if self.rows:
            return "\n".join("\t".join(map(words_of, row)) for row in self.rows)
        return words_of(self.parts)


def words_of(parts: list[str | Marker]) -> str:
    """Return the words of a block's parts, without the markers of notes."""
    return "".join(p for p in parts if isinstance(p, str))


@dataclass(frozen=True, slots=True)
class _Inside:
    """What the walk is inside of."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    around: bool = False
    pre: bool = False
    label: str = ""
    aside: str = ""
    linked: bool = False
    sight: Sight = field(default_factory=Sight)


def blocks_of_tree(tree: LexborHTMLParser, notes: Notes | None = None) -> list[HtmlBlock]:
    """Return the blocks of a page; `notes` gathers the notes of several pages."""
    gatherer = _Gatherer(tree, notes or Notes())
    gatherer.walk()
    return gatherer.blocks


def _children(node: LexborNode) -> Iterator[LexborNode]:
    return node.iter(include_text=True)


class _Gatherer:
    """Walks a page and cuts it where a block begins or ends; no recursion, for pages are nested at will."""

    def __init__(self, tree: LexborHTMLParser, notes: Notes, depth: int = 0) -> None:
        self.blocks: list[HtmlBlock] = []
        self._notes = notes
        self._depth = depth
        self._tree = tree
        self._sights = Sights(tree)
        self._current = HtmlBlock(BlockKind.PARAGRAPH)
        self._filled = False  # the current block has words
        self._unseen: list[tuple[str, str]] = []  # what is set aside in the current block, and why
        self._pictures: list[str] = []

    def walk(self) -> None:
        """Gather the blocks of the page."""
        inside = _Inside(sight=self._sights.first)
        stack: list[tuple[LexborNode | None, _Inside]] = [(self._tree.root, inside)]
        while stack:
            node, inside = stack.pop()
            if node is None:
                self._cut(inside)
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._add_text(node.text_content or "", inside)
                continue
            if tag.startswith(("-", "!")) or tag in _SILENT:
                continue
            sight = self._sights.at(node, inside.sight)
            if sight is not inside.sight:
                inside = replace(inside, sight=sight)
            if tag == "br":
                self._break(inside)
            elif self._special(node, tag, inside):
                continue
            else:
                if tag == "a":
                    inside = replace(inside, linked=True)
                if tag in _BLOCKS:
                    outside, inside = inside, self._enter(node, tag, inside)
                    self._cut(inside)
                    stack.append((None, outside))
                stack.extend((child, inside) for child in reversed(list(_children(node))))
        self._cut(_Inside())

    def _special(self, node: LexborNode, tag: str, inside: _Inside) -> bool:
        """Add `node` if its kind of element is not read like others, and tell whether that was so."""
        if tag in ("sup", "a") and not inside.sight.hidden:
            marker = marker_of(node, self._notes) if self._filled and not self._current.label else None
            if marker:
                self._current.parts.append(marker)
            return bool(marker)
        if tag == "table":
            return not inside.sight.hidden and self._table(node, inside)
        if tag == "img":
            alt = collapse(node.attributes.get("alt") or "")
            if len(alt.split()) >= _TELLING and not inside.sight.hidden:
                self._pictures.append(alt)
        elif tag == "rt":
            self._unseen.append((_READING_AID, f"{node.text()} "))
        elif tag in ("select", "textarea"):
            words = [option.text() for option in node.css("option")] or [node.text()]
            self._unseen.extend((_FORM, f"{collapse(option)}\n") for option in words)
        elif tag == "input":
            if (node.attributes.get("type") or "text") in ("text", "search", "email", "submit", "button"):
                self._unseen.append((_FORM, f"{node.attributes.get('value') or ''}\n"))
        elif tag == "iframe":
            self._frame(node.attributes.get("srcdoc") or "", inside)
        else:
            return tag == "noscript" and not node.text().strip()
        return True

    def _frame(self, page: str, inside: _Inside) -> None:
        """Add the page that stands in a frame; one that must be fetched is not read."""
        if not page or self._depth >= _DEEPEST_FRAME or inside.sight.hidden:
            return
        from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - only the worker needs it

        self._cut(inside)
        framed = _Gatherer(LexborHTMLParser(page), Notes(), self._depth + 1)
        framed.walk()
        self.blocks.extend(framed.blocks)

    def _enter(self, node: LexborNode, tag: str, inside: _Inside) -> _Inside:
        kind, level = inside.kind, inside.level
        if tag in _HEADINGS:
            kind, level = BlockKind.HEADING, _HEADINGS[tag]
        elif tag in _KINDS:
            kind, level = _KINDS[tag], 0
        elif tag in ("ul", "ol", "dl", "td", "th", "blockquote"):
            kind, level = BlockKind.PARAGRAPH, 0
        name = node.attributes.get("id") or ""
        label = self._notes.signs.get(f"{self._notes.address}#{name}", inside.label) if name else inside.label
        aside = NO_SCRIPT if tag == "noscript" else inside.aside
        around = inside.around or tag in AROUND
        pre = inside.pre or tag == "pre"
        return _Inside(kind, level, around, pre, label, aside, inside.linked, inside.sight)

    def _add_text(self, text: str, inside: _Inside) -> None:
        if inside.sight.hidden:
            self._unseen.append((HIDDEN, text))
            return
        parts = self._current.parts
        if not inside.pre:
            text = _WHITE.sub(" ", text)
            last = parts[-1] if parts else " "
            if isinstance(last, str) and last[-1:].isspace():
                text = text.lstrip(" ")
        if text:
            parts.append(text)
            self._current.linked += len(text) if inside.linked else 0
            self._filled = self._filled or not text.isspace()

    def _break(self, inside: _Inside) -> None:
        parts = self._current.parts
        if inside.sight.hidden:
            self._unseen.append((HIDDEN, "\n"))
        elif parts and isinstance(parts[-1], str) and parts[-1].endswith("\n") and not inside.pre:
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
        for alt in self._pictures:
            self.blocks.append(HtmlBlock(BlockKind.CAPTION, [alt], around=block.around, aside=block.aside))
        self._pictures.clear()
        if self._unseen:
            for reason in dict.fromkeys(reason for reason, _ in self._unseen):
                words = collapse("".join(words for why, words in self._unseen if why == reason))
                if words:
                    self.blocks.append(HtmlBlock(BlockKind.ASIDE, [words], aside=reason))
            self._unseen.clear()
        kind = BlockKind.NOTE if following.label else following.kind
        self._current = HtmlBlock(
            kind, [], following.level, following.label, around=following.around, aside=following.aside
        )

    def _table(self, node: LexborNode, inside: _Inside) -> bool:
        """Add `node` as a table if it holds data; one made for the layout is read as what is in it."""
        if is_layout(node):
            return False
        before = len(self._unseen)
        rows = grid(node, inside.sight, self._sights, self._cell)
        if not rows:
            del self._unseen[before:]  # it is read again, as text
            return False
        unseen = self._unseen[before:]
        del self._unseen[before:]
        self._cut(inside)
        for caption in node.css("caption"):
            sight = self._sights.at(caption, inside.sight)
            if words := words_of(self._cell(caption, sight)).strip():
                caption_block = HtmlBlock(BlockKind.CAPTION, [words], around=inside.around)
                self.blocks.append(replace(caption_block, aside=inside.aside))
        self.blocks.append(HtmlBlock(BlockKind.TABLE, rows=rows, around=inside.around, aside=inside.aside))
        self._unseen.extend(unseen)
        return True

    def _cell(self, node: LexborNode, sight: Sight) -> Cell:
        """Return the words in a cell, with the markers of notes; what is not seen is kept for later."""
        parts: Cell = []
        stack: list[tuple[LexborNode | str, Sight]] = [(node, sight)]
        while stack:
            item, sight = stack.pop()
            if isinstance(item, str):
                parts.append(item)
            elif item.tag == "-text":
                text = _WHITE.sub(" ", item.text_content or "")
                if sight.hidden:
                    self._unseen.append((HIDDEN, text))
                elif text:
                    parts.append(text)
            elif not (item.tag or "").startswith(("-", "!")) and item.tag not in _SILENT:
                sight = self._sights.at(item, sight) if item is not node else sight
                filled = any(isinstance(p, str) and p.strip() for p in parts)
                if item.tag in ("sup", "a") and filled and (marker := marker_of(item, self._notes)):
                    parts.append(marker)
                    continue
                apart = " " if item.tag in _BLOCKS or item.tag == "br" else ""
                stack.append((apart, sight))
                stack.extend((below, sight) for below in reversed(list(_children(item))))
                parts.append(apart)
        return [p for p in parts if p]
