"""Tell what of a page a person sees: hidden text is where instructions to machines are planted.

Looked at are attributes, inline styles, and the rules of the page's own style sheets, the strongest of which
wins as in a browser (CSS Cascade, level 3).  Rules that hold only for some devices or states are not: where
it is not certain that text is hidden, it is visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_LARGEST_SHEET = 1_000_000  # characters of style rules that are looked at
_MOST_RULES = 400  # rules that hide, and as many that show again
_MOST_WORK = 8_000_000  # rules times elements; a large page gets fewer
_LONGEST_STYLE = 20_000  # characters of one element's, or one rule's
_LONGEST_VALUE = 200
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE = re.compile(r"[{}]")
# Selectors that are looked at: without states, and of few steps, for the search takes longer with each.
_SELECTOR = re.compile(r"[^\s:>+~]{1,100}(?:\s*[\s>+~]\s*[^\s:>+~]{1,100}){0,3}")
_IDS, _CLASSES = re.compile(r"#[\w-]"), re.compile(r"[.\[][\w-]")
_TAGS = re.compile(r"(?:^|[\s>+~])[a-zA-Z]")
_NOTHING = re.compile(r"[-+]?0*\.?0*(?:px|pt|em|rem|%|vw|vh)?")
_TINY = re.compile(r"(?:0*\.?0*|0?\.\d+px|1px|1pt|0?\.[01]\d*r?em)(?:px|pt|r?em|%)?")
_FAR = re.compile(r"-\s*(?:[5-9]\d\d|\d{4,})(?:\.\d+)?(?:px|pt)?|-\s*\d{2,}r?em|-\s*[1-9]\d{2,}%")
_CUT_OFF = re.compile(
    r"rect\(\s*(?:[01](?:px)?[\s,]+){3}[01](?:px)?\s*\)|inset\(\s*(?:50|100)%.*\)|polygon\(0 0, 0 0.*"
)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\D+(\d{1,3})\D+(\d{1,3})(?:\D+([\d.]+))?.*\)")
_NAMES = {"white": "#ffffff", "black": "#000000", "snow": "#fffafa", "red": "#ff0000"}

# Each of these is decided by itself: True hides, False shows.
Judged = dict[str, bool]


@dataclass(frozen=True, slots=True)
class Sight:
    """Why the text at a place is not seen: its element is gone, unseen or tiny, or ink and ground are one."""

    gone: bool = False
    unseen: bool = False
    tiny: bool = False
    ink: str = ""
    ground: str = ""

    @property
    def hidden(self) -> bool:
        """True where nothing can be seen."""
        return (
            self.gone
            or self.unseen
            or self.tiny
            or self.ink == "transparent"
            or (bool(self.ink) and self.ink == self.ground)
        )


class Sights:
    """What the style sheets and attributes of one page say about its elements."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        sheet = "\n".join(style.text() for style in tree.css("style"))[:_LARGEST_SHEET]
        self._by_node: dict[int, Judged] = _judged_by_sheet(tree, sheet)
        plain = "background" not in sheet and not tree.css_first('link[rel~="stylesheet"]')
        self.first = Sight(ground="#ffffff" if plain else "")

    def at(self, node: LexborNode, around: Sight) -> Sight:
        """Return the sight inside `node`, given the one around it."""
        judged = self._by_node.get(node.mem_id, {}) if self._by_node else {}
        attributes = node.attributes
        if not judged and not attributes:
            return around
        declared = _declared(attributes.get("style") or "")
        judged = {**judged, **judge(declared)}
        gone = "hidden" in attributes or (attributes.get("aria-hidden") or "").lower() == "true"
        if node.tag in ("html", "body"):
            judged, gone = {}, False  # a page that hides itself as a whole is shown by its scripts
        ink = _colour(declared.get("color") or attributes.get("color") or "")
        ground = declared.get("background-color") or declared.get("background") or ""
        ground = ground or attributes.get("bgcolor") or ""
        if not (gone or judged or ink or ground):
            return around
        return Sight(
            around.gone or gone or any(judged.get(k, False) for k in ("display", "opacity", "place")),
            judged.get("visibility", around.unseen),
            judged.get("size", around.tiny),
            ink or around.ink,
            _colour(ground) if ground else around.ground,
        )


def judge(declared: dict[str, str]) -> Judged:
    """Return what declarations hide or show: display, opacity, visibility, size of letters, place."""
    judged: Judged = {}
    if display := declared.get("display"):
        judged["display"] = display == "none"
    if opacity := declared.get("opacity"):
        judged["opacity"] = bool(_NOTHING.fullmatch(opacity))
    if visibility := declared.get("visibility"):
        judged["visibility"] = visibility in ("hidden", "collapse")
    if size := declared.get("font-size"):
        judged["size"] = bool(_TINY.fullmatch(size))
    if _is_out_of_place(declared):
        judged["place"] = True
    elif declared.keys() & {"position", "left", "right", "text-indent", "clip"}:
        judged["place"] = False
    return judged


def _is_out_of_place(declared: dict[str, str]) -> bool:
    floating = declared.get("position") in ("absolute", "fixed")
    if floating and any(_FAR.fullmatch(declared.get(k, "")) for k in ("left", "right", "top")):
        return True
    if _FAR.fullmatch(declared.get("text-indent", "")):
        return True
    if _CUT_OFF.fullmatch(declared.get("clip", "")) or _CUT_OFF.fullmatch(declared.get("clip-path", "")):
        return True
    if declared.get("transform") in ("scale(0)", "scale(0,0)", "scale(0, 0)"):
        return True
    clipped = declared.get("overflow") in ("hidden", "clip")
    sizes = (declared.get(k) for k in ("height", "max-height", "width", "max-width"))
    return clipped and any(size and _NOTHING.fullmatch(size.replace("1px", "0")) for size in sizes)


def _declared(style: str) -> dict[str, str]:
    """Return the declarations of a style, names and values in lower case."""
    found: dict[str, str] = {}
    for declaration in style[:_LONGEST_STYLE].split(";"):
        name, colon, words = declaration.partition(":")
        if colon and len(words) < _LONGEST_VALUE:
            found[name.strip().lower()] = words.lower().replace("!important", "").strip()
    return found


def _colour(text: str) -> str:
    """Return a colour in one spelling, "" where it is not known (a picture, a gradient)."""
    text = text.strip().lower()
    if "url(" in text or "gradient" in text:
        return ""
    if found := _RGB.fullmatch(text):
        if found[4] and float(found[4] if found[4].count(".") < 2 else 1) == 0:
            return "transparent"
        return "#" + "".join(f"{min(255, int(found[i])):02x}" for i in (1, 2, 3))
    if re.fullmatch(r"#[0-9a-f]{3}", text):
        return "#" + "".join(c * 2 for c in text[1:])
    if re.fullmatch(r"[0-9a-f]{6}", text):
        return f"#{text}"
    return _NAMES.get(text, "" if text in ("inherit", "initial", "unset", "none", "currentcolor") else text)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the rules of a style sheet that hold everywhere, as (selectors, declarations)."""
    sheet = _COMMENT.sub("", sheet)
    depth = start = opened = 0
    for found in _BRACE.finditer(sheet):
        if found.group() == "{":
            if not depth:
                opened = found.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                selectors = sheet[start:opened].rsplit(";", 1)[-1].strip()
                if not selectors.startswith("@"):
                    yield selectors, sheet[opened + 1 : found.start()]
                start = found.end()


def _judged_by_sheet(tree: LexborHTMLParser, sheet: str) -> dict[int, Judged]:
    """Return what the rules decide for each element, by its id in memory: for each matter the strongest."""
    hiding: list[tuple[str, Judged, bool, int]] = []
    showing: list[tuple[str, Judged, bool, int]] = []
    for order, (selectors, body) in enumerate(_rules(sheet)):
        judged = judge(_declared(body))
        if judged:
            into = hiding if any(judged.values()) else showing
            into.extend(
                (selector.strip(), judged, "!important" in body, order)
                for selector in selectors.split(",")
                if _SELECTOR.fullmatch(selector.strip())
            )
    strongest: dict[tuple[int, str], tuple[tuple[bool, int, int, int, int], bool]] = {}
    hidden: set[str] = set()
    most = min(_MOST_RULES, _MOST_WORK // (1 + len(tree.css("*")))) if hiding else 0
    for selector, judged, important, order in [*hiding[:most], *showing[:most]]:
        if not any(judged.values()) and not hidden & judged.keys():
            continue
        weight = (important, *_weight(selector), order)
        for node in _matching(tree, selector):
            for matter, hides in judged.items():
                before = strongest.get((node, matter))
                if before is None or weight >= before[0]:
                    strongest[(node, matter)] = (weight, hides)
                if hides:
                    hidden.add(matter)
    by_node: dict[int, Judged] = {}
    for (node, matter), (_, hides) in strongest.items():
        by_node.setdefault(node, {})[matter] = hides
    return by_node if hidden else {}


def _matching(tree: LexborHTMLParser, selector: str) -> list[int]:
    from selectolax.lexbor import SelectolaxError  # noqa: PLC0415 - only the worker needs it

    try:
        return [node.mem_id for node in tree.css(selector)]
    except SelectolaxError:
        return []  # a selector it does not know


def _weight(selector: str) -> tuple[int, int, int]:
    """Return a selector's specificity: ids, classes and attributes, elements."""
    return len(_IDS.findall(selector)), len(_CLASSES.findall(selector)), len(_TAGS.findall(selector))
