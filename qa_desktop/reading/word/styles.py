"""What a Word document's styles say about its paragraphs: headings, lists, captions, what is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa_desktop.domain import BlockKind
from qa_desktop.reading.safe_xml import Element, child, local, value

_HEADING = re.compile(r"heading ?([1-9])", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")
_NO_INK = "ffffff"
_TINY = 2  # half points


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks: what kind it is, and by which list and level of it it is numbered."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    label: str = ""
    list_id: str = ""
    list_level: int = 0
    hidden: bool = False


class Styles:
    """The styles of one document, each based on another."""

    def __init__(self, root: Element) -> None:
        self._names: dict[str, str] = {}
        self._based: dict[str, str] = {}
        self._levels: dict[str, int] = {}
        self._numbers: dict[str, tuple[str, int]] = {}
        self._hidden: dict[str, bool] = {}
        self._shaded: set[str] = set()
        for style in root if root is not None else ():
            if local(style) == "style":
                self._add(style)

    def _add(self, style: Element) -> None:
        key = value(style, "styleId")
        self._names[key] = value(child(style, "name"), "val") or key
        based = child(style, "basedOn")
        if based is not None:
            self._based[key] = value(based, "val")
        properties = child(style, "pPr")
        outline = value(child(properties, "outlineLvl"), "val")
        if outline.isdigit():
            self._levels[key] = int(outline) + 1
        if child(properties, "numPr") is not None:
            self._numbers[key] = _list_of(properties)
        if _has_ground(properties):
            self._shaded.add(key)
        vanish = child(style, "rPr", "vanish")
        if vanish is not None:
            self._hidden[key] = value(vanish, "val") not in _OFF

    def look(self, properties: Element) -> Look:
        """Return how a paragraph with these properties looks."""
        chain = self._chain(value(child(properties, "pStyle"), "val"))
        names = [self._names.get(key, key).lower() for key in chain]
        hidden = self._vanishes(chain)
        list_id, list_level = self._list(properties, chain)
        level = self._level(properties, chain, names)
        if level:
            return Look(BlockKind.HEADING, level, "", list_id, list_level, hidden)
        if any(name.startswith("caption") for name in names):
            return Look(BlockKind.CAPTION, hidden=hidden)
        if any(re.match(r"toc ?\d|table of figures", name) for name in names):
            return Look(BlockKind.ASIDE, label="contents")
        listed = bool(list_id) or (
            child(properties, "numPr") is None and any("list" in name for name in names)
        )
        kind = BlockKind.LIST if listed else BlockKind.PARAGRAPH
        return Look(kind, 0, "", list_id, list_level, hidden)

    def hides(self, run: Element, look: Look) -> bool:
        """Tell whether nobody sees the text of a run: hidden by its style, white on white, or of no size."""
        properties = child(run, "rPr")
        if properties is None:
            return look.hidden
        for name in ("vanish", "specVanish"):
            vanish = child(properties, name)
            if vanish is not None:
                return value(vanish, "val") not in _OFF
        if look.hidden or self._vanishes(self._chain(value(child(properties, "rStyle"), "val"))):
            return True
        size = value(child(properties, "sz"), "val")
        if size.isdigit() and int(size) <= _TINY:
            return True
        white = value(child(properties, "color"), "val").lower() == _NO_INK
        return white and not self._on_ground(run, properties)

    def _on_ground(self, run: Element, properties: Element) -> bool:
        """Tell whether there may be a colour behind a run; that of tables and boxes is not worked out."""
        if _has_ground(properties) or child(properties, "highlight") is not None:
            return True
        for around in run.iterancestors():
            name = local(around)
            if name in ("tc", "txbxContent", "hdr", "ftr") or child(around, "background") is not None:
                return True
            if name == "p":
                paragraph = child(around, "pPr")
                chain = self._chain(value(child(paragraph, "pStyle"), "val"))
                if _has_ground(paragraph) or any(key in self._shaded for key in chain):
                    return True
        return False

    def _vanishes(self, chain: list[str]) -> bool:
        return next((self._hidden[key] for key in chain if key in self._hidden), False)

    def _list(self, properties: Element, chain: list[str]) -> tuple[str, int]:
        """Return the list that numbers a paragraph and the level in it, ("", 0) for none."""
        found = [self._numbers[key] for key in chain if key in self._numbers][:1]
        if child(properties, "numPr") is not None:
            own = _list_of(properties)
            found = [(own[0] or (found[0][0] if found else ""), own[1])]
        list_id, level = found[0] if found else ("", 0)
        return ("", 0) if list_id == "0" else (list_id, level)

    def _level(self, properties: Element, chain: list[str], names: list[str]) -> int:
        direct = value(child(properties, "outlineLvl"), "val")
        if direct.isdigit():
            level = int(direct) + 1
            return level if level <= 6 else 0
        if names[:1] == ["title"]:
            return 1
        for key, name in zip(chain, names, strict=True):
            found = _HEADING.fullmatch(name)
            level = int(found.group(1)) if found else self._levels.get(key, 0)
            if level:
                return min(level, 6) if level <= 9 else 0
        return 0

    def _chain(self, key: str) -> list[str]:
        chain: list[str] = []
        while key and key not in chain:
            chain.append(key)
            key = self._based.get(key, "")
        return chain


def _list_of(properties: Element) -> tuple[str, int]:
    numbering = child(properties, "numPr")
    level = value(child(numbering, "ilvl"), "val")
    return value(child(numbering, "numId"), "val"), min(8, int(level)) if level.isdigit() else 0


def _has_ground(properties: Element) -> bool:
    fill = value(child(properties, "shd"), "fill").lower()
    return bool(fill) and fill not in ("auto", _NO_INK)
